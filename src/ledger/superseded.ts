import type { DatabaseSync } from 'node:sqlite';
import { cursorAccount } from '../readers/cursor-usage-file.ts';
import { quarterMs } from '../usage/tally.ts';
import type { Series } from './batch.ts';
import { eventStore, toRecord } from './event-store.ts';
import { TIME, WIDTH } from './records.ts';
import type { TallyDeltas } from './tally-deltas.ts';

/** Tells of a time whether an account's usage file has it. */
type Covers = (time: number) => boolean;

const quartersADay = 96;

/** Whether requests are told by a Cursor account's usage file, which has all of them. */
export function isAccount({ tool, provider }: Series): boolean {
  return tool === 'cursor' && provider === cursorAccount;
}

/** Whether requests are told by Cursor's database on this machine, and would be counted twice beside the account's. */
export function isBesideAccount({ tool, provider }: Series): boolean {
  return tool === 'cursor' && provider !== cursorAccount;
}

/** The UTC days of which the ledger has requests of a Cursor account, the last one up to its last request. */
export function accountCoverage(database: DatabaseSync): Covers {
  const found = database
    .prepare(
      `SELECT quarter / ${quartersADay} AS day, max(quarter) AS last FROM model_tally
       WHERE series IN (SELECT id FROM series WHERE tool = 'cursor' AND provider = ?) GROUP BY 1`,
    )
    .all(cursorAccount);
  const days = new Set(found.map(({ day }) => Number(day)));
  const last = Math.max(...found.map((row) => Number(row.last)));
  return (time) => {
    const quarter = Math.floor(time / quarterMs);
    return quarter <= last && days.has(Math.floor(quarter / quartersADay));
  };
}

/** Takes out what Cursor's database told of times that an account's usage file has; the deltas are still to be written. */
export function leaveOutBesideAccount(database: DatabaseSync, deltas: TallyDeltas): void {
  const covers = accountCoverage(database);
  const store = eventStore(database);
  const record = new Float64Array(WIDTH);
  const rows = database
    .prepare(
      `SELECT event.* FROM event JOIN series ON series.id = event.series
       WHERE series.tool = 'cursor' AND series.provider <> ?`,
    )
    .all(cursorAccount);
  for (const row of rows) {
    const { cost, aside } = toRecord(row, record, 0);
    if (!covers(record[TIME] as number)) continue;
    store.remove(record, 0);
    if (!aside) deltas.add(record, 0, cost, -1);
  }
}
