import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import type { Question } from '../../src/dashboard/protocol/messages.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { forget } from '../../src/ledger/forget.ts';
import { newHome, runs } from '../ledger/home.ts';
import { count, counting, dashboardOf, type Request, settings } from './counted.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 3, 6, 13, 20);
const all: Scope = { period: { kind: 'all' }, filter: {} };
const month: Scope = { period: { kind: '30d' }, filter: {} };
const wish = { list: 'sessions', sort: 'start', descending: true, search: '', offset: 0, limit: 200 } as const;
const questions: readonly Question[] = [
  { ask: 'overview', scope: all },
  { ask: 'chart', scope: month, split: 'model' },
  { ask: 'list', scope: all, wish },
  { ask: 'choices', scope: all },
  { ask: 'export', scope: all, format: 'csv' },
  { ask: 'badges' },
];

const request = fc.record({
  time: fc.integer({ min: now - 200 * dayMs, max: now }),
  model: fc.constantFrom('claude-opus-4-6', 'gpt-5.1', 'mystery'),
  project: fc.constantFrom('/home/me/app', '/home/me/other'),
  session: fc.constantFrom('a', 'b', 'c'),
  subagent: fc.boolean(),
  agent: fc.constantFrom(undefined, 'x', 'y'),
  tokens: fc.record({ input: fc.nat(400_000), output: fc.integer({ min: 1, max: 5000 }), cacheRead: fc.nat(5000) }),
}) satisfies fc.Arbitrary<Request>;

describe('figures while the ledger grows', () => {
  it('are after each look what a fresh load would give', async function () {
    this.timeout(120_000);
    const batches = fc.array(fc.array(request, { minLength: 1, maxLength: 20 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, async (made) => {
        const home = newHome();
        const ledger = home.open();
        const live = dashboardOf(home, now);
        for (const batch of made) {
          await count(ledger, now, batch);
          await live.look();
          const fresh = dashboardOf(home, now);
          for (const question of questions) {
            assert.deepEqual(await live.answer(question), await fresh.answer(question), question.ask);
          }
          fresh.close();
        }
        live.close();
        home.close();
      }),
      runs(12),
    );
  });

  it('are right after something was forgotten, and after new names took the place of old ones', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, now, [
      { time: now - dayMs, session: 'old', project: '/home/me/kept' },
      { time: now - dayMs, session: 'gone', project: '/home/me/secret' },
    ]);
    const live = dashboardOf(home, now);
    assert.equal((await live.answer({ ask: 'list', scope: all, wish })).count, 2);
    forget(ledger, { project: '/home/me/secret' });
    await count(ledger, now, [{ time: now - dayMs, session: 'new', project: '/home/me/next' }]);
    await live.look();
    const list = await live.answer({ ask: 'list', scope: all, wish });
    assert.deepEqual(list.rows.map(({ session, project }) => `${session} ${project.title}`).sort(), [
      'new next',
      'old kept',
    ]);
  });

  it('tell that they changed only when they did', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, now, [{ time: now }]);
    const live = dashboardOf(home, now);
    await live.answer({ ask: 'overview', scope: all });
    await live.look();
    const before = live.changes();
    await live.look();
    assert.equal(live.changes(), before);
    await count(ledger, now, [{ time: now }]);
    await live.look();
    assert.equal(live.changes(), before + 1);
  });

  it('tell that a new day has begun, and that the last hour is another, though nothing was counted', async () => {
    const home = newHome();
    let time = Date.UTC(2026, 3, 6, 23, 58);
    await count(home.open(), time, [{ time: time - 60_000, tokens: { output: 7 } }]);
    const live = dashboardOf(home, () => time);
    const today: Scope = { period: { kind: 'today' }, filter: {} };
    assert.equal((await live.answer({ ask: 'overview', scope: today })).amounts.tokens, 7);
    await live.look();
    const before = live.changes();
    time += 60_000;
    await live.look();
    assert.equal(live.changes(), before);

    time += 90_000;
    await live.look();
    assert.equal(live.changes(), before + 1);
    assert.equal((await live.answer({ ask: 'overview', scope: today })).amounts.tokens, 0);
    assert.equal((await live.answer({ ask: 'insights', scope: today })).now?.tokensPerHour, 7);

    time += 3_600_000;
    await live.look();
    assert.equal(live.changes(), before + 2);
    assert.equal((await live.answer({ ask: 'insights', scope: today })).now, undefined);
    await live.look();
    assert.equal(live.changes(), before + 2);
  });

  it('begin with nothing, and come when there is a ledger', async () => {
    const home = newHome();
    const live = dashboardOf(home, now);
    assert.equal((await live.answer({ ask: 'overview', scope: month })).empty, true);
    await count(home.open(), now, [{ time: now, tokens: { output: 7 } }]);
    await live.look();
    const overview = await live.answer({ ask: 'overview', scope: month });
    assert.equal(overview.empty, false);
    assert.equal(overview.amounts.tokens, 7);
    assert.equal(live.changes(), 1);
  });

  it('give the last thirty days before older months are loaded, and say what is still missing', async () => {
    const home = newHome();
    const daily = Array.from({ length: 240 }, (_, index) => ({
      time: now - index * dayMs - 3_600_000,
      tokens: { output: 10 },
    }));
    const live = await counting(home, now, daily);
    const soon = await live.answer({ ask: 'overview', scope: month });
    assert.equal(soon.filling, true);
    assert.equal(soon.amounts.tokens, 300);
    assert.equal(soon.before?.amounts.tokens, 300);
    const whole = await live.answer({ ask: 'overview', scope: all });
    assert.equal(whole.amounts.tokens, 2400);
    assert.equal(whole.filling, undefined);
    await live.look();
    assert.ok(live.changes() > 0);
  });

  it('leave out the tools that are switched off, and follow every change of a setting', async () => {
    const home = newHome();
    const live = await counting(home, now, [
      { time: now, tool: 'codex', tokens: { output: 3 } },
      { time: now, tokens: { output: 4 } },
    ]);
    assert.equal((await live.answer({ ask: 'overview', scope: all })).amounts.tokens, 7);
    live.configure({ ...settings, withoutTools: ['codex'] });
    assert.equal((await live.answer({ ask: 'overview', scope: all })).amounts.tokens, 4);
    assert.equal(live.changes(), 1);
  });

  it('begin anew where another ledger took the place of the old one', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, now, [{ time: now, tokens: { output: 3 } }]);
    const live = dashboardOf(home, now);
    assert.equal((await live.answer({ ask: 'overview', scope: all })).amounts.tokens, 3);
    ledger.close();
    const { file } = ledger;
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    await count(home.open(), now, [{ time: now, session: 'other', tokens: { output: 4 } }]);
    await live.look();
    assert.equal((await live.answer({ ask: 'overview', scope: all })).amounts.tokens, 4);
  });

  it('are not to be had from a ledger of a newer version, which is said, and later are', async () => {
    const home = newHome();
    const ledger = home.open();
    await count(ledger, now, [{ time: now, tokens: { output: 3 } }]);
    ledger.database.exec('PRAGMA user_version = 99');
    const live = dashboardOf(home, now);
    await assert.rejects(live.answer({ ask: 'overview', scope: all }), /newer version/);
    await assert.rejects(live.answer({ ask: 'badges' }), /newer version/);
    const other = new DatabaseSync(ledger.file);
    other.exec('PRAGMA user_version = 1');
    other.close();
    assert.equal((await live.answer({ ask: 'overview', scope: all })).amounts.tokens, 3);
  });
});
