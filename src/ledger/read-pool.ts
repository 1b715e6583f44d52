import { Worker } from 'node:worker_threads';
import type { Batch, ReadRequest } from './batch.ts';

/** Threads that read logs. */
export interface ReadPool {
  /** Reads when a thread is free. Rejects where the thread died; the pool goes on with the others. */
  read(request: ReadRequest): Promise<Batch>;
  /** Whether any thread has ever answered. */
  readonly works: boolean;
  close(): void;
}

/** So that several threads stay small together: a reader keeps little between logs. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

/** Older Nodes call their SQLite experimental in every thread. */
const quiet = ['--disable-warning=ExperimentalWarning'];

export function readPool(script: string, count: number): ReadPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];

  async function take(): Promise<Worker> {
    while (idle.length === 0 && all.size >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    const found = idle.pop();
    if (found !== undefined) return found;
    const worker = new Worker(script, { resourceLimits, execArgv: quiet });
    all.add(worker);
    return worker;
  }

  function giveBack(worker: Worker, dead: boolean): void {
    if (dead) all.delete(worker);
    else idle.push(worker);
    waiting.shift()?.();
  }

  let works = false;
  return {
    get works() {
      return works;
    },
    async read(request) {
      const worker = await take();
      return await new Promise<Batch>((resolve, reject) => {
        const done = (dead: boolean): void => {
          worker.off('message', onBatch);
          worker.off('error', onError);
          worker.off('exit', onExit);
          giveBack(worker, dead);
        };
        const onBatch = (batch: Batch): void => {
          works = true;
          done(false);
          resolve(batch);
        };
        const onError = (error: unknown): void => {
          done(true);
          reject(error);
        };
        const onExit = (code: number): void => {
          done(true);
          reject(new Error(`a reading thread ended with code ${code}`));
        };
        worker.on('message', onBatch).on('error', onError).on('exit', onExit);
        worker.postMessage(request);
      });
    },
    close() {
      for (const worker of all) void worker.terminate();
    },
  };
}
