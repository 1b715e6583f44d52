import assert from 'node:assert/strict';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { forget } from '../../src/ledger/forget.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { latestLimits } from '../../src/ledger/limits.ts';
import { openLedgerToRead } from '../../src/ledger/read-ledger.ts';
import { survey } from '../../src/ledger/survey.ts';
import { tallies } from '../../src/ledger/tallies.ts';
import { readers } from '../../src/readers/index.ts';
import { contents, totals } from './contents.ts';
import { type Home, newHome, runs, scanHome } from './home.ts';
import { claudeLine, codexCount, codexHead, noon } from './log-lines.ts';

const file = '.local/share/tokenboard/ledger.db';
const perDay = 40;
const days = 50;

/** A home whose ledger knows 2000 requests, of which only the last day's log is still there. */
async function withHistory(): Promise<Home> {
  const home = newHome();
  for (let day = 0; day < days; day++) {
    const lines = Array.from({ length: perDay }, (_, i) =>
      claudeLine({ id: `m${day}_${i}`, session: `s${day}`, time: noon + day * 86_400_000 + i * 60_000 }),
    );
    home.write(`.claude/projects/p/s${day}.jsonl`, lines.join(''));
  }
  const used = { input: 10, cached: 0, output: 10, reasoning: 0 };
  const rollout = codexHead('00000001-1111-4222-8333-000000000001', noon);
  home.write(
    '.codex/sessions/rollout.jsonl',
    rollout + codexCount(noon + 1000, used, used, { fiveHours: 12, week: 34 }),
  );
  const ledger = home.open();
  await scanHome(home, ledger);
  assert.equal(totals(ledger).events, days * perDay + 1);
  ledger.close();
  for (let day = 0; day < days - 1; day++) home.remove(`.claude/projects/p/s${day}.jsonl`);
  home.remove('.codex');
  return home;
}

function overwrite(home: Home, at: number, bytes: Uint8Array): void {
  const fd = openSync(home.path(file), 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

const sizeOf = (home: Home): number => statSync(home.path(file)).size;

function garbage(length: number, seed = 1): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return state >> 16;
    }),
  );
}

/** The first page of a table, from SQLite's own account. */
function pageOf(home: Home, table: string): number {
  const database = new DatabaseSync(home.path(file), { readOnly: true });
  const root = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.rootpage);
  database.close();
  return root;
}

async function mended(home: Home): Promise<{ events: number; notices: readonly string[]; aside: string[] }> {
  const ledger = home.open();
  await scanHome(home, ledger);
  const { events } = totals(ledger);
  assert.equal((await scanHome(home, ledger)).filesRead, 0);
  assert.deepEqual(contents(home.open()), contents(ledger));
  const aside = readdirSync(ledger.dir).filter((name) => /^ledger-damaged-[^.]*\.db$/.test(name));
  return { events, notices: ledger.notices, aside };
}

/** Scans until a reader comes upon no damage: the next scan mends it, or the one after it. */
async function untilWhole(home: Home): Promise<Ledger> {
  let failure: unknown;
  for (let tries = 0; tries < 3; tries++) {
    const ledger = home.open();
    await scanHome(home, ledger);
    try {
      survey(ledger, home.machine, readers);
      tallies(ledger);
      latestLimits(ledger);
      return ledger;
    } catch (error) {
      assert.equal((error as Error).name, 'LedgerError');
      failure = error;
    }
  }
  throw failure;
}

describe('a damaged ledger', function () {
  this.timeout(30_000 * Number(process.env.TOKENBOARD_TEST_FACTOR || 1));

  it('whose header is overwritten is set aside, and all of it fetched into a new one, and said', async () => {
    const home = await withHistory();
    overwrite(home, 0, garbage(100));
    const { events, notices, aside } = await mended(home);
    assert.equal(events, days * perDay + 1);
    assert.equal(notices.length, 1);
    assert.match(
      notices.join(),
      /^The ledger was damaged\. It was set aside as .*\/ledger-damaged-.*\.db, and is built anew/,
    );
    assert.equal(aside.length, 1);
    assert.deepEqual(
      latestLimits(home.open()).map(({ usedPercent }) => usedPercent),
      [12, 34],
    );
  });

  it('whose first page is overwritten is fetched as well, also after it was rewritten as a whole', async () => {
    for (const statement of ['', 'VACUUM']) {
      const home = await withHistory();
      const ledger = home.open();
      ledger.database.exec(statement);
      ledger.close();
      overwrite(home, 0, garbage(4096));
      assert.equal((await mended(home)).events, days * perDay + 1);
    }
  });

  it('still knows what it was told to forget', async () => {
    const home = await withHistory();
    const ledger = home.open();
    forget(ledger, { until: noon + (days - 1) * 86_400_000 + 600_000 }, { now: noon + 2 * days * 86_400_000 });
    assert.equal(totals(ledger).events, perDay - 10);
    ledger.close();
    overwrite(home, 0, garbage(4096));
    assert.equal((await mended(home)).events, perDay - 10);
  });

  it('that is cut short gives back what is left of it', async () => {
    const home = await withHistory();
    truncateSync(home.path(file), Math.floor(sizeOf(home) * 0.8) + 100);
    const { events, notices } = await mended(home);
    assert.equal(notices.length, 1);
    assert.ok(events > perDay * 5, `${events} are left`);
  });

  it('goes on counting, whatever pages hold garbage', async () => {
    const page = fc.record({
      at: fc.integer({ min: 0, max: 999 }).map((part) => part / 1000),
      fill: fc.oneof(fc.constant(undefined), fc.nat()),
    });
    const property = fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (pages) => {
      const home = await withHistory();
      const count = sizeOf(home) / 4096;
      for (const { at, fill } of pages) {
        overwrite(home, 4096 * Math.floor(at * count), fill === undefined ? Buffer.alloc(4096) : garbage(4096, fill));
      }
      const ledger = await untilWhole(home);
      const sessions = new Set(tallies(ledger).map(({ session }) => session));
      assert.ok(sessions.has(`s${days - 1}`));
      assert.ok(totals(ledger).events <= days * perDay + 1);
      home.close();
    });
    await fc.assert(property, runs(12));
  });

  it('with garbage in one page of requests loses no more than those', async () => {
    const home = await withHistory();
    const ledger = home.open();
    // So that the next scan looks at every request.
    ledger.database.prepare("UPDATE meta SET value = 'old' WHERE name = 'prices'").run();
    ledger.close();
    const whole = readFileSync(home.path(file));
    // What SQLite calls leaves of an index holds the tables that are ordered by their own columns.
    const leaves = Array.from({ length: whole.length / 4096 }, (_, page) => page).filter(
      (page) => whole[page * 4096] === 10,
    );
    assert.ok(leaves.length > 20);
    for (const page of leaves.filter((_, i) => i % Math.ceil(leaves.length / 12) === 0)) {
      writeFileSync(home.path(file), whole);
      overwrite(home, page * 4096, garbage(4096, page));
      const { events } = totals(await untilWhole(home));
      assert.ok(events >= days * perDay - 60, `${events} after damage to page ${page}`);
      for (const name of readdirSync(home.path('.local/share/tokenboard')))
        home.remove(`.local/share/tokenboard/${name}`);
    }
  });

  it('is mended by the next scan when only a reader comes upon the damage', async () => {
    const home = await withHistory();
    overwrite(home, (pageOf(home, 'tally') - 1) * 4096, garbage(4096));
    const ledger = openLedgerToRead(home.machine);
    assert.ok(ledger);
    assert.throws(() => tallies(ledger), {
      name: 'LedgerError',
      message: /ledger\.db is damaged\. The next scan builds it anew\.$/,
    });
    ledger.close();
    const other = home.open();
    await scanHome(home, other);
    assert.equal(totals(other).events, days * perDay + 1);
    assert.equal(tallies(other).length > 0, true);
    assert.equal(other.notices.length, 1);
  });

  it('that is no ledger at all is set aside', async () => {
    const home = await withHistory();
    writeFileSync(home.path(file), 'Dear diary, today I wrote into the wrong file.\n'.repeat(100));
    const { events, notices, aside } = await mended(home);
    assert.deepEqual([events, notices.length, aside.length], [perDay, 1, 1]);
    assert.match(readFileSync(`${home.path('.local/share/tokenboard')}/${aside[0]}`, 'utf8'), /^Dear diary/);
  });

  it('that is empty is simply filled', async () => {
    const home = await withHistory();
    writeFileSync(home.path(file), '');
    const { events, notices, aside } = await mended(home);
    assert.deepEqual([events, notices, aside], [perDay, [], []]);
  });

  it('gives its requests back to their logs, so that a better reader can put them right', async () => {
    const home = await withHistory();
    overwrite(home, 0, garbage(100));
    await mended(home);
    const row = home.open().database.prepare('SELECT count(*) AS n FROM event JOIN log ON log.id = event.log').get();
    assert.equal(row?.n, perDay);
  });

  it('is seen by every window, and mended once', async () => {
    const home = await withHistory();
    const first = home.open();
    const second = home.open();
    overwrite(home, 0, garbage(100));
    // What is held in memory hides the damage from the first two.
    const third = home.open();
    for (const ledger of [third, first, second]) await scanHome(home, ledger);
    assert.equal(totals(third).events, days * perDay + 1);
    assert.ok(readdirSync(third.dir).filter((name) => /^ledger-damaged-[^.]*\.db$/.test(name)).length <= 1);
  });
});
