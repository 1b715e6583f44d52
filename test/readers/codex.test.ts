import assert from 'node:assert/strict';
import { codex } from '../../src/readers/codex.ts';
import { byModel, cases, expected, findings, requests } from './codex-home.ts';

const first = '000000a1-1111-4222-8333-0000000000a1';
const second = '000000b2-1111-4222-8333-0000000000b2';
const nine = Date.UTC(2026, 2, 10, 9);

function events(name: string) {
  return requests(findings(name)).sort((a, b) => a.time - b.time);
}

describe('codex', () => {
  for (const name of cases) {
    it(`counts ${name}, whichever log is read first`, () => {
      assert.deepEqual(byModel(requests(findings(name))), expected(name));
      assert.deepEqual(byModel(requests(findings(name, true))), expected(name));
    });
  }

  it('gives every request one key, and its time, session, project and branch', () => {
    const found = events('growing-totals');
    assert.deepEqual(
      found.map(({ time }) => time - nine),
      [2000, 6000, 9000],
    );
    assert.equal(new Set(found.map(({ key }) => key)).size, 3);
    assert.ok(found.every(({ session, branch, subagent }) => session === first && branch === 'main' && !subagent));
    assert.deepEqual(
      found.map(({ project }) => project),
      ['/home/dev/app', '/home/dev/app', '/home/dev/app/web'],
    );
  });

  it('keeps the keys of a rollout that is archived', () => {
    const keys = findings('archived').flatMap((finding) =>
      finding.kind === 'usage' && finding.session === first ? [finding.key] : [],
    );
    assert.equal(keys.length, 4);
    assert.equal(new Set(keys).size, 2);
  });

  it('leaves a replayed request to the session that made it, at its time', () => {
    for (const backwards of [false, true]) {
      const found = requests(findings('resumed-replay', backwards)).sort((a, b) => a.time - b.time);
      assert.deepEqual(
        found.map(({ session, time, copy }) => [session, time - nine, copy ?? false]),
        [
          [first, 5000, false],
          [first, 9000, false],
          [second, 3_625_000, false],
          [second, 3_630_000, false],
        ],
      );
    }
  });

  it('gives a replayed request to its session also when the original is gone', () => {
    const sessions = events('replay-without-original').map(({ session, copy }) => [session, copy ?? false]);
    assert.deepEqual(sessions, [
      [first, true],
      [first, true],
      [second, false],
      [second, false],
    ]);
  });

  it('tells the threads of a rollout that was resumed twice apart', () => {
    const copies = findings('resumed-twice').filter((finding) => finding.kind === 'usage' && finding.copy);
    assert.equal(copies.length, 6);
    assert.equal(new Set(events('resumed-twice').map(({ session }) => session)).size, 3);
  });

  it('books subagents to the session that they work for', () => {
    const found = events('subagents');
    const root = found[0]?.session;
    assert.ok(found.every(({ session }) => session === root));
    assert.deepEqual(
      found.map(({ subagent }) => subagent ?? false),
      [false, false, true, true, true, true, false],
    );
    assert.ok(events('nested-subagents').every(({ session }) => session === root));
  });

  it('books what subagents replay of a lost session once, as copies', () => {
    assert.equal(events('subagents-without-parent').filter(({ copy }) => copy).length, 2);
  });

  it('keeps the input that was written to a cache apart', () => {
    const written = events('numbered-lines').filter(({ tokens }) => tokens.cacheWrite5m > 0);
    assert.deepEqual(
      written.map(({ tokens, subagent }) => [tokens, subagent]),
      [[{ input: 500, output: 50, cacheRead: 11000, cacheWrite5m: 500, cacheWrite1h: 0, reasoning: 10 }, true]],
    );
  });

  it('reads limits by the length of their windows, and no others', () => {
    const limits = findings('limits').filter((finding) => finding.kind === 'limit');
    const reset = nine + 5 * 3_600_000;
    assert.deepEqual(limits, [
      { kind: 'limit', time: nine + 1000, windowMinutes: 300, usedPercent: 12.5, resetsAt: reset, plan: 'plus' },
      {
        kind: 'limit',
        time: nine + 1000,
        windowMinutes: 10080,
        usedPercent: 40,
        resetsAt: reset + 86_400_000,
        plan: 'plus',
      },
      {
        kind: 'limit',
        time: nine + 2000,
        windowMinutes: 10080,
        usedPercent: 101,
        resetsAt: nine + 62_000,
        plan: undefined,
      },
    ]);
  });

  it('follows the service tier of each thread', () => {
    const tiers = (session: string) =>
      events('service-tier')
        .filter((event) => event.session === session)
        .map(({ tier, provider }) => [tier, provider]);
    assert.deepEqual(tiers(first), [
      [undefined, 'azure'],
      ['fast', 'openai'],
      [undefined, 'openai'],
    ]);
    assert.deepEqual(tiers(second), [
      [undefined, undefined],
      ['flex', undefined],
    ]);
  });

  it('takes the branch of an old rollout, and its id', () => {
    const [found] = events('old-format');
    assert.equal(found?.session, '0000000d-1111-4222-8333-00000000000d');
    assert.equal(found?.branch, 'old');
    assert.equal(found?.project, '/home/dev/old');
  });

  it('prefers the requests of a rollout to the turns of codex exec', () => {
    const found = events('exec-json').filter(({ session }) => session === '000000e1-1111-4222-8333-0000000000e1');
    assert.deepEqual(
      found.map(({ tokens }) => tokens.input + tokens.cacheRead).sort((a, b) => a - b),
      [1000, 2000],
    );
  });

  it('passes over a line only when its head tells surely that it is not needed', () => {
    const skips = codex.lines?.skips ?? (() => false);
    const stamp = '{"timestamp":"2026-03-10T09:00:00.000Z",';
    for (const head of [
      `${stamp}"type":"response_item","payload":{"type":"message","role":"user"`,
      `${stamp}"ordinal":7,"type":"event_msg","payload":{"type":"agent_message","message":"`,
      `{ "timestamp" : "2026-03-10T09:00:00.000Z" , "type" : "compacted" , "payload" : {`,
    ])
      assert.equal(skips(head), true, head);
    for (const head of [
      `${stamp}"type":"event_msg","payload":{"type":"token_count","info":{`,
      `${stamp}"type":"event_msg","payload":{"info":{"last_token_usage"`,
      `${stamp}"type":"turn_context","payload":{"cwd":"/home/dev"`,
      '{"payload":{"type":"message","content":"',
      `${stamp}"payload":{"type":"message"},"type":"event_msg"`,
      `${stamp}"type":"response_item","payload":{}}${stamp}"type":"event_msg"`,
      '{"id":"0","timestamp":"2025-05-07T17:24:21.123Z","instructions":null',
      '',
    ])
      assert.equal(skips(head), false, head);
  });

  it('looks in every home that CODEX_HOME names, else in the home folder', () => {
    const dirs = (home: string, platform: NodeJS.Platform, CODEX_HOME?: string) =>
      codex
        .logs({ home, platform, env: CODEX_HOME === undefined ? {} : { CODEX_HOME } })
        .map(({ dir }) => dir)
        .filter((dir) => !dir.includes('openclaw'));
    assert.deepEqual(dirs('/home/dev', 'linux'), ['/home/dev/.codex/sessions', '/home/dev/.codex/archived_sessions']);
    assert.deepEqual(dirs('/Users/dev', 'darwin', ''), [
      '/Users/dev/.codex/sessions',
      '/Users/dev/.codex/archived_sessions',
    ]);
    assert.deepEqual(dirs('C:\\Users\\dev', 'win32'), [
      'C:\\Users\\dev/.codex/sessions',
      'C:\\Users\\dev/.codex/archived_sessions',
    ]);
    assert.deepEqual(dirs('/home/dev', 'linux', '/data/codex/, ~/other,'), [
      '/data/codex/sessions',
      '/data/codex/archived_sessions',
      '/home/dev/other/sessions',
      '/home/dev/other/archived_sessions',
    ]);
  });
});
