import { reading } from '../ledger/damage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { listRows } from '../ledger/list-rows.ts';

/** A request of the ledger, with the ledger's ids. */
export interface EventRow {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly series: number;
  readonly origin: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** List price in nano-USD; null where unpriced. */
  readonly cost: number | null;
  readonly reported: number;
}

const sql = `SELECT time, series, origin, input, output, cache_read, cache_write_5m, cache_write_1h, cost, reported FROM event
  WHERE time >= ? AND time < ? AND aside = 0
  AND (input + output + cache_read + cache_write_5m + cache_write_1h > 0 OR searches > 0)`;

/** The requests of a span of time in its order; of some origins only, where they are named. */
export function eventRows(ledger: Ledger, from: number, to: number, origins?: readonly number[]): readonly EventRow[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const rows =
      origins === undefined
        ? listRows(database, `${sql} ORDER BY time`, from, to)
        : listRows(
            database,
            `${sql} AND origin IN (SELECT value FROM json_each(?)) ORDER BY time`,
            ...[from, to, JSON.stringify(origins)],
          );
    return Array.from(rows, (row) => eventRow(row as readonly number[]));
  });
}

/** There may be millions: as objects of the database's making they would take three times as long. */
function eventRow(row: readonly number[]): EventRow {
  return {
    time: row[0] as number,
    series: row[1] as number,
    origin: row[2] as number,
    input: row[3] as number,
    output: row[4] as number,
    cacheRead: row[5] as number,
    cacheWrite5m: row[6] as number,
    cacheWrite1h: row[7] as number,
    cost: row[8] as number | null,
    reported: row[9] as number,
  };
}

/** All input of a request, cache included. */
export function contextOf(row: Pick<EventRow, 'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'>): number {
  return row.input + row.cacheRead + row.cacheWrite5m + row.cacheWrite1h;
}

export function tokensOf(row: EventRow): number {
  return contextOf(row) + row.output;
}

/** What a request cost by the source that the setting chooses, nano-USD; 0 where that is unknown. */
export function eventCost(row: Pick<EventRow, 'cost' | 'reported'>, source: 'list' | 'reported'): number {
  return source === 'reported' ? row.reported : (row.cost ?? 0);
}
