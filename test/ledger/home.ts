import {
  appendFileSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { type ScanOptions, type ScanReport, scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import type { AnyReader, Machine } from '../../src/readers/reader.ts';

/** A home folder of its own for one test, with tools' logs and a ledger. */
export interface Home {
  readonly dir: string;
  readonly machine: Machine;
  path(relative: string): string;
  write(relative: string, content: string | Uint8Array): void;
  append(relative: string, content: string | Uint8Array): void;
  remove(relative: string): void;
  /** Opens the ledger once more; it is closed with the home. */
  open(): Ledger;
  /** A ledger that lives in memory, which is much faster. */
  openInMemory(): Ledger;
  close(): void;
}

const homes = new Set<Home>();

afterEach(() => {
  for (const home of homes) home.close();
});

/** A new, empty home; it is gone after the test. */
export function newHome(): Home {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'tokenboard-ledger-')));
  const machine: Machine = { home: dir, platform: 'linux', env: {} };
  const ledgers: Ledger[] = [];
  const path = (relative: string): string => `${dir}/${relative}`;
  const prepared = (relative: string): string => {
    mkdirSync(dirname(path(relative)), { recursive: true });
    return path(relative);
  };
  function opened(ledger: Ledger): Ledger {
    ledgers.push(ledger);
    return ledger;
  }
  const home: Home = {
    dir,
    machine,
    path,
    write: (relative, content) => writeFileSync(prepared(relative), content),
    append: (relative, content) => appendFileSync(prepared(relative), content),
    remove: (relative) => rmSync(path(relative), { recursive: true, force: true }),
    open: () => opened(openLedger(machine)),
    openInMemory() {
      const blocked = path('no-folder');
      writeFileSync(blocked, '');
      return opened(openLedger({ ...machine, env: { TOKENBOARD_DATA_DIR: `${blocked}/data` } }));
    },
    close() {
      homes.delete(home);
      for (const ledger of ledgers) {
        try {
          ledger.close();
        } catch {
          // The test has closed it.
        }
      }
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  homes.add(home);
  return home;
}

/** Scans a home's logs into a ledger with all readers, or with those of the test. */
export async function scanHome(
  home: Home,
  ledger: Ledger,
  options: ScanOptions = {},
  withReaders: readonly AnyReader[] = readers,
): Promise<ScanReport> {
  return await scan(ledger, home.machine, withReaders, options);
}

/** Moves a file's time on, as the clock does between two writings. */
export function later(path: string, seconds = 5): void {
  const { atimeMs, mtimeMs } = statSync(path);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000 + seconds);
}

/** The number of a user without rights, where this process may become one. */
export function nobody(): number | undefined {
  return process.getuid?.() === 0 ? 65_534 : undefined;
}

/** Gives all of a home to another user, if one is named. */
export function giveTo(home: Home, user: number | undefined): void {
  if (user === undefined) return;
  chownSync(home.dir, user, user);
  for (const name of readdirSync(home.dir, { recursive: true, encoding: 'utf8' })) {
    lchownSync(home.path(name), user, user);
  }
}

/** How many random cases a property test tries; `TOKENBOARD_TEST_FACTOR` multiplies them. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: Math.max(1, Math.round(usual * Number(process.env.TOKENBOARD_TEST_FACTOR || 1))) };
}
