import { loadPrices, pricesVersion } from '../pricing/price-list.ts';
import type { AnyReader } from '../readers/reader.ts';
import { eventStore, type Stored, toRecord } from './event-store.ts';
import type { Ledger } from './ledger.ts';
import { metaTable } from './meta.ts';
import { names as namesOf } from './names.ts';
import { priceOf } from './price-of.ts';
import { WIDTH } from './records.ts';
import { tallyDeltas } from './tally-deltas.ts';
import { inTransaction } from './transaction.ts';
import { isAbsurdTime } from './writer.ts';

/** Puts right what time has changed about stored events: prices, absurd dates, readers. Gives the number of changed requests. */
export async function maintain(ledger: Ledger, readers: readonly AnyReader[], now: number): Promise<number> {
  const swept = readers.reduce((sum, { id, version }) => sum + sweep(ledger, id, version), 0);
  return swept + reviewAside(ledger, now) + (await reprice(ledger));
}

/** An event whose date was in the future counts once that date has come. */
function reviewAside({ database }: Ledger, now: number): number {
  const rows = database.prepare('SELECT * FROM event WHERE aside = 1').all();
  const due = rows.filter((row) => !isAbsurdTime(Number(row.time), now));
  if (due.length === 0) return 0;
  const store = eventStore(database);
  const deltas = tallyDeltas(database);
  const record = new Float64Array(WIDTH);
  inTransaction(database, () => {
    for (const row of due) {
      const { cost } = toRecord(row, record, 0);
      store.save(record, 0, { cost, aside: false });
      deltas.add(record, 0, cost, 1);
    }
    deltas.write();
  });
  return due.length;
}

/**
 * Once all logs of a tool that still exist are read by a reader's new version, what only its old version saw in them goes.
 * Events whose logs are gone stay.
 */
function sweep({ database }: Ledger, tool: string, version: number): number {
  const meta = metaTable(database);
  const name = `swept ${tool}`;
  const done = Number(meta.get(name) ?? 0);
  if (done >= version) return 0;
  const record = new Float64Array(WIDTH);
  let removed = 0;
  inTransaction(database, () => {
    if (done > 0) {
      const store = eventStore(database);
      const deltas = tallyDeltas(database);
      const rows = database
        .prepare(
          `SELECT event.* FROM event JOIN log ON log.id = event.log
           WHERE log.tool = ?1 AND log.version = ?2 AND event.version < ?2`,
        )
        .all(tool, version);
      for (const row of rows) {
        const { cost, aside } = toRecord(row, record, 0);
        store.remove(record, 0);
        if (!aside) deltas.add(record, 0, cost, -1);
        removed++;
      }
      deltas.write();
    }
    meta.set(name, String(version));
  });
  return removed;
}

/** Rows that are priced anew in one go. */
const chunk = 20_000;

/** Prices all events anew when the price table has changed. */
async function reprice({ database }: Ledger): Promise<number> {
  const meta = metaTable(database);
  if (meta.get('prices') === pricesVersion) return 0;
  if (database.prepare('SELECT 1 FROM event LIMIT 1').get() === undefined) {
    meta.set('prices', pricesVersion);
    return 0;
  }
  const prices = await loadPrices();
  const names = namesOf(database);
  const store = eventStore(database);
  const deltas = tallyDeltas(database);
  const record = new Float64Array(WIDTH);
  const select = database.prepare('SELECT * FROM event WHERE (time, key) > (?, ?) ORDER BY time, key LIMIT ?');
  let after: readonly [number, number] = [-1, -1];
  let changed = 0;
  for (;;) {
    const rows = select.all(...after, chunk);
    inTransaction(database, () => {
      for (const row of rows) {
        const old: Stored = toRecord(row, record, 0);
        const cost = priceOf(record, 0, names, prices);
        if (cost === old.cost) continue;
        changed++;
        store.save(record, 0, { cost, aside: old.aside });
        if (old.aside) continue;
        deltas.add(record, 0, old.cost, -1);
        deltas.add(record, 0, cost, 1);
      }
      deltas.write();
      if (rows.length < chunk) meta.set('prices', pricesVersion);
    });
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return changed;
    after = [Number(last.time), Number(last.key)];
    await new Promise((resolve) => setImmediate(resolve));
  }
}
