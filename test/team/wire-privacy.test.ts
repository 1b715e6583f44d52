import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { look } from '../../src/team/boards.ts';
import { exportOwnData } from '../../src/team/own-data.ts';
import type { Cell } from '../../src/team/protocol/sync.ts';
import { syncNow } from '../../src/team/sync.ts';
import { writeClaudeLog } from '../cli/command.ts';
import { type World, world } from '../server/http/world.ts';
import { joinTeam, open, type Person, person, tokenOf } from './person.ts';
import { openWire, type Wire } from './wire.ts';

const dayMs = 86_400_000;

describe('what goes over the wire', () => {
  let board: World;
  let wire: Wire;
  let ada: Person;
  beforeEach(async () => {
    board = await world();
    wire = await openWire(() => board.server.address);
    ada = person(board);
  });
  afterEach(async () => {
    ada.end();
    await wire.close();
    await board.end();
  });

  it('holds no project, branch, session, host, user or private model, in whatever is done', async () => {
    const requests = [...Array(3).keys()].map((day) => ({
      id: `sentinel-id-${day}`,
      time: new Date(Date.parse('2026-11-15T09:13:17Z') + day * dayMs).toISOString(),
      tokens: [1 + day, 2, 3, 4, 5] as const,
      cwd: '/home/sentinel-user/sentinel-project',
      branch: 'sentinel-branch',
      session: 'sentinel-session',
      model: ['gemini-2.5-pro-sentinel', 'ft:gpt-4o:sentinel-corp:x', 'claude-opus-4-5-sentinel'][day] ?? '',
    }));
    writeClaudeLog(ada.home, '-home-sentinel-user-sentinel-project/sentinel-session.jsonl', requests);
    await ada.count();
    await joinTeam(board, wire, ada, open('2026-11-01', { exclude: ['~/sentinel-excluded/**'] }));
    await look(ada.team, 'boards');
    await look(ada.team, 'board', { board: 0, window: '7d', metric: 'tokens' });
    await look(ada.team, 'usage');
    await exportOwnData(ada.team);
    const cells: Cell[] = wire.syncs().flatMap((body) => JSON.parse(body).cells);
    assert.deepEqual(
      cells.map(({ day, model, in: input }) => [day, model, input]),
      [
        ['2026-11-15', 'other', 1],
        ['2026-11-16', 'other', 2],
        ['2026-11-17', 'other', 3],
      ],
    );
    const fields = new Set(cells.flatMap((cell) => Object.keys(cell)));
    assert.deepEqual([...fields].sort(), 'cr cw cw1 day est in model out pv req rev rs tool usd'.split(' '));
    const everything = wire.everything();
    for (const word of ['sentinel', '09:13', process.env.HOSTNAME ?? 'no-such-host', ada.home]) {
      assert.equal(everything.includes(word), false, word);
    }
    const { headers } = wire.sent.at(-1) ?? {};
    assert.deepEqual(Object.keys(headers ?? {}).sort(), [
      ...['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent'],
    ]);
    assert.equal(board.logged.join('').includes('sentinel'), false);
    const state = readFileSync(join(ada.team.dir, 'team.db'), 'latin1');
    assert.equal(state.includes('sentinel-project') || state.includes('sentinel-session'), false);
  });

  it('is nothing of tools whose logs nobody has verified', async () => {
    fillLedger(ada, 3, ['codebuff', 'codex'], ['gpt-5']);
    await joinTeam(board, wire, ada, open('2026-11-01'));
    const cells: Cell[] = wire.syncs().flatMap((body) => JSON.parse(body).cells);
    assert.deepEqual([...new Set(cells.map(({ tool }) => tool))], ['codex']);
  });

  it('is 35 days of 57 cells within 10 s, without holding the thread for long', async function () {
    this.timeout(30_000);
    const models = publicModels.slice(0, 19);
    fillLedger(ada, 35, ['codex', 'claude-code', 'cursor'], models);
    await joinTeam(board, wire, ada, open('2026-11-20'));
    const { changeChoices } = await import('../../src/team/change.ts');
    const { choicesOf } = await import('../../src/team/choices.ts');
    const { membership } = ada.team.store.state();
    assert.ok(membership?.consent);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const begun = performance.now();
    const changed = await changeChoices(ada.team, choicesOf(membership.consent, { since: '2026-10-01', exclude: [] }));
    const took = performance.now() - begun;
    delay.disable();
    assert.deepEqual(changed.kind === 'changed' && changed.sync.kind === 'synced' && changed.sync.cells, 35 * 57);
    assert.ok(took < 10_000, `${took} ms`);
    const bodies = wire.syncs().slice(1);
    assert.ok(bodies.every((body) => Buffer.byteLength(body) <= 131_072 && JSON.parse(body).cells.length <= 500));
    if (process.env.TOKENBOARD_TELL) console.log(`${Math.round(took)} ms, longest task ${delay.max / 1e6} ms`);
  });

  it('is each cell once, of two processes that sync at the same time', async function () {
    this.timeout(60_000);
    fillLedger(ada, 20, ['codex', 'claude-code'], publicModels.slice(0, 10));
    await joinTeam(board, wire, ada, open('2026-11-20'));
    const { membership } = ada.team.store.state();
    assert.ok(membership);
    const share = { since: '2026-10-01', exclude: [] };
    ada.team.store.change((now) => ({ ...now, membership: { ...membership, share }, nextAt: 0 }));
    const before = wire.syncs().length;
    const script = join(import.meta.dirname, 'sync-in-child.ts');
    const outcomes = await Promise.all([1, 2, 3].map(() => inChild(script, ada.home, String(board.clock.now))));
    const cells = wire
      .syncs()
      .slice(before)
      .flatMap((body) => JSON.parse(body).cells as Cell[])
      .map(({ day, tool, model }) => `${day} ${tool} ${model}`);
    assert.equal(cells.length, 20 * 20);
    assert.equal(new Set(cells).size, cells.length);
    assert.ok(
      outcomes.some((outcome) => outcome.includes('"synced"')),
      outcomes.join(),
    );
    assert.equal((await syncNow(ada.team, { now: true })).kind, 'synced');
    const { body } = await board.ask('GET', '/v1/me/usage', { token: await tokenOf(ada) });
    assert.equal(body.days.length, 20);
  });
});

function inChild(script: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve) => child.once('close', () => resolve(out)));
}

const publicModels = [
  ...['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'o3'],
  ...['o4-mini', 'gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.0-flash', 'claude-opus-4-1', 'claude-opus-4'],
  ...['claude-sonnet-4', 'claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-3-5-haiku'],
];

/** Tallies of so many complete days up to yesterday, of each tool with each model. */
function fillLedger({ ledger }: Person, days: number, tools: readonly string[], models: readonly string[]): void {
  const { database } = ledger;
  const series = database.prepare(`INSERT INTO series VALUES (NULL, ?, '', ?, '', 0) RETURNING id`);
  const tally = database.prepare('INSERT INTO model_tally VALUES (?, ?, 1, ?, 1, 1, 1, 1, 0, 0, 1000000, 0, 0)');
  const change = database.prepare('INSERT OR REPLACE INTO day_change VALUES (?, ?)');
  const today = Math.floor(Date.parse('2026-11-20') / dayMs);
  database.exec('BEGIN');
  for (const tool of tools) {
    for (const model of models) {
      const id = Number(series.get(tool, model)?.id);
      for (let day = today - days; day < today; day++) {
        tally.run(day * 96 + 40, id, day + id);
        change.run(day, 1);
      }
    }
  }
  database.exec('COMMIT');
}
