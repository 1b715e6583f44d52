import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { exportLedger } from '../../src/ledger/export-ledger.ts';
import { forget } from '../../src/ledger/forget.ts';
import { importLedger } from '../../src/ledger/import-ledger.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { takeScanLock } from '../../src/ledger/scan-lock.ts';
import { contents, tokens, totals, totalsOfRequests } from './contents.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine, codexCount, codexHead, noon } from './log-lines.ts';
import { toyLine, toyReader } from './toy-reader.ts';

const minute = 60_000;

/** Writes some of a person's sessions into a home; 3 and 4 repeat requests of 0, two of them with other counts. */
function writeSessions(home: Home, sessions: readonly number[]): void {
  for (const session of sessions) {
    const lines = Array.from({ length: 6 }, (_, i) => {
      const shared = session >= 3 && i < 3;
      return claudeLine({
        id: shared ? `m0-${i}` : `m${session}-${i}`,
        session: `s${session}`,
        project: `/work/p${session % 3}`,
        time: noon + (session * 100 + i * 7) * minute,
        output: 100 + (shared && i > 0 ? session : 0),
        stopped: session === 4,
        model: i === 5 ? 'mystery-9' : undefined,
      });
    });
    home.write(`.claude/projects/p/s${session}.jsonl`, lines.join(''));
    const usage = { input: 10, cached: 5, output: 1, reasoning: 0 };
    const limits = { fiveHours: session, week: session + 10 };
    const rollout = codexHead(`c${session}`, noon) + codexCount(noon + session * minute, usage, usage, limits);
    home.write(`.codex/sessions/2026/05/12/rollout-2026-05-12T12-00-00-c${session}.jsonl`, rollout);
  }
}

async function countedHome(sessions: readonly number[]): Promise<{ home: Home; ledger: Ledger }> {
  const home = newHome();
  writeSessions(home, sessions);
  const ledger = home.open();
  await scanHome(home, ledger);
  return { home, ledger };
}

async function refusal(ledger: Ledger, file: string): Promise<string> {
  const before = contents(ledger);
  const error = await importLedger(ledger, file).then(
    () => assert.fail(`${file} was taken in`),
    (reason: Error) => reason,
  );
  assert.equal(error.name, 'LedgerError', error.message);
  assert.deepEqual(contents(ledger), before);
  return error.message;
}

describe('an export', () => {
  it('is all of the ledger for another machine', async () => {
    const old = await countedHome([0, 1, 2, 3]);
    const file = old.home.path('move.tokenboard');
    const exported = exportLedger(old.ledger, file);
    assert.deepEqual(
      [exported.requests, exported.tokens, exported.bytes],
      [totals(old.ledger).events, tokens(old.ledger), statSync(file).size],
    );
    const fresh = newHome().open();
    const imported = await importLedger(fresh, file);
    assert.deepEqual(imported, { requests: exported.requests, added: exported.requests, forgotten: 0 });
    assert.deepEqual(contents(fresh), contents(old.ledger));
  });

  it('is one file for its user alone, without the paths of logs', async () => {
    const { home, ledger } = await countedHome([0]);
    exportLedger(ledger, home.path('a.tokenboard'));
    assert.deepEqual(
      readdirSync(home.dir).filter((name) => name.includes('tokenboard')),
      ['a.tokenboard'],
    );
    if (process.platform !== 'win32') assert.equal(statSync(home.path('a.tokenboard')).mode & 0o777, 0o600);
    const bytes = readFileSync(home.path('a.tokenboard'), 'latin1');
    assert.ok(bytes.includes('/work/p0') && !bytes.includes('.jsonl'));
  });

  it('can be put in the place of a ledger, and is not taken for what the logs there hold', async () => {
    const old = newHome();
    old.write('toy/a.jsonl', toyLine({ key: 'a' }));
    const ledger = old.open();
    await scanHome(old, ledger, {}, [toyReader()]);
    const fresh = newHome();
    fresh.write('.local/share/tokenboard/scan.lock', '');
    exportLedger(ledger, fresh.path('.local/share/tokenboard/ledger.db'));
    fresh.write('toy/b.jsonl', toyLine({ key: 'b' }));
    const into = fresh.open();
    for (const version of [1, 2]) await scanHome(fresh, into, {}, [toyReader({ version })]);
    assert.equal(totals(into).events, 2);
  });

  it('does not say what was forgotten', async () => {
    const { home, ledger } = await countedHome([0, 1]);
    forget(ledger, { project: '/work/p1' });
    exportLedger(ledger, home.path('a.tokenboard'));
    assert.ok(!readFileSync(home.path('a.tokenboard'), 'latin1').includes('/work/p1'));
  });

  it('overwrites a file only when told to, and what belonged to that file with it', async () => {
    const { home, ledger } = await countedHome([0]);
    const file = home.path('a.tokenboard');
    const other = new DatabaseSync(file);
    other.exec('PRAGMA journal_mode = WAL; CREATE TABLE other (a); INSERT INTO other VALUES (1)');
    home.write('kept', readFileSync(`${file}-wal`));
    other.close();
    home.write('a.tokenboard-wal', readFileSync(home.path('kept')));
    assert.throws(() => exportLedger(ledger, file), /^LedgerError: .*a\.tokenboard is there already; --force/);
    exportLedger(ledger, file, true);
    assert.ok(!existsSync(`${file}-wal`));
    const fresh = newHome().open();
    await importLedger(fresh, file);
    assert.deepEqual(contents(fresh), contents(ledger));
  });

  it('never overwrites the ledger, nor a folder, and needs a folder to be in', async () => {
    const { home, ledger } = await countedHome([0]);
    assert.throws(() => exportLedger(ledger, ledger.file, true), /is the ledger itself/);
    assert.throws(() => exportLedger(ledger, home.dir, true), /is no file/);
    assert.throws(() => exportLedger(ledger, home.path('no/a.tokenboard')), /no is no folder\./);
    assert.equal(totals(ledger).events, 7);
  });
});

describe('an import', () => {
  it('of two machines that share sessions gives what one with all logs counts, in whatever order', async () => {
    const both = await countedHome([0, 1, 2, 3, 4]);
    const parts = [await countedHome([0, 1]), await countedHome([1, 3]), await countedHome([2, 3, 4])];
    const files = parts.map(({ home, ledger }) => {
      exportLedger(ledger, home.path('a.tokenboard'));
      return home.path('a.tokenboard');
    });
    for (const order of [files, files.toReversed()]) {
      const fresh = newHome().open();
      for (const file of order) await importLedger(fresh, file);
      assert.deepEqual(contents(fresh), contents(both.ledger));
    }
  });

  it('done twice adds nothing', async () => {
    const { home, ledger } = await countedHome([0, 1]);
    exportLedger(ledger, home.path('a.tokenboard'));
    const other = await countedHome([1, 2]);
    const first = await importLedger(other.ledger, home.path('a.tokenboard'));
    assert.deepEqual(first, { requests: 14, added: 7, forgotten: 0 });
    const after = contents(other.ledger);
    assert.deepEqual(await importLedger(other.ledger, home.path('a.tokenboard')), { ...first, added: 0 });
    assert.deepEqual(contents(other.ledger), after);
    assert.deepEqual(totals(other.ledger), totalsOfRequests(other.ledger));
  });

  it('takes a ledger as it stands, while its own machine writes it', async () => {
    const { ledger } = await countedHome([0, 1]);
    assert.ok(statSync(`${ledger.file}-wal`).size > 0, 'what is new is not yet in the main file');
    const fresh = newHome().open();
    await importLedger(fresh, ledger.file);
    assert.deepEqual(contents(fresh), contents(ledger));
  });

  it('is there to stay when logs are read', async () => {
    const { ledger } = await countedHome([0, 1]);
    const fresh = newHome();
    const into = fresh.open();
    await importLedger(into, ledger.file);
    const imported = contents(into);
    await scanHome(fresh, into);
    writeSessions(fresh, [1]);
    await scanHome(fresh, into);
    assert.deepEqual(contents(into), imported);
  });

  it('leaves out what was forgotten, unless that is wanted', async () => {
    const { home, ledger } = await countedHome([0, 1]);
    const all = contents(ledger);
    exportLedger(ledger, home.path('a.tokenboard'));
    forget(ledger, { project: '/work/p1' });
    const result = await importLedger(ledger, home.path('a.tokenboard'));
    assert.deepEqual(result, { requests: 14, added: 0, forgotten: 6 });
    assert.equal(totals(ledger).events, 8);
    await importLedger(ledger, home.path('a.tokenboard'), { evenForgotten: true });
    assert.deepEqual(contents(ledger), all);
  });

  it('refuses what is no ledger, in one sentence, and changes nothing', async () => {
    const { home, ledger } = await countedHome([0]);
    home.write('text', 'no database at all, and long enough to be looked at'.repeat(40));
    home.write('empty', '');
    const foreign = new DatabaseSync(home.path('foreign'));
    foreign.exec('CREATE TABLE event (key INTEGER); PRAGMA user_version = 99');
    foreign.close();
    for (const name of ['text', 'empty', 'foreign', '.claude']) {
      const expected = `${home.path(name)} is neither a ledger of Tokenboard nor an export of one.`;
      assert.equal(await refusal(ledger, home.path(name)), expected);
    }
    assert.match(await refusal(ledger, home.path('missing')), /missing is not there\.$/);
    assert.match(await refusal(ledger, ledger.file), /is the ledger into which it would be taken\.$/);
  });

  it('refuses a ledger of a newer version', async () => {
    const newer = await countedHome([0]);
    newer.ledger.database.exec('PRAGMA user_version = 99');
    const { ledger } = await countedHome([1]);
    assert.match(
      await refusal(ledger, newer.home.path('.local/share/tokenboard/ledger.db')),
      /newer version .* update/,
    );
  });

  it('takes nothing of a damaged file', async () => {
    const { home, ledger } = await countedHome([0, 1, 2]);
    exportLedger(ledger, home.path('a.tokenboard'));
    const whole = readFileSync(home.path('a.tokenboard'));
    const other = await countedHome([4]);
    home.write('cut', whole.subarray(0, whole.length / 2));
    home.write('broken', Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(8192, 7), whole.subarray(16_384)]));
    for (const name of ['cut', 'broken']) assert.match(await refusal(other.ledger, home.path(name)), /damaged/);
  });

  it('is all or nothing', async () => {
    const { home, ledger } = await countedHome([0, 1]);
    exportLedger(ledger, home.path('a.tokenboard'));
    const other = await countedHome([2]);
    const before = contents(other.ledger);
    const { database } = other.ledger;
    const last = noon + 130 * minute;
    database.exec(
      `CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.time > ${last} BEGIN SELECT raise(ABORT, 'no'); END`,
    );
    await assert.rejects(importLedger(other.ledger, home.path('a.tokenboard')));
    assert.deepEqual(contents(other.ledger), before);
    database.exec('DROP TRIGGER full');
    assert.equal((await importLedger(other.ledger, home.path('a.tokenboard'))).added, 14);
  });

  it('waits for a scanner, and gives up with a sentence', async () => {
    const { ledger } = await countedHome([0]);
    const other = newHome().open();
    const lock = takeScanLock(other.dir, 0);
    await assert.rejects(importLedger(other, ledger.file, { waitMs: 10 }), /^LedgerError: Another window is reading/);
    lock?.release();
    assert.equal(totals(other).events, 0);
  });
});
