import assert from 'node:assert/strict';
import { pricesVersion } from '../../src/pricing/price-list.ts';
import { otherCounts } from '../../src/stats/other-counters.ts';
import { newHome, tokenboard, writeClaudeLog } from './command.ts';
import { smallHome } from './small-home.ts';

describe('tokenboard doctor', () => {
  it('says what is in use, and for each tool where it looked and what it found', async () => {
    const home = smallHome();
    const { code, out } = await tokenboard(['doctor', '--home', home], { COLUMNS: '200' });
    assert.equal(code, 0);
    assert.match(out, /^Ledger: ~\/.*tokenboard\/ledger\.db, \S+ [kM]B$/m);
    assert.match(out, /^Reading: 3 logs found, 3 of them with something new \(3 kB\)$/m);
    assert.ok(out.includes(`List prices, not your bill: ${pricesVersion}\n`));
    assert.match(out, /^Claude Code \(claude-code\): 4 requests, 15\.4K tokens, from 2026-05-12 to 2026-05-18$/m);
    assert.match(out, /^ {2}~\/\.claude\/projects: 3 logs, 3 kB$/m);
    assert.match(out, /^ {2}Exact; .* placeholders for input\.$/m);
    assert.match(out, /^Not read\n {2}.*Augment \(augment\).*: --with /m);
    assert.match(out, /^Codex \(codex\): no usage found\n {2}~\/\.codex\/sessions: not there$/m);
    const narrow = (await tokenboard(['doctor', '--home', home], { COLUMNS: '60' })).out;
    assert.match(
      narrow,
      /^Claude Code \(claude-code\): 4 requests, 15\.4K tokens, from\n {2}2026-05-12 to 2026-05-18$/m,
    );
  });
});

describe('tokenboard explain', () => {
  it('says how the figure came about and what other counters would say', async () => {
    const home = smallHome();
    const { code, out } = await tokenboard(['explain', '2026-05-12', '--timezone', 'Europe/Berlin', '--home', home]);
    assert.equal(
      out,
      `2026-05-12 in Europe/Berlin (2026-05-11 22:00 to 2026-05-12 22:00 UTC): 14,330
  tokens in 2 requests

Claude Code: 14,330 tokens in 2 requests
  input 30, output 300, cache reads 13,000, cache writes 1,000; fresh 1,330
  3 records in 2 logs tell of these requests; 1 repeats a request and was
    dropped (6,210 tokens).
  1 request stands in several logs (resumed or copied sessions); each counts
    once.
    2 requests, 2 records: ~/.claude/projects/-home-me-shop/session-1.jsonl
    1 request, 1 record: ~/.claude/projects/-home-me-shop/session-2.jsonl

Why another counter may say otherwise: it would count
  20,540  if it counts a request as often as the logs repeat it
   1,330  if it leaves out what was read from a cache (fresh tokens)
  15,385  if it takes days in UTC
`,
    );
    assert.equal(code, 0);
  });

  it('knows today and yesterday', async () => {
    const home = newHome();
    const day = 86_400_000;
    const at = (time: number, id: string) =>
      ({ id, time: new Date(time).toISOString(), tokens: [7, 0, 0, 0, 0] }) as const;
    const now = Date.now();
    writeClaudeLog(home, 'p/s.jsonl', [at(now, 'a'), at(now - day, 'b'), at(now - day, 'c')]);
    assert.match((await tokenboard(['explain', 'today', '--home', home])).out, / 7\s+tokens in\s+1 request$/m);
    assert.match((await tokenboard(['explain', 'yesterday', '--home', home])).out, / 14\s+tokens in\s+2\s+requests$/m);
  });
});

describe('tokenboard', () => {
  it('says what was looked for, and where, when there is nothing', async () => {
    const { code, out, err } = await tokenboard(['--home', newHome()]);
    assert.match(out, /^No AI coding session was found here yet\.$/m);
    for (const title of ['Claude Code', 'Codex', 'Gemini CLI', 'OpenCode'])
      assert.match(out, new RegExp(`^${title}$`, 'm'));
    assert.match(out, /^ {2}~\/\.claude\/projects: not there$/m);
    assert.match(out.replaceAll(/\s+/g, ' '), /as well for Every Code, .*Goose, .*: none of them is here/);
    assert.ok(out.split('\n').length < 50, 'it fits a screen or two');
    assert.equal(err, '');
    assert.equal(code, 0);
  });

  it('tells logs without usage from no logs', async () => {
    const home = newHome();
    writeClaudeLog(home, 'p/s.jsonl', []);
    const { out } = await tokenboard(['--home', home]);
    assert.match(out, /^The AI coding tools have left logs here, but none/);
    assert.match(out, /^ {2}~\/\.claude\/projects: 1 log, 0 kB$/m);
  });

  it('counts what was used today', async () => {
    const home = newHome();
    const time = new Date().toISOString();
    writeClaudeLog(home, 'p/s.jsonl', [{ id: 'a', time, tokens: [1000, 500, 0, 0, 0] }]);
    const { out } = await tokenboard(['--home', home]);
    assert.match(out, /^Today, .*: 1\.5K tokens, 1\.5K of them fresh, \$0\.02 list price, 1\s+request\.$/m);
  });
});

describe('other counts', () => {
  const day = { tokens: 100, duplicates: 0, cacheReads: 0, subagents: 0, onlyInLedger: 0, estimated: 0, utcDay: 100 };

  it('are none where all counters would agree', () => assert.deepEqual(otherCounts(day), []));

  it('are lower by what a counter leaves out and higher by what it repeats', () => {
    const counts = otherCounts({
      ...day,
      duplicates: 50,
      cacheReads: 60,
      subagents: 30,
      onlyInLedger: 20,
      estimated: 10,
      utcDay: 7,
    });
    assert.deepEqual(
      counts.map((count) => count.tokens),
      [150, 40, 70, 80, 90, 7],
    );
  });
});
