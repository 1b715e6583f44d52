import { readFileSync, statSync } from 'node:fs';
import { cursor } from '../readers/cursor.ts';
import { cursorAccount, cursorUsageFile } from '../readers/cursor-usage-file.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { batchBuilder } from './batch.ts';
import type { Forgets } from './forgotten.ts';
import type { Ledger } from './ledger.ts';
import { inWords, LedgerError } from './ledger-error.ts';
import { checkWritable, type Imported, type ImportOptions, takeIn } from './take-in.ts';

const mostBytes = 256 * 1024 * 1024;

/**
 * Takes in the usage file (CSV) of a Cursor account. It has every request of its days, so what Cursor's own database tells of
 * them no longer counts. What is known already is not counted again. Throws a `LedgerError` that says what is wrong.
 */
export async function importCursor(ledger: Ledger, file: string, options: ImportOptions = {}): Promise<Imported> {
  checkWritable(ledger, file);
  const builder = batchBuilder();
  const sane = read(file).filter((event) => builder.add(event, cursor.id, 0, cursor.version));
  const taken = {
    batches: [builder.finish([])],
    countOf: (_: unknown, passes: Forgets) => sane.filter(({ time }) => passes(time)).length,
    countIn: accountRequests,
  };
  return await takeIn(ledger, file, taken, options);
}

function accountRequests({ database }: Ledger): number {
  const sql =
    "SELECT count(*) AS requests FROM event WHERE series IN (SELECT id FROM series WHERE tool = 'cursor' AND provider = ?)";
  return Number(database.prepare(sql).get(cursorAccount)?.requests);
}

function read(file: string): readonly UsageEvent[] {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) throw new LedgerError(`${file} is not there.`);
  const small = there.isFile() && there.size <= mostBytes;
  const events = small ? cursorUsageFile(textOf(file)) : undefined;
  if (events === undefined) throw new LedgerError(`${file} is no usage file of a Cursor account.`);
  return events;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new LedgerError(`${file} cannot be read: ${inWords(error)}.`, { cause: error });
  }
}
