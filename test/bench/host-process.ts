import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScannerQuestion, ScannerReply } from '../../src/ledger/scanner-protocol.ts';
import { type Delays, delaysDuring } from './delays.ts';

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
