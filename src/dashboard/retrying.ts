/** Work that is done again after a while where it fails: soon at first, then later and later. */
export interface Retrying {
  /** Rejects as the work does; it is done again all the same. */
  run(): Promise<void>;
  stop(): void;
}

const firstPauseMs = 500;
const lastPauseMs = 30_000;

export function retrying(work: () => Promise<void>, onFailed: () => void): Retrying {
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    try {
      await work();
      pauseMs = firstPauseMs;
    } catch (error) {
      onFailed();
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(() => void run().catch(() => undefined), pauseMs).unref();
      pauseMs = Math.min(lastPauseMs, pauseMs * 2);
      throw error;
    }
  }

  return {
    run,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
