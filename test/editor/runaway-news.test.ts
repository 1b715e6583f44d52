import assert from 'node:assert/strict';
import { runawayNews } from '../../src/editor/runaway-news.ts';
import type { SessionBurn } from '../../src/ledger/session-hours.ts';

const habit = { hours: 100, burn: 1e6 };
const t = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));

function session(fields: Partial<SessionBurn>): SessionBurn {
  const project = '/home/me/demo-webshop';
  return { tool: 'claude-code', session: 's', project, tokens: 88.4e6, burn: 12e6, subagents: 0, ...fields };
}

describe('what is told of a session that runs away', () => {
  const text = (fields: Partial<SessionBurn>) => runawayNews([session(fields)], habit, t)[0]?.message;

  it('is whose it is, how much it went through and how unusual that is', () => {
    assert.equal(
      text({}),
      'A session of Claude Code in demo-webshop went through 88.4M tokens within an hour: 12 times what even your busy hours come to.',
    );
  });

  it('is its fleet as well, and no project where none is known', () => {
    assert.match(text({ project: '', subagents: 7 }) ?? '', /^A session of Claude Code with its 7 subagents went/);
  });

  it('is nothing of sessions that burn as sessions do', () => {
    assert.deepEqual(runawayNews([session({ burn: 2.9e6 })], habit, t), []);
  });

  it('names each session', () => {
    const all = [session({}), session({ session: 'other' }), session({ tool: 'codex' })];
    assert.equal(new Set(runawayNews(all, habit, t).map(({ name }) => name)).size, 3);
  });
});
