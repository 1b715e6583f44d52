import { parentPort, workerData } from 'node:worker_threads';

/** How many milliseconds are between two moments when something is due, and how many such moments there are. */
export interface Pace {
  readonly apart: number;
  readonly times: number;
}

/** The machine's clock, which is the same in all threads: milliseconds. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

// A thread that does nothing but wait, and tells each moment when it has come, by that clock: timers of an event loop are
// whole milliseconds, and late by as much.
if (parentPort !== null) {
  const { apart, times } = workerData as Pace;
  const never = new Int32Array(new SharedArrayBuffer(4));
  const from = clock();
  for (let time = 0; time < times; time++) {
    const due = from + time * apart;
    const left = due - clock();
    if (left > 0) Atomics.wait(never, 0, 0, left);
    parentPort.postMessage(due);
  }
}
