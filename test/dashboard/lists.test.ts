import assert from 'node:assert/strict';
import { rowId } from '../../src/dashboard/protocol/row-id.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import type { ListWish, SortColumn } from '../../src/dashboard/protocol/sessions.ts';
import { newHome } from '../ledger/home.ts';
import { counting, type Request } from './counted.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const now = Date.UTC(2026, 4, 12, 13, 30);
const all: Scope = { period: { kind: 'all' }, filter: {} };
const wish: ListWish = { list: 'sessions', sort: 'tokens', descending: true, search: '', offset: 0, limit: 50 };

function request(session: string, ago: number, output: number, more: Partial<Request> = {}): Request {
  return { session, time: now - ago, tokens: { output }, ...more };
}

const made = [
  request('one', 3 * dayMs, 100, { model: 'claude-opus-4-6', branch: 'feature/login' }),
  request('one', 3 * dayMs - 20 * minuteMs, 300, { subagent: true, agent: 'a' }),
  request('one', 3 * dayMs - 95 * minuteMs, 5, { subagent: true, agent: 'b', project: '/home/me/other' }),
  request('two', 2 * dayMs, 50, { tool: 'codex', model: 'gpt-5.1-codex', project: '/home/me/site', branch: '' }),
  request('three', 0, 200, { project: '/home/me/site' }),
];

describe('the list of sessions', () => {
  it('tells of each session its models, branches, subagents and the time worked in it', async () => {
    const dashboard = await counting(newHome(), now, made);
    const { rows } = await dashboard.answer({ ask: 'list', scope: all, wish });
    const [one] = rows;
    assert.equal(one?.id, rowId({ list: 'sessions', tool: 'claude-code', session: 'one' }));
    assert.deepEqual(one?.models, ['claude-sonnet-4-5', 'claude-opus-4-6']);
    assert.deepEqual(one?.branches, ['main', 'feature/login']);
    assert.equal(one?.project.title, 'app');
    assert.deepEqual([one?.subagents, one?.sessions], [2, 1]);
    // 13:30, 13:50 and 15:05: the last is a stretch of its own.
    assert.equal(one?.activeMs, (30 + 15) * minuteMs);
    assert.equal(one?.start, now - 3 * dayMs);
    assert.equal(one?.end, now - 3 * dayMs + 105 * minuteMs);
  });

  it('sorts by every column, both ways', async () => {
    const dashboard = await counting(newHome(), now, made);
    const order = async (sort: SortColumn, descending: boolean) => {
      const { rows } = await dashboard.answer({ ask: 'list', scope: all, wish: { ...wish, sort, descending } });
      return rows.map(({ session }) => session).join(' ');
    };
    assert.equal(await order('start', true), 'three two one');
    assert.equal(await order('start', false), 'one two three');
    assert.equal(await order('tokens', true), 'one three two');
    assert.equal(await order('length', true), 'one three two');
    assert.equal(await order('tool', true), 'two three one');
    assert.equal(await order('model', true), 'two three one');
    assert.equal(await order('project', false), 'one three two');
    assert.equal(await order('branch', false), 'two three one');
    assert.equal(await order('requests', true), 'one three two');
    assert.equal(await order('subagents', false), 'three two one');
    assert.equal(await order('cost', false), 'two three one');
  });

  it('finds all words in any of a row, whatever their case, and sums up what it found', async () => {
    const dashboard = await counting(newHome(), now, made);
    const found = async (search: string) => {
      const view = await dashboard.answer({ ask: 'list', scope: all, wish: { ...wish, search } });
      return `${view.count}: ${view.rows.map(({ session }) => session).join(' ')} ${view.amounts.tokens}`;
    };
    assert.equal(await found('SITE codex'), '1: two 50');
    assert.equal(await found('login opus'), '1: one 405');
    assert.equal(await found('/home/me'), '3: one three two 655');
    assert.equal(await found('nothing'), '0:  0');
  });

  it('comes page by page', async () => {
    const dashboard = await counting(newHome(), now, made);
    const page = async (offset: number, limit: number) =>
      (await dashboard.answer({ ask: 'list', scope: all, wish: { ...wish, offset, limit } })).rows.map(
        ({ session }) => session,
      );
    assert.deepEqual(await page(0, 2), ['one', 'three']);
    assert.deepEqual(await page(2, 2), ['two']);
    assert.deepEqual(await page(9, 2), []);
  });
});

describe('the lists of projects and branches', () => {
  it('count sessions and subagents', async () => {
    const dashboard = await counting(newHome(), now, made);
    const rows = async (list: ListWish['list']) =>
      (await dashboard.answer({ ask: 'list', scope: all, wish: { ...wish, list } })).rows.map(
        ({ project, branches, sessions, subagents, amounts }) =>
          `${project.title} ${branches.join(',')} ${sessions} ${subagents} ${amounts.tokens}`,
      );
    assert.deepEqual(await rows('projects'), [
      'app main,feature/login 1 1 400',
      'site main 2 0 250',
      'other main 1 1 5',
    ]);
    assert.deepEqual(await rows('branches'), [
      'app main 1 1 300',
      'site main 1 0 200',
      'app feature/login 1 0 100',
      'site  1 0 50',
      'other main 1 1 5',
    ]);
  });
});

describe('a session', () => {
  it('opens to its course by request, and to its subagents', async () => {
    const dashboard = await counting(newHome(), now, made);
    const id = rowId({ list: 'sessions', tool: 'claude-code', session: 'one' });
    const view = await dashboard.answer({ ask: 'session', id });
    assert.deepEqual(
      view?.course.map(({ time, tokens, subagent }) => [time - now + 3 * dayMs, tokens, subagent]),
      [
        [0, 100, false],
        [20 * minuteMs, 300, true],
        [95 * minuteMs, 5, true],
      ],
    );
    assert.equal(view?.row.activeMs, (30 + 15) * minuteMs, 'as in the list: in quarters of an hour');
    assert.deepEqual(
      view?.bySubagent.map(({ agent, amounts }) => [agent, amounts.tokens]),
      [
        ['a', 300],
        ['b', 5],
      ],
    );
    assert.deepEqual(
      view?.byModel.map(({ model, amounts }) => [model, amounts.tokens]),
      [
        ['claude-sonnet-4-5', 305],
        ['claude-opus-4-6', 100],
      ],
    );
  });

  it('of very many requests has its course by quarter of an hour, which adds up to the same', async () => {
    const many = Array.from({ length: 2001 }, (_, index) =>
      request('many', index * 5000, 3, { tokens: { input: index === 0 ? 200_001 : 0, output: 3 } }),
    );
    const dashboard = await counting(newHome(), now, many);
    const view = await dashboard.answer({
      ask: 'session',
      id: rowId({ list: 'sessions', tool: 'claude-code', session: 'many' }),
    });
    assert.ok((view?.course.length ?? 0) < 20);
    assert.equal(
      view?.course.reduce((sum, { tokens }) => sum + tokens, 0),
      2001 * 3 + 200_001,
    );
    assert.equal(view?.longRequests, 1);
  });

  it('that is gone is undefined', async () => {
    const dashboard = await counting(newHome(), now, made);
    for (const id of ['', 'nonsense', rowId({ list: 'sessions', tool: 'codex', session: 'one' })]) {
      assert.equal(await dashboard.answer({ ask: 'session', id }), undefined);
    }
  });
});

describe('what there is to choose from', () => {
  it('is what the other filters leave, and what is chosen already', async () => {
    const dashboard = await counting(newHome(), now, made, { accounts: [{ name: 'me', folders: ['/home/me'] }] });
    const filter = { projects: ['/home/me/site'], tools: ['amp' as const] };
    const choices = await dashboard.answer({ ask: 'choices', scope: { ...all, filter } });
    assert.deepEqual(
      choices.tools.map(({ id, tokens }) => [id, tokens]),
      [
        ['claude-code', 200],
        ['codex', 50],
        ['amp', 0],
      ],
    );
    assert.deepEqual(choices.projects, [{ folder: '/home/me/site', title: 'site', tokens: 0 }]);
    assert.deepEqual(choices.accounts, ['me']);
  });
});
