import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Delays of the event loop in milliseconds, beyond the timer's own interval. */
export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const intervalMs = 1;

/** By how much a timer of 1 ms is late while something is done beside. */
export async function delaysDuring(work: () => Promise<void>): Promise<Delays> {
  const histogram = monitorEventLoopDelay({ resolution: intervalMs });
  histogram.enable();
  await work();
  histogram.disable();
  const beyond = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - intervalMs);
  return {
    p50: beyond(histogram.percentile(50)),
    p99: beyond(histogram.percentile(99)),
    max: beyond(histogram.max),
  };
}
