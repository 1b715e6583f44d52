import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { ScannerQuestion, ScannerReply } from '../../src/ledger/scanner-protocol.ts';

/** Delays of the event loop in milliseconds, beyond the timer's own interval. */
export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What an extension host feels of a scan. */
export interface HostReport {
  readonly idle: Delays;
  readonly scan: Delays;
  readonly scanMs: number;
  readonly events: number;
  /** Resident memory before the scan, and its peak. */
  readonly idleMB: number;
  readonly peakMB: number;
}

const intervalMs = 1;
const idleMs = 2000;

/**
 * A process that does what the extension host does: the scanner thread scans the logs in `$HOME`, and the main
 * thread, which does nothing else, measures how late its timers are.
 */
async function measure(): Promise<HostReport> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const idle = await delaysDuring(() => new Promise((resolve) => setTimeout(resolve, idleMs)));
  const idleMB = process.memoryUsage.rss() / 1e6;
  const began = performance.now();
  let events = 0;
  const scan = await delaysDuring(async () => {
    events = await scanBeside();
  });
  const peakMB = (process.resourceUsage().maxRSS * 1024) / 1e6;
  return { idle, scan, scanMs: performance.now() - began, events, idleMB, peakMB };
}

async function delaysDuring(work: () => Promise<void>): Promise<Delays> {
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

async function scanBeside(): Promise<number> {
  const worker = new Worker(join(import.meta.dirname, '../../dist/scanner.js'), {
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', (reply: ScannerReply) => {
        if (reply.kind === 'failure') reject(new Error(reply.message));
        else if (reply.kind === 'answer' && reply.answer.ask === 'scan') resolve(reply.answer.report.events);
      });
      worker.postMessage({ id: 1, question: { ask: 'scan' } satisfies ScannerQuestion });
    });
  } finally {
    await worker.terminate();
  }
}

process.stdout.write(JSON.stringify(await measure()));
