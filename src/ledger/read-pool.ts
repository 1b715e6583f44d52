import { Worker } from 'node:worker_threads';
import type { ReadRequest } from './batch.ts';
import type { ReadGroup } from './read-thread.ts';

/** Threads that read the groups of one request. They start at once, so that they can be there when the request is. */
export interface ReadPool {
  ask(request: ReadRequest): void;
  /** What has come since the last call. */
  received(): readonly ReadGroup[];
  /** Resolves as soon as something has come, or a thread has ended. */
  news(): Promise<void>;
  readonly running: number;
  /** Whether any thread has ever answered. */
  readonly works: boolean;
  /** Why the last thread that died did so. */
  readonly failure: unknown;
  close(): void;
}

/** So that several threads stay small together: a reader keeps little between logs. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

/** Older Nodes call their SQLite experimental in every thread. */
const quiet = ['--disable-warning=ExperimentalWarning'];

export function readPool(script: string, count: number): ReadPool {
  const running = new Set<Worker>();
  let groups: ReadGroup[] = [];
  let works = false;
  let failure: unknown;
  let tell = (): void => {};

  function start(): void {
    const worker = new Worker(script, { resourceLimits, execArgv: quiet });
    running.add(worker);
    const end = (error: unknown): void => {
      failure = error;
      running.delete(worker);
      tell();
    };
    worker
      .on('message', (group: ReadGroup) => {
        works = true;
        groups.push(group);
        tell();
      })
      .on('error', end)
      .on('exit', (code) => running.has(worker) && end(new Error(`a reading thread ended with code ${code}`)));
  }

  for (let i = 0; i < count; i++) start();
  return {
    ask(request) {
      for (const worker of running) worker.postMessage(request);
    },
    received() {
      const all = groups;
      groups = [];
      return all;
    },
    async news() {
      if (groups.length > 0 || running.size === 0) return;
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    },
    get running() {
      return running.size;
    },
    get works() {
      return works;
    },
    get failure() {
      return failure;
    },
    close() {
      for (const worker of running) void worker.terminate();
    },
  };
}
