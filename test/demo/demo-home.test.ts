import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoHome } from './demo-home.ts';
import type { DemoRequest, DemoSession } from './plan.ts';

interface Row {
  readonly tool: string;
  readonly day: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly events: number;
  readonly unpricedTokens: number;
}

const now = Date.parse('2026-05-20T15:30:00Z');

describe('The demo home', () => {
  let home: string;
  let sessions: readonly DemoSession[];

  before(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-demo-'));
    sessions = writeDemoHome(home, { now }).sessions;
  });

  after(() => rmSync(home, { recursive: true, force: true }));

  it('is read to the token, for each of its tools', () => {
    const rows = report('tool').map(({ tool, events, input, output, cacheRead, cacheWrite }) => {
      return { tool, events, input, output, cacheRead, cacheWrite };
    });
    const tools = ['claude-code', 'codex', 'gemini-cli', 'opencode'];
    const byTool = (a: { tool: string }, b: { tool: string }) => a.tool.localeCompare(b.tool);
    assert.deepEqual(
      rows.toSorted(byTool),
      tools.map((tool) => ({ tool, ...planned(tool) })),
    );
  });

  it('has a price for every request', () => {
    for (const { tool, unpricedTokens } of report('tool')) assert.equal(unpricedTokens, 0, tool);
  });

  it('reaches over 90 days up to today, with nothing in the future', () => {
    const days = report('day').map(({ day }) => day);
    assert.equal(days.toSorted().at(-1), '2026-05-20');
    assert.ok(days.length > 50 && days.length <= 91, `${days.length} days`);
    assert.ok(days.every((day) => day >= '2026-02-19'));
    assert.ok(sessions.every(({ requests }) => requests.every(({ time }) => time <= now)));
  });

  it('is the same for the same day and seed, another for another seed', () => {
    const again = mkdtempSync(join(tmpdir(), 'tb-demo-'));
    const strip = (all: readonly DemoSession[]) => all.map(({ project: _, ...rest }) => rest);
    assert.deepEqual(strip(writeDemoHome(again, { now }).sessions), strip(sessions));
    assert.notDeepEqual(strip(writeDemoHome(join(again, 'other'), { now, seed: 2 }).sessions), strip(sessions));
    rmSync(again, { recursive: true });
  });

  it('calls itself demo data wherever a project is named', () => {
    assert.ok(sessions.every(({ project }) => project.includes('/demo-projects/demo-')));
    assert.deepEqual(readdirSync(join(home, 'demo-projects')), ['README.md']);
  });

  function report(by: string): readonly Row[] {
    const args = ['dist/cli.js', 'report', '--by', by, '--json', '--timezone', 'UTC', '--home', home];
    return (JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as { rows: Row[] }).rows;
  }

  function planned(tool: string) {
    const requests = sessions.filter((session) => session.tool === tool).flatMap((session) => session.requests);
    const sum = (pick: (request: DemoRequest) => number) => requests.reduce((total, one) => total + pick(one), 0);
    return {
      events: requests.length,
      input: sum(({ input }) => input),
      output: sum(({ output }) => output),
      cacheRead: sum(({ cacheRead }) => cacheRead),
      cacheWrite: sum(({ cacheWrite }) => cacheWrite),
    };
  }
});
