import { statSync } from 'node:fs';
import { latestLimits } from '../ledger/limits.ts';
import { survey } from '../ledger/survey.ts';
import { pricesVersion } from '../pricing/price-list.ts';
import { readers as allReaders } from '../readers/index.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { doctorReport } from './doctor-report.ts';
import { print } from './print.ts';
import { terminalOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** `tokenboard doctor`: what was looked at, found and skipped. */
export async function doctorCommand(asked: Arguments): Promise<number> {
  if (asked.words[0] !== undefined)
    throw new UsageError(`'tokenboard doctor' takes only flags, not '${asked.words[0]}'.`);
  return await counting(asked, ({ ledger, machine, readers, scanned }) => {
    const bytes = ledger.file === '' ? 0 : (statSync(ledger.file, { throwIfNoEntry: false })?.size ?? 0);
    print(
      doctorReport(
        {
          version,
          machine,
          ledger: { file: ledger.file, bytes },
          pricesVersion,
          scanned,
          tools: survey(ledger, machine, readers),
          off: allReaders.filter(({ id }) => !readers.some((reader) => reader.id === id)),
          limits: latestLimits(ledger),
          now: Date.now(),
        },
        terminalOf(process.stdout, process.env),
      ),
    );
  });
}
