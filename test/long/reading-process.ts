import { batchBuilder, type LogJob } from '../../src/ledger/batch.ts';
import { companionFiles } from '../../src/ledger/log-file.ts';
import { readLog } from '../../src/ledger/read-log.ts';
import { readers } from '../../src/readers/index.ts';

/** What reading one log came to, in a process of its own. */
export interface ReadingReport {
  readonly requests: number;
  readonly problem: string | undefined;
  readonly skipped: Readonly<Record<string, number>>;
  /** By how much the process grew, while it read, beyond the most that it had had before. */
  readonly grownMB: number;
  readonly ms: number;
}

function read(job: LogJob): ReadingReport {
  const reader = readers.find(({ id }) => id === job.tool);
  if (reader === undefined) throw new Error(`no reader for ${job.tool}`);
  const batch = batchBuilder();
  // The most it has had until now: loading the readers themselves takes more for a moment than is left of it.
  const before = process.resourceUsage().maxRSS;
  const began = performance.now();
  const { problem, skipped } = readLog(job, reader, companionFiles(), batch);
  const ms = performance.now() - began;
  const grownMB = ((process.resourceUsage().maxRSS - before) * 1024) / 1e6;
  return { requests: batch.finish([]).records.rows, problem, skipped, grownMB, ms };
}

process.stdout.write(JSON.stringify(read(JSON.parse(process.argv[2] ?? '{}') as LogJob)));
