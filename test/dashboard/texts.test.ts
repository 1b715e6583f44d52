import assert from 'node:assert/strict';
import { projectTitles } from '../../src/dashboard/project-titles.ts';
import { rowId, rowNamed } from '../../src/dashboard/protocol/row-id.ts';
import type { Scope } from '../../src/dashboard/protocol/scope.ts';
import { newHome } from '../ledger/home.ts';
import { counting } from './counted.ts';

const now = Date.UTC(2026, 4, 12, 13, 30);
const all: Scope = { period: { kind: 'all' }, filter: {} };

describe('an export as CSV', () => {
  it('has a head line and one line a day, tool, model, project and branch', async () => {
    const dashboard = await counting(newHome(), now, [
      { time: now, branch: '=cmd()', tokens: { input: 1000, cacheWrite5m: 2, cacheWrite1h: 3, output: 100 } },
      { time: now, model: 'mystery', project: '', branch: '', tokens: { output: 7 } },
    ]);
    assert.equal(
      await dashboard.answer({ ask: 'export', scope: all, format: 'csv' }),
      [
        'day,tool,model,project,branch,requests,input,output,cacheWrite,cacheRead,reasoning,tokens,costUSD,unpricedTokens,estimatedTokens',
        "2026-05-12,claude-code,claude-sonnet-4-5,/home/me/app,'=cmd(),1,1000,100,5,0,0,1105,0.0045255,0,0",
        '2026-05-12,claude-code,mystery,,,1,0,7,0,0,0,7,,7,0',
        '',
      ].join('\r\n'),
    );
  });
});

describe('projects as shown', () => {
  it('are the shortest ends that tell them apart', () => {
    const folders = ['/a/b/app', '/a/c/app', '/a/c/web', '/app', 'C:\\x\\web', '/', ''];
    assert.deepEqual(Object.fromEntries(projectTitles(folders)), {
      '/a/b/app': 'b/app',
      '/a/c/app': 'c/app',
      '/a/c/web': 'c/web',
      '/app': '/app',
      'C:\\x\\web': 'x/web',
      '/': '/',
    });
  });
});

describe('the id of a row', () => {
  it('names the row again', () => {
    for (const name of [
      { list: 'sessions', tool: 'codex', session: 's 1' },
      { list: 'projects', project: '' },
      { list: 'branches', project: '/a b', branch: 'x/y' },
    ] as const) {
      assert.deepEqual(rowNamed(rowId(name)), name);
    }
    assert.equal(rowNamed('whatever'), undefined);
  });
});

describe('the text for a pull request', () => {
  it('tells what a branch came to, and names no folder', async () => {
    const dashboard = await counting(newHome(), now, [
      { time: now - 86_400_000, branch: 'feature/x', tokens: { input: 100_000, cacheRead: 50_000, output: 3000 } },
      { time: now, branch: 'feature/x', model: 'mystery', tokens: { output: 10 } },
      { time: now, branch: 'main' },
    ]);
    const id = rowId({ list: 'branches', project: '/home/me/app', branch: 'feature/x' });
    assert.equal(
      await dashboard.answer({ ask: 'pullRequest', id }),
      [
        '### AI usage on `feature/x`',
        '',
        '**153K tokens** (103K fresh) in 2 requests, list price $0.36 (without 10 unpriced tokens), 2026-05-11 to 2026-05-12.',
        '1 session, 0.5 active hours; Claude Code.',
        '',
        '| Model | Tokens | Fresh | Requests | List price |',
        '|---|--:|--:|--:|--:|',
        '| claude-sonnet-4-5 | 153K | 103K | 1 | $0.36 |',
        '| mystery | 10 | 10 | 1 | – |',
        '',
      ].join('\n'),
    );
    const project = await dashboard.answer({
      ask: 'pullRequest',
      id: rowId({ list: 'projects', project: '/home/me/app' }),
    });
    assert.match(project, /^### AI usage in `app`\n/);
    assert.doesNotMatch(project, /home/);
    assert.equal(await dashboard.answer({ ask: 'pullRequest', id: 'gone' }), '');
  });
});
