import { DatabaseSync } from 'node:sqlite';
import { loadPrices } from '../pricing/price-list.ts';
import type { Origin, Series } from './batch.ts';
import { toRecord } from './event-store.ts';
import type { Ledger } from './ledger.ts';
import { addRow, LOG, newRecords, ORIGIN, SERIES } from './records.ts';
import { writer } from './writer.ts';

/**
 * Fetches into a new ledger what can still be read of a damaged one, so that events whose logs are gone are not lost with
 * it. Gives the number of requests fetched; a file that cannot be read at all gives none.
 */
export async function salvage(ledger: Ledger, damaged: string): Promise<number> {
  let old: DatabaseSync | undefined;
  try {
    old = new DatabaseSync(damaged, { readOnly: true });
    const series = rowsUntilDamage(old, 'SELECT * FROM series');
    const origins = rowsUntilDamage(old, 'SELECT * FROM origin');
    const seriesPlaces = new Map(series.map((row, index) => [row.id, index]));
    const originPlaces = new Map(origins.map((row, index) => [row.id, index]));
    const records = newRecords();
    for (const order of ['', ' ORDER BY time DESC, key DESC']) {
      for (const row of rowsUntilDamage(old, `SELECT * FROM event${order}`)) {
        const seriesPlace = seriesPlaces.get(row.series ?? null);
        const originPlace = originPlaces.get(row.origin ?? null);
        if (seriesPlace === undefined || originPlace === undefined) continue;
        const place = addRow(records);
        toRecord(row, records.data, place);
        records.data[place + SERIES] = seriesPlace;
        records.data[place + ORIGIN] = originPlace;
        // Its log has another number in the new ledger, which is told when the log is read again.
        records.data[place + LOG] = 0;
      }
    }
    const target = writer(ledger, await loadPrices(), Date.now, () => {});
    target.take({
      records,
      series: series.map((row): Series => ({ ...(row as unknown as Series), estimated: row.estimated === 1 })),
      origins: origins.map((row): Origin => ({ ...(row as unknown as Origin), subagent: row.subagent === 1 })),
      limits: [],
      outcomes: [],
    });
    return target.flush();
  } catch {
    return 0;
  } finally {
    old?.close();
  }
}

function rowsUntilDamage(database: DatabaseSync, sql: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  try {
    for (const row of database.prepare(sql).iterate()) rows.push(row);
  } catch {
    // What was read before the damage is all there is from this end.
  }
  return rows;
}
