import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aider } from '../../src/readers/aider.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

describe('Aider', () => {
  const opened: CountedHome[] = [];
  const home = mkdtempSync(join(tmpdir(), 'tokenboard-aider-'));

  after(() => rmSync(home, { recursive: true, force: true }));
  afterEach(() => {
    for (const usage of opened.splice(0)) usage.close();
  });

  it('marks the rounded counts of chats as estimates', async () => {
    const usage = countedHome(fixtureHome('aider', 'chats'));
    opened.push(usage);
    await usage.scan();
    const tallies = usage.modelTallies();
    assert.ok(tallies.length > 0);
    for (const { estimatedTokens, input, output, cacheRead, cacheWrite5m, model } of tallies)
      assert.equal(estimatedTokens, input + output + cacheRead + cacheWrite5m, model);
  });

  it('reads the exact counts of an analytics log, and then no chats', async () => {
    const log = join(home, 'aider-analytics.jsonl');
    const properties = { main_model: 'gpt-5.1', edit_format: 'diff', aider_version: '0.86.2' };
    const sent = { ...properties, prompt_tokens: 12345, completion_tokens: 678, total_tokens: 13023 };
    const lines = [
      { event: 'launched', properties, user_id: 'u', time: 1766594752 },
      { event: 'message_send', properties: { ...sent, cost: 0.02, total_cost: 0.02 }, user_id: 'u', time: 1766594800 },
      { event: 'message_send', properties: { ...sent, cost: 0.02, total_cost: 0.04 }, user_id: 'u', time: 1766594800 },
      { event: 'exit', properties, user_id: 'u', time: 1766594900 },
    ];
    writeFileSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    writeFileSync(
      join(home, '.aider.chat.history.md'),
      '# aider chat started at 2025-12-24 16:45:52\n\n> Tokens: 5 sent, 5 received.\n',
    );
    const usage = countedHome(home, { env: { AIDER_ANALYTICS_LOG: log } });
    opened.push(usage);
    await usage.scan();
    assert.deepEqual(usage.totals().aider, {
      'gpt-5.1': { input: 24690, output: 1356, cacheRead: 0, cacheWrite: 0, reasoning: 0, events: 2 },
    });
    assert.equal(usage.modelTallies()[0]?.estimatedTokens, 0);
  });

  it('looks into folders of projects, one deep', () => {
    const places = aider.logs({ home: 'C:\\Users\\ada', platform: 'win32', env: {} });
    assert.ok(places.some(({ dir, depth }) => dir === 'C:/Users/ada/code' && depth === 1));
    assert.ok(places.every(({ depth = 12 }) => depth <= 1));
  });
});
