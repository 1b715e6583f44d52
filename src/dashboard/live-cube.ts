import { statSync } from 'node:fs';
import { changedDays } from '../ledger/day-changes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openLedgerToRead } from '../ledger/read-ledger.ts';
import type { Machine } from '../readers/reader.ts';
import { type Cube, emptyCube } from './cube.ts';
import { firstCounted, loadDays } from './load.ts';
import { type Names, newNames } from './names.ts';

/** The ledger in memory, and up to date after each look. */
export interface LiveCube {
  readonly cube: Cube;
  readonly names: Names;
  /** Undefined where there is none yet. */
  readonly ledger: Ledger | undefined;
  readonly firstQuarter: number | undefined;
  /** Resolves once all from this UTC day on is loaded; rejects with a sentence where the ledger cannot be read. */
  loadedFrom(day: number): Promise<void>;
  /** Loads what has changed in the ledger since the last look, and the ledger itself the first time. */
  look(): Promise<void>;
  close(): void;
}

export interface LiveCubeOptions {
  readonly machine: Machine;
  readonly now: () => number;
  /** Lets others be answered. */
  readonly breathe: () => Promise<void>;
  /** These UTC days have changed; all of them where that is undefined. */
  readonly onChanged: (days: readonly number[] | undefined) => void;
}

interface Waiting {
  readonly day: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const dayMs = 86_400_000;
/** Later than any date. */
const endOfTime = 200_000_000;
/** Enough for thirty days and the thirty before them, in every zone. */
const firstDays = 62;
/** Days read at once: a few milliseconds. */
const chunkDays = 120;

export function liveCube({ machine, now, breathe, onChanged }: LiveCubeOptions): LiveCube {
  const cube = emptyCube();
  let names = newNames();
  let ledger: Ledger | undefined;
  let inode: number | undefined;
  let revision = 0;
  let firstQuarter: number | undefined;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();
  let busy = 0;
  let waiting: readonly Waiting[] = [];

  function wake(): void {
    const ready = waiting.filter(({ day }) => cube.from <= day);
    waiting = waiting.filter(({ day }) => cube.from > day);
    for (const { resolve } of ready) resolve();
  }

  function forget(): void {
    ledger?.close();
    ledger = undefined;
    names = newNames();
    firstQuarter = undefined;
    cube.clear();
  }

  /** Loads all of the ledger, the newest days first. */
  async function loadAll(): Promise<void> {
    forget();
    ledger = openLedgerToRead(machine);
    if (ledger === undefined) {
      cube.reaches(Number.NEGATIVE_INFINITY);
      wake();
      return;
    }
    inode = inodeOf(ledger.file);
    // First: what changes while all is loaded is then loaded once more.
    revision = changedDays(ledger, 0).revision;
    firstQuarter = firstCounted(ledger);
    const first = firstQuarter === undefined ? endOfTime : Math.floor(firstQuarter / 96);
    let until = endOfTime;
    let since = Math.floor(now() / dayMs) - firstDays;
    for (;;) {
      const { blocks, renamed } = loadDays(ledger, names, since, until);
      if (renamed) return await loadAll();
      cube.replace(since, until, blocks);
      const whole = since <= first;
      cube.reaches(whole ? Number.NEGATIVE_INFINITY : since);
      wake();
      if (whole) return;
      await breathe();
      if (closed) return;
      until = since;
      since -= chunkDays;
    }
  }

  async function lookNow(): Promise<void> {
    if (closed) return;
    if (ledger === undefined || inodeOf(ledger.file) !== inode || cube.from !== Number.NEGATIVE_INFINITY) {
      const empty = ledger === undefined && cube.from === Number.NEGATIVE_INFINITY;
      await loadAll();
      if (ledger !== undefined || !empty) onChanged(undefined);
      return;
    }
    const changes = changedDays(ledger, revision);
    if (changes.days.length === 0) return;
    for (const [since, until] of runsOf(changes.days)) {
      const { blocks, renamed } = loadDays(ledger, names, since, until);
      if (renamed) {
        await loadAll();
        onChanged(undefined);
        return;
      }
      cube.replace(since, until, blocks);
      await breathe();
      if (closed) return;
    }
    revision = changes.revision;
    firstQuarter = firstCounted(ledger);
    onChanged(changes.days);
  }

  /** One look after the other. */
  async function look(): Promise<void> {
    busy++;
    const mine = looking.then(lookNow, lookNow);
    looking = mine;
    try {
      await mine;
    } catch (error) {
      const failed = waiting;
      waiting = [];
      for (const { reject } of failed) reject(error);
      throw error;
    } finally {
      busy--;
    }
  }

  return {
    cube,
    get names() {
      return names;
    },
    get ledger() {
      return ledger;
    },
    get firstQuarter() {
      return firstQuarter;
    },
    loadedFrom(day) {
      if (cube.from <= day) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting = [...waiting, { day, resolve, reject }];
        // The look before may have failed.
        if (busy === 0) look().catch(reject);
      });
    },
    look,
    close() {
      closed = true;
      ledger?.close();
      ledger = undefined;
    },
  };
}

/** Days in a row as spans, the end not included, none of them long. */
function runsOf(days: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === day && day - run[0] < chunkDays) run[1] = day + 1;
    else runs.push([day, day + 1]);
  }
  return runs;
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
