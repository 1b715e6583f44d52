import { reading } from '../ledger/damage.ts';
import type { Ledger } from '../ledger/ledger.ts';

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

const sql = `SELECT time, series, origin, input, output, cache_read AS cacheRead, cache_write_5m AS cacheWrite5m,
  cache_write_1h AS cacheWrite1h, cost, reported FROM event
  WHERE time >= ? AND time < ? AND aside = 0
  AND (input + output + cache_read + cache_write_5m + cache_write_1h > 0 OR searches > 0)`;

/** The requests of a span of time in its order; of some origins only, where they are named. */
export function eventRows(ledger: Ledger, from: number, to: number, origins?: readonly number[]): readonly EventRow[] {
  return reading(ledger, () => {
    const { database } = ledger;
    const rows =
      origins === undefined
        ? database.prepare(`${sql} ORDER BY time`).all(from, to)
        : database
            .prepare(`${sql} AND origin IN (SELECT value FROM json_each(?)) ORDER BY time`)
            .all(from, to, JSON.stringify(origins));
    return rows as unknown as readonly EventRow[];
  });
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
