import { existsSync } from 'node:fs';
import type { PriceList } from '../pricing/price-list.ts';
import { takenBackRank } from '../readers/taken-back.ts';
import type { Batch, LogOutcome, Origin } from './batch.ts';
import { type EventStore, eventStore, type Stored } from './event-store.ts';
import { type Forgets, forgottenIn } from './forgotten.ts';
import { keyPlaces } from './key-places.ts';
import type { Ledger } from './ledger.ts';
import { limitStore } from './limits.ts';
import { mergeInto } from './merge.ts';
import { names as namesOf } from './names.ts';
import { recordPrices } from './price-of.ts';
import { KEY, LOG, ORIGIN, RANK, SERIES, TIME, VERSION, WIDTH } from './records.ts';
import { indexKeys } from './schema.ts';
import { accountCoverage, isAccount, isBesideAccount, leaveOutBesideAccount } from './superseded.ts';
import { tallyDeltas } from './tally-deltas.ts';
import { inTransaction } from './transaction.ts';
import { type WrittenRequests, writtenRequests } from './written-requests.ts';

/** Takes in batches and writes them together, each log's state in one transaction with its events. */
export interface Writer {
  /** Requests taken in and not yet written. */
  readonly pending: number;
  take(batch: Batch): void;
  /** Writes all that was taken in; gives the number of requests that are new or changed. Throws SQLite's error: then all of it is to be read again. */
  flush(): number;
}

/** What became of a log that was read: whether it is gone, and whether it is a database, which is read to no offset. */
interface LogStanding {
  readonly gone: boolean;
  readonly database: boolean;
}

/** Earlier than any tool that is read. */
const earliest = Date.UTC(2015, 0);
const dayMs = 86_400_000;

/** Whether a date can only be a clock's or a log's mistake. */
export function isAbsurdTime(time: number, now: number): boolean {
  return time < earliest || time > now + dayMs;
}

export function writer(
  { database }: Ledger,
  prices: PriceList,
  now: () => number,
  saveOutcome: (outcome: LogOutcome) => void,
  /** What is not to be taken in; default what the ledger was told to forget. */
  isForgotten: Forgets | undefined = forgottenIn(database),
): Writer {
  const store = eventStore(database);
  const names = namesOf(database);
  const pricing = recordPrices(names, prices);
  const deltas = tallyDeltas(database);
  const limits = limitStore(database);
  /** What this scan wrote, while that is all that the ledger holds: of any other request there is nothing to look up. */
  let written: WrittenRequests | undefined = writtenRequests();
  const isEmpty = database.prepare('SELECT 1 FROM event LIMIT 1');
  const placeOf = database.prepare('SELECT path, offset FROM log WHERE id = ?');
  const standing = new Map<number, LogStanding>();
  const dataVersion = database.prepare('PRAGMA data_version');
  let lastVersion: unknown;
  let batches: Batch[] = [];
  let pending = 0;
  const merged = new Float64Array(WIDTH);
  const before = new Float64Array(WIDTH);

  /** Rows of all batches with the ledger's ids, and the places of those that are to be written: one of each key. */
  function gather(): { readonly data: Float64Array; readonly places: number[] } {
    const gathered = new Float64Array(pending * WIDTH);
    const known = keyPlaces(Math.max(16, pending));
    const places: number[] = [];
    let start = 0;
    for (const { records, series, origins } of batches) {
      const end = records.rows * WIDTH;
      const seriesIds = series.map(names.seriesId);
      // The name of a forgotten project is not even noted.
      const originIds: number[] = [];
      const { data } = records;
      gathered.set(data.length > end ? data.subarray(0, end) : data, start);
      const beside = series.some(isBesideAccount) ? series.map(isBesideAccount) : undefined;
      const covers = beside === undefined ? undefined : accountCoverage(database);
      for (let place = start; place < start + end; place += WIDTH) {
        const index = gathered[place + ORIGIN] as number;
        const origin = origins[index] as Origin;
        const time = gathered[place + TIME] as number;
        if (isForgotten?.(time, origin.project) === true) continue;
        if (beside?.[gathered[place + SERIES] as number] === true && covers?.(time) === true) continue;
        gathered[place + SERIES] = seriesIds[gathered[place + SERIES] as number] as number;
        gathered[place + ORIGIN] = originIds[index] ??= names.originId(origin);
        const key = gathered[place + KEY] as number;
        const before = known.claim(key, place);
        if (before !== undefined) mergeInto(gathered, before, gathered, place, names);
        else places.push(place);
      }
      start += end;
    }
    return { data: gathered, places };
  }

  function writeRow(data: Float64Array, place: number, clock: number): boolean {
    const key = data[place + KEY] as number;
    const old = loadOld(key);
    if (old === undefined) {
      written?.note(key, data[place + TIME] as number);
      saveRow(data, place, clock, store.add);
    } else {
      before.set(merged);
      // A newer reader's word replaces an older one's, unless its log is gone: then the new one may know but a lesser copy.
      if ((merged[VERSION] as number) < (data[place + VERSION] as number)) {
        const { gone, database: isDatabase } = stateOf(merged[LOG] as number);
        // The row may be gone from a database that is there: another log's lesser word does not replace it either, nor
        // what the same one tells of a request that the row has taken back.
        const mayBeGone = isDatabase && (merged[LOG] !== data[place + LOG] || merged[RANK] === takenBackRank);
        if (gone) merged[VERSION] = data[place + VERSION] as number;
        else if (mayBeGone && (merged[RANK] as number) > (data[place + RANK] as number)) return false;
      }
      if (!mergeInto(merged, 0, data, place, names)) return false;
      if (!old.aside) deltas.add(before, 0, old.cost, -1);
      if (merged[TIME] !== before[TIME]) {
        store.remove(before, 0);
        written?.note(key, merged[TIME] as number);
      }
      saveRow(merged, 0, clock, store.save);
    }
    return true;
  }

  /** What the ledger holds of a request, as `merged`. */
  function loadOld(key: number): Stored | undefined {
    if (written === undefined) return store.load(key, merged, 0);
    const time = written.timeOf(key);
    return time === undefined ? undefined : store.loadAt(time, key, merged, 0);
  }

  function saveRow(data: Float64Array, place: number, clock: number, save: EventStore['save']): void {
    const cost = pricing.priceOf(data, place);
    const aside = isAbsurdTime(data[place + TIME] as number, clock);
    save(data, place, { cost, aside });
    if (!aside) deltas.add(data, place, cost, 1);
  }

  function stateOf(log: number): LogStanding {
    let state = standing.get(log);
    if (state === undefined) {
      const { path, offset } = placeOf.get(log) ?? {};
      state = { gone: typeof path !== 'string' || !existsSync(path), database: offset === 0 };
      standing.set(log, state);
    }
    return state;
  }

  /** Called within a transaction, so that nobody else writes until its end. */
  function forgetWrittenIfOthersWrote(): void {
    const version = dataVersion.get()?.data_version;
    if (lastVersion === undefined ? isEmpty.get() !== undefined : version !== lastVersion) written = undefined;
    lastVersion = version;
    if (written === undefined) indexKeys(database);
  }

  return {
    get pending() {
      return pending;
    },
    take(batch) {
      batches.push(batch);
      pending += batch.records.rows;
    },
    flush() {
      if (batches.length === 0) return 0;
      let changed = 0;
      const clock = now();
      try {
        inTransaction(database, () => {
          forgetWrittenIfOthersWrote();
          const { data, places } = gather();
          // The table is ordered by time, so rows in that order are written side by side. Each log is in order already, which
          // an array's own sorting makes use of, other than that of a typed array.
          places.sort((a, b) => (data[a + TIME] as number) - (data[b + TIME] as number));
          for (const place of places) if (writeRow(data, place, clock)) changed++;
          store.settle();
          deltas.write();
          if (batches.some(({ series }) => series.some(isAccount))) {
            leaveOutBesideAccount(database, deltas);
            deltas.write();
          }
          for (const { limits: readings, outcomes } of batches) {
            for (const reading of readings) if (isForgotten?.(reading.time) !== true) limits.add(reading);
            for (const outcome of outcomes) saveOutcome(outcome);
          }
        });
      } catch (error) {
        // It may know times that were not written after all.
        written = undefined;
        names.reset();
        pricing.reset();
        store.clear();
        deltas.clear();
        throw error;
      } finally {
        batches = [];
        pending = 0;
      }
      return changed;
    },
  };
}
