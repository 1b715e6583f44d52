import { existsSync } from 'node:fs';
import type { PriceList } from '../pricing/price-list.ts';
import type { Batch, LogOutcome, Origin } from './batch.ts';
import { eventStore } from './event-store.ts';
import { type Forgets, forgottenIn } from './forgotten.ts';
import type { Ledger } from './ledger.ts';
import { limitStore } from './limits.ts';
import { mergeInto } from './merge.ts';
import { names as namesOf } from './names.ts';
import { priceOf } from './price-of.ts';
import { addRow, KEY, LOG, newRecords, ORIGIN, type Records, SERIES, TIME, VERSION, WIDTH } from './records.ts';
import { accountCoverage, isAccount, isBesideAccount, leaveOutBesideAccount } from './superseded.ts';
import { tallyDeltas } from './tally-deltas.ts';
import { inTransaction } from './transaction.ts';

/** Takes in batches and writes them together, each log's state in one transaction with its events. */
export interface Writer {
  /** Requests taken in and not yet written. */
  readonly pending: number;
  take(batch: Batch): void;
  /** Writes all that was taken in; gives the number of requests that are new or changed. Throws SQLite's error: then all of it is to be read again. */
  flush(): number;
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
  const deltas = tallyDeltas(database);
  const limits = limitStore(database);
  /** Keys that this scan wrote, while these are all that the ledger holds: of any other there is nothing to look up. */
  let written: Set<number> | undefined = new Set();
  const isEmpty = database.prepare('SELECT 1 FROM event LIMIT 1');
  const pathOf = database.prepare('SELECT path FROM log WHERE id = ?');
  const goneLogs = new Map<number, boolean>();
  const dataVersion = database.prepare('PRAGMA data_version');
  let lastVersion: unknown;
  let batches: Batch[] = [];
  let pending = 0;
  const merged = new Float64Array(WIDTH);
  const before = new Float64Array(WIDTH);

  /** Rows of all batches as one, by key, with the ledger's ids. */
  function gather(): Records {
    const gathered = newRecords(Math.max(16, pending));
    const places = new Map<number, number>();
    for (const { records, series, origins } of batches) {
      const seriesIds = series.map(names.seriesId);
      // The name of a forgotten project is not even noted.
      const originIds: number[] = [];
      const { data } = records;
      const beside = series.some(isBesideAccount) ? series.map(isBesideAccount) : undefined;
      const covers = beside === undefined ? undefined : accountCoverage(database);
      for (let place = 0; place < records.rows * WIDTH; place += WIDTH) {
        const index = data[place + ORIGIN] as number;
        const origin = origins[index] as Origin;
        if (isForgotten?.(data[place + TIME] as number, origin.project) === true) continue;
        if (beside?.[data[place + SERIES] as number] === true && covers?.(data[place + TIME] as number) === true)
          continue;
        data[place + SERIES] = seriesIds[data[place + SERIES] as number] as number;
        data[place + ORIGIN] = originIds[index] ??= names.originId(origin);
        const key = data[place + KEY] as number;
        const known = places.get(key);
        if (known !== undefined) mergeInto(gathered.data, known, data, place, names);
        else {
          const added = addRow(gathered);
          gathered.data.set(data.subarray(place, place + WIDTH), added);
          places.set(key, added);
        }
      }
    }
    return gathered;
  }

  function writeRow(data: Float64Array, place: number, clock: number): boolean {
    const key = data[place + KEY] as number;
    const old = written === undefined || written.has(key) ? store.load(key, merged, 0) : undefined;
    if (old !== undefined) {
      before.set(merged);
      // A newer reader's word replaces an older one's, unless its log is gone: then the new one may know but a lesser copy.
      if ((merged[VERSION] as number) < (data[place + VERSION] as number) && isGone(merged[LOG] as number)) {
        merged[VERSION] = data[place + VERSION] as number;
      }
      if (!mergeInto(merged, 0, data, place, names)) return false;
      if (!old.aside) deltas.add(before, 0, old.cost, -1);
    } else {
      merged.set(data.subarray(place, place + WIDTH));
    }
    const cost = priceOf(merged, 0, names, prices);
    const aside = isAbsurdTime(merged[TIME] as number, clock);
    store.save(merged, 0, { cost, aside });
    if (!aside) deltas.add(merged, 0, cost, 1);
    written?.add(key);
    return true;
  }

  function isGone(log: number): boolean {
    let gone = goneLogs.get(log);
    if (gone === undefined) {
      const path = pathOf.get(log)?.path;
      gone = typeof path !== 'string' || !existsSync(path);
      goneLogs.set(log, gone);
    }
    return gone;
  }

  /** Called within a transaction, so that nobody else writes until its end. */
  function forgetWrittenIfOthersWrote(): void {
    const version = dataVersion.get()?.data_version;
    if (lastVersion === undefined ? isEmpty.get() !== undefined : version !== lastVersion) written = undefined;
    lastVersion = version;
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
          const { data, rows } = gather();
          for (const place of placesByTime(data, rows)) if (writeRow(data, place, clock)) changed++;
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
        names.reset();
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

/**
 * The table is ordered by time, so rows in that order are written side by side. Each log is in order already, which an array's
 * own sorting makes use of, other than that of a typed array.
 */
function placesByTime(data: Float64Array, rows: number): readonly number[] {
  const places = Array.from({ length: rows }, (_, row) => row * WIDTH);
  return places.sort((a, b) => (data[a + TIME] as number) - (data[b + TIME] as number));
}
