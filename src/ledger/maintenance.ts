import { loadPrices, pricesVersion } from '../pricing/price-list.ts';
import type { AnyReader } from '../readers/reader.ts';
import { checkSuspicion, unsalvaged } from './damage.ts';
import { eventStore, type Stored, toRecord } from './event-store.ts';
import type { Ledger } from './ledger.ts';
import { metaTable } from './meta.ts';
import { names as namesOf } from './names.ts';
import { recordPrices } from './price-of.ts';
import { WIDTH } from './records.ts';
import { salvage } from './salvage.ts';
import { tallyDeltas } from './tally-deltas.ts';
import { inTransaction } from './transaction.ts';
import { isAbsurdTime } from './writer.ts';

/**
 * Puts right what time has changed about stored events: prices, absurd dates, readers, and what damage left to be fetched.
 * Gives the number of changed requests. Throws what SQLite throws for damage if some was seen since the last scan.
 */
export async function maintain(ledger: Ledger, readers: readonly AnyReader[], now: number): Promise<number> {
  checkSuspicion(ledger);
  let changed = 0;
  for (const path of unsalvaged(ledger)) changed += await salvage(ledger, path);
  for (const { id, version } of readers) changed += sweep(ledger, id, version);
  return changed + reviewAside(ledger, now) + (await reprice(ledger));
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
 * Where a log was read by a reader's new version, what only an older one saw in it goes. Events whose logs are gone stay,
 * and so do those of a log that was rewritten: the old version may have read them where nothing stands any more. Nor does
 * anything tell which rows a database once had (its offset is 0): a new version takes back what the old one made up.
 */
function sweep({ database }: Ledger, tool: string, version: number): number {
  const isStale = database.prepare('SELECT 1 FROM log WHERE tool = ? AND version = ? AND stale = 1 LIMIT 1');
  if (isStale.get(tool, version) === undefined) return 0;
  const store = eventStore(database);
  const deltas = tallyDeltas(database);
  const record = new Float64Array(WIDTH);
  return inTransaction(database, () => {
    const rows = database
      .prepare(
        `SELECT event.* FROM event JOIN log ON log.id = event.log
         WHERE log.tool = ? AND log.version = ? AND event.version < log.version AND stale = 1 AND rewritten = 0
         AND offset > 0`,
      )
      .all(tool, version);
    for (const row of rows) {
      const { cost, aside } = toRecord(row, record, 0);
      store.remove(record, 0);
      if (!aside) deltas.add(record, 0, cost, -1);
    }
    deltas.write();
    database.prepare('UPDATE log SET stale = 0 WHERE tool = ? AND version = ?').run(tool, version);
    return rows.length;
  });
}

/** An empty ledger is priced by today's table from its first event on. */
export function adoptPrices({ database }: Ledger): void {
  if (database.prepare('SELECT 1 FROM event LIMIT 1').get() === undefined) {
    metaTable(database).set('prices', pricesVersion);
  }
}

/** Rows that are priced anew in one go. */
const chunk = 20_000;

/** Whether a price table's version comes after another: a program that knows older prices leaves a newer one's alone. */
function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => (text.match(/\d+/g) ?? []).map(Number)) as [number[], number[]];
  const place = a.findIndex((number, i) => number !== (b[i] ?? -1));
  return place >= 0 && (a[place] as number) > (b[place] ?? -1);
}

/** Prices all events anew when the price table has changed. */
async function reprice({ database }: Ledger): Promise<number> {
  const meta = metaTable(database);
  if (!isNewer(pricesVersion, meta.get('prices') ?? '')) return 0;
  const { priceOf } = recordPrices(namesOf(database), await loadPrices());
  const store = eventStore(database);
  const deltas = tallyDeltas(database);
  const record = new Float64Array(WIDTH);
  const select = database.prepare('SELECT * FROM event WHERE (time, key) > (?, ?) ORDER BY time, key LIMIT ?');
  let after: readonly [number, number] = [Number.MIN_SAFE_INTEGER, 0];
  let changed = 0;
  for (;;) {
    const rows = select.all(...after, chunk);
    inTransaction(database, () => {
      for (const row of rows) {
        const old: Stored = toRecord(row, record, 0);
        const cost = priceOf(record, 0);
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
