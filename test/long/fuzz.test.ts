import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { batchBuilder, type LogOutcome } from '../../src/ledger/batch.ts';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { companionFiles } from '../../src/ledger/log-file.ts';
import { readLog } from '../../src/ledger/read-log.ts';
import { type Writer, writer } from '../../src/ledger/writer.ts';
import { loadPrices, type PriceList } from '../../src/pricing/price-list.ts';
import { readers } from '../../src/readers/index.ts';
import type { AnyReader, LogKind } from '../../src/readers/reader.ts';
import { type Random, seeded } from '../demo/random.ts';
import { writeBrokenDatabase } from './broken-database.ts';
import { brokenDocument, brokenLines } from './broken-text.ts';
import { share } from './factor.ts';
import { assertSaneBatch, assertSaneLedger } from './fuzz-check.ts';
import { type SoundLog, soundLogs } from './fuzz-logs.ts';

const inputs = share(100_000);
/** A ledger takes in what so many inputs told, then a new one begins. */
const inputsOfLedger = 100;
const longestMs = 3000;
/** `TOKENBOARD_FUZZ_SEED` begins with the input that failed. */
const firstSeed = Number(process.env.TOKENBOARD_FUZZ_SEED || Math.floor(Math.random() * 1e9));

/** What may be said of a log that is broken; anything else is a mistake of the reader's. */
const rightProblems: Readonly<Record<LogKind, RegExp>> = {
  lines: /^$/,
  document: /^(?:|the file is not complete JSON)$/,
  database:
    /^(?:|it is damaged|it cannot be opened|the disk reports an error|unsupported file format|the database is empty, its write-ahead log is not)$/,
};

describe('broken logs', function () {
  this.timeout(60_000 + inputs * 40);
  // Memory is faster than a disk, where the system offers it as a folder.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tokenboard-fuzz-'));
  let prices: PriceList;

  before(async () => {
    prices = await loadPrices();
    writeFileSync(join(folder, 'no-folder'), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const reader of readers) {
    for (const kind of ['lines', 'document', 'database'] as const) {
      if (reader[kind] === undefined) continue;
      it(`neither stop nor mislead ${reader.title} (${kind})`, () => fuzz(reader, kind));
    }
  }

  function fuzz(reader: AnyReader, kind: LogKind): void {
    const sound = soundLogs(reader, kind);
    assert.ok(sound.length > 0, 'no fixture has such a log');
    const failures = new Map<string, string>();
    let ledger: { readonly ledger: Ledger; readonly target: Writer } | undefined;
    for (let input = 0; input < inputs; input++) {
      const seed = firstSeed + input;
      if (input % inputsOfLedger === 0) {
        ledger?.ledger.close();
        ledger = newLedger();
      }
      const began = performance.now();
      try {
        if (ledger !== undefined) readBroken(reader, kind, sound, seeded(seed), ledger.target);
        if (ledger !== undefined && input % inputsOfLedger === inputsOfLedger - 1) assertSaneLedger(ledger.ledger);
      } catch (error) {
        noteFailure(failures, error, seed);
        ledger?.ledger.close();
        ledger = newLedger();
      }
      const ms = performance.now() - began;
      if (ms > longestMs) noteFailure(failures, new Error(`took ${Math.round(ms / 1000)} s`), seed);
    }
    ledger?.ledger.close();
    assert.deepEqual(Object.fromEntries(failures), {}, 'seeds of failures, by what went wrong');
  }

  function newLedger(): { ledger: Ledger; target: Writer } {
    // A file where its folder should be keeps the ledger in memory.
    const env = { TOKENBOARD_DATA_DIR: join(folder, 'no-folder', 'data') };
    const ledger = openLedger({ home: folder, platform: 'linux', env });
    return { ledger, target: writer(ledger, prices, Date.now, () => {}) };
  }

  /** Reads a broken log at once or in two parts, and writes what was found into a ledger. */
  function readBroken(
    reader: AnyReader,
    kind: LogKind,
    sound: readonly SoundLog[],
    random: Random,
    target: Writer,
  ): void {
    const log = sound[random.whole(0, sound.length - 1)] as SoundLog;
    const path = join(folder, 'log', log.found.relativePath);
    const job = { ...log.found, path, dir: join(folder, 'log'), log: 1, state: undefined };
    mkdirSync(dirname(path), { recursive: true });
    const batch = batchBuilder();
    const read = (state: LogOutcome['state']): LogOutcome => {
      const outcome = readLog({ ...job, state }, reader, companionFiles(), batch);
      const { problem = '' } = outcome;
      assert.ok(rightProblems[kind].test(problem), `the problem is: ${problem}`);
      return outcome;
    };
    if (kind === 'database') {
      rmSync(`${path}-wal`, { force: true });
      writeBrokenDatabase(path, log.bytes, random);
      const { state } = read(undefined);
      if (random.chance(0.2)) read(state);
    } else {
      const bytes = kind === 'lines' ? brokenLines(log.lines, random) : brokenDocument(log.bytes.toString(), random);
      let state: LogOutcome['state'];
      if (random.chance(0.4)) {
        writeFileSync(path, bytes.subarray(0, random.whole(0, bytes.length)));
        ({ state } = read(undefined));
      }
      writeFileSync(path, bytes);
      read(state);
    }
    const found = batch.finish([]);
    assertSaneBatch(found);
    target.take(found);
    target.flush();
  }
});

/** Keeps the first seed of each kind of failure, so that one run shows them all. */
function noteFailure(failures: Map<string, string>, error: unknown, seed: number): void {
  const message = error instanceof Error ? error.message : String(error);
  const what = message.slice(0, 200).replaceAll(/\d+/g, '0');
  if (!failures.has(what) && failures.size < 20) failures.set(what, `TOKENBOARD_FUZZ_SEED=${seed}`);
}
