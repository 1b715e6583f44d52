import { Worker } from 'node:worker_threads';
import type { Batch, ReadRequest } from './batch.ts';

/** Threads that read logs. */
export interface ReadPool {
  /** Reads when a thread is free. Rejects where the thread died; the pool goes on with the others. */
  read(request: ReadRequest): Promise<Batch>;
  close(): void;
}

/** So that several threads stay small together: a reader keeps little between logs. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

export function readPool(script: string, count: number): ReadPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];

  async function take(): Promise<Worker> {
    while (idle.length === 0 && all.size >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    const found = idle.pop();
    if (found !== undefined) return found;
    const worker = new Worker(script, { resourceLimits });
    worker.unref();
    all.add(worker);
    return worker;
  }

  function giveBack(worker: Worker, dead: boolean): void {
    if (dead) all.delete(worker);
    else idle.push(worker);
    waiting.shift()?.();
  }

  return {
    async read(request) {
      const worker = await take();
      return await new Promise<Batch>((resolve, reject) => {
        const done = (dead: boolean): void => {
          worker.removeAllListeners();
          giveBack(worker, dead);
        };
        worker.once('message', (batch: Batch) => {
          done(false);
          resolve(batch);
        });
        worker.once('error', (error) => {
          done(true);
          reject(error);
        });
        worker.once('exit', (code) => {
          done(true);
          reject(new Error(`a reading thread ended with code ${code}`));
        });
        worker.ref();
        worker.postMessage(request);
      });
    },
    close() {
      for (const worker of all) void worker.terminate();
    },
  };
}
