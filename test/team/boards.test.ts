import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastSeen, look } from '../../src/team/boards.ts';
import { fitted } from '../../src/team/fitted.ts';
import { pause } from '../../src/team/pause.ts';
import { Snapshot } from '../../src/team/protocol/board.ts';
import { startSyncing } from '../../src/team/runner.ts';
import type { SyncOutcome } from '../../src/team/sync.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, type Person, person, someDays } from './person.ts';
import { openWire, type Wire } from './wire.ts';

describe('the boards of a team', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
    await ada.use('-home-me-shop/s.jsonl', someDays);
    await joinTeam(board, wire, ada, open('2026-11-01'));
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  it('are asked whether they are new, and kept so that they are there at once', async () => {
    board.clock.now += 86_400_000;
    await board.tomorrow();
    const wish = { board: 0, window: '7d', metric: 'tokens' } as const;
    assert.equal(lastSeen(ada.team, 'board', wish), undefined);
    const first = await look(ada.team, 'board', wish);
    assert.equal(first.value?.state, 'open');
    const again = await look(ada.team, 'board', wish);
    assert.ok(wire.sent.at(-1)?.headers['if-none-match']);
    assert.deepEqual(again.value, first.value);
    assert.deepEqual(lastSeen(ada.team, 'board', wish)?.value, first.value);
    // One's own days before joining are there for oneself, of all machines together.
    const usage = await look(ada.team, 'usage');
    assert.deepEqual(
      usage.value?.days.map(({ day, beforeJoining }) => [day, beforeJoining]),
      [
        ['2026-11-17', true],
        ['2026-11-18', true],
        ['2026-11-19', true],
      ],
    );
  });

  it('sync by themselves in one of two windows, and not while paused', async () => {
    await ada.use('-home-me-shop/t.jsonl', [{ id: 'n', time: '2026-11-19T10:00:00.000Z', tokens: [3, 1, 1, 0, 0] }]);
    ada.team.store.change((state) => ({ ...state, nextAt: 0 }));
    const outcomes: SyncOutcome[] = [];
    const listener = { told: (outcome: SyncOutcome) => void outcomes.push(outcome), failed: assert.ifError };
    const before = wire.syncs().length;
    const windows = [startSyncing(ada.team, listener), startSyncing({ ...ada.team }, listener)];
    for (const window of windows) window.wake();
    for (let i = 0; i < 100 && outcomes.length === 0; i++) await sleep(20);
    assert.deepEqual(outcomes[0], { kind: 'synced', cells: 1, requests: 1 });
    assert.equal(wire.syncs().length - before, 1);
    pause(ada.team, 'resumed');
    ada.team.store.change((state) => ({ ...state, nextAt: 0 }));
    const made = wire.sent.length;
    for (const window of windows) window.wake();
    await sleep(100);
    assert.equal(wire.sent.length, made);
    for (const window of windows) window.dispose();
  });
});

describe('an answer', () => {
  const total = { members: null, sum: null, median: null, spread: null, digits: null, withheld: 'too_few' };
  const row = { rank: 1, name: 'Blue Heron', named: false, value: 123, badges: ['cache-wizard'], titles: [] };
  const snapshot = {
    ...{ board: 0, name: 'Acme', state: 'open', notice: null, window: '30d', metric: 'fresh', seq: 1 },
    ...{ builtAt: '2026-11-21T00:10:00.000Z', nextAt: null, from: '2026-10-22', to: '2026-11-20', policyVersion: 1 },
    ...{ quiet: false, topN: 250, rows: [row], total, histogram: null, teams: [] },
  };

  it('of a newer server is taken without what is not known here', () => {
    const newer = { ...snapshot, colour: 'red', rows: [{ ...row, email: 'a@example.org' }] };
    assert.deepEqual(fitted(Snapshot, newer), snapshot);
  });

  const wrong: readonly (readonly [what: string, value: unknown])[] = [
    ['no object', 'hello'],
    ['a list', [snapshot]],
    ['without its rows', { ...snapshot, rows: undefined }],
    ['with a value that is no number', { ...snapshot, rows: [{ ...row, value: '12' }] }],
    ['with a negative value', { ...snapshot, rows: [{ ...row, value: -1 }] }],
    ['with more rows than a board has', { ...snapshot, rows: Array(251).fill(row) }],
    ['of another metric', { ...snapshot, metric: 'beauty' }],
    ['with a badge that is markup', { ...snapshot, rows: [{ ...row, badges: ['<b>'] }] }],
    ['of a day in words', { ...snapshot, from: 'yesterday' }],
  ];
  for (const [what, value] of wrong) it(`${what} is none`, () => assert.equal(fitted(Snapshot, value), undefined));
});
