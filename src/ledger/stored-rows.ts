import type { Batch, Origin, Series } from './batch.ts';
import { eventColumns, toRecord } from './event-store.ts';
import { limitOf } from './limits.ts';
import { addRow, LOG, newRecords, ORIGIN, SERIES } from './records.ts';

/** A row of another ledger's table. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** What another ledger holds, table by table. */
export interface StoredRows {
  readonly series: Iterable<StoredRow>;
  readonly origins: Iterable<StoredRow>;
  readonly events: Iterable<StoredRow>;
  readonly limits: Iterable<StoredRow>;
}

/** Greater numbers were never written. */
const mostCount = 1e10;

/** What another ledger holds, as if it had just been read in logs that are gone. Rows that cannot be true are left out. */
export function batchOfRows(rows: StoredRows): Batch {
  const series = [...rows.series];
  const origins = [...rows.origins];
  const seriesPlaces = new Map(series.map((row, index) => [Number(row.id), index]));
  const originPlaces = new Map(origins.map((row, index) => [Number(row.id), index]));
  const records = newRecords();
  for (const row of rows.events) {
    const seriesPlace = seriesPlaces.get(Number(row.series));
    const originPlace = originPlaces.get(Number(row.origin));
    if (seriesPlace === undefined || originPlace === undefined || !isSane(row)) continue;
    const place = addRow(records);
    toRecord(row, records.data, place);
    records.data[place + SERIES] = seriesPlace;
    records.data[place + ORIGIN] = originPlace;
    // Its log has another number here, if it has one at all, which is told when the log is read.
    records.data[place + LOG] = 0;
  }
  return {
    records,
    series: series.map((row): Series => ({ ...(row as unknown as Series), estimated: Number(row.estimated) === 1 })),
    origins: origins.map((row): Origin => ({ ...(row as unknown as Origin), subagent: Number(row.subagent) === 1 })),
    limits: [...rows.limits].map(limitOf),
    outcomes: [],
  };
}

/** Whether all numbers of an event can be what was written. */
function isSane(row: StoredRow): boolean {
  return eventColumns.every((column) => {
    const number = Number(row[column]);
    if (!Number.isSafeInteger(number)) return false;
    return !countColumns.has(column) || (number >= 0 && number <= mostCount);
  });
}

const countColumns = new Set<string>([
  'input',
  'output',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'reasoning',
]);
