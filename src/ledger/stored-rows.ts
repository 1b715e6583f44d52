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

/** Requests in a batch: few enough for their memory, and many enough for each batch's names to be no matter. */
const batchRows = 50_000;

/**
 * What another ledger holds, as if it had just been read in logs that are gone: in batches, so that the requests of years need
 * not be in memory together. Rows that cannot be true are left out.
 */
export function* batchesOfRows(rows: StoredRows, most = batchRows): Generator<Batch, void> {
  const seriesRows = [...rows.series];
  const originRows = [...rows.origins];
  const seriesPlaces = new Map(seriesRows.map((row, index) => [Number(row.id), index]));
  const originPlaces = new Map(originRows.map((row, index) => [Number(row.id), index]));
  const names = {
    series: seriesRows.map(
      (row): Series => ({ ...(row as unknown as Series), estimated: Number(row.estimated) === 1 }),
    ),
    origins: originRows.map((row): Origin => ({ ...(row as unknown as Origin), subagent: Number(row.subagent) === 1 })),
    outcomes: [],
  };
  let records = newRecords();
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
    if (records.rows < most) continue;
    yield { ...names, records, limits: [] };
    records = newRecords();
  }
  yield { ...names, records, limits: [...rows.limits].map(limitOf) };
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
