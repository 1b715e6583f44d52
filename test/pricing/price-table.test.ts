import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { calcPrice, type Usage } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { loadPrices, pricesVersion } from '../../src/pricing/price-list.ts';

/** Models without rules of our own, of every form of price: plain, tiered, dated, by time of day, with cache prices. */
const models = [
  ['claude-opus-4-5', 'anthropic'],
  ['claude-sonnet-4-5', 'anthropic'],
  ['claude-opus-4-6', 'anthropic'],
  ['claude-3-haiku', 'anthropic'],
  ['gpt-5-codex', 'openai'],
  ['gpt-5.4', 'openai'],
  ['gpt-5.6-luna', 'openai'],
  ['o3', 'openai'],
  ['gemini-2.5-pro', 'google'],
  ['gemini-3-flash-preview', 'google'],
  ['grok-4.5', 'x-ai'],
  ['deepseek-v4-pro', 'deepseek'],
  ['kimi-k2.5', 'moonshotai'],
  ['GLM-5', 'zhipuai'],
  ['minimax-m3', 'minimax'],
  ['sonar-pro', 'perplexity'],
  ['google/gemini-2.5-flash-image', 'openrouter'],
  ['x-ai/grok-4-fast', 'openrouter'],
] as const;

describe('the bundled price table', () => {
  it('agrees with its own calculator on any request, to the nano-USD', async () => {
    const prices = await loadPrices();
    const count = fc.nat({ max: 600_000 });
    const request = fc.record({
      model: fc.constantFrom(...models),
      time: fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 31) }),
      input: count,
      output: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
    });
    fc.assert(
      fc.property(request, ({ model: [model, provider], time, ...counts }) => {
        const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = counts;
        const usage: Usage = {
          input_tokens: input + cacheRead + cacheWrite5m + cacheWrite1h,
          output_tokens: output,
          cache_read_tokens: cacheRead,
          cache_write_tokens: cacheWrite5m + cacheWrite1h,
          cache_write_1h_tokens: cacheWrite1h,
        };
        const theirs = calcPrice(usage, model, { providerId: provider, timestamp: new Date(time) });
        const ours = prices.costNanoUSD({ model, provider, time, tokens: { ...counts, reasoning: 0 }, webSearches: 0 });
        assert.ok(theirs !== null && ours !== undefined);
        assert.ok(Number.isInteger(ours));
        assert.ok(Math.abs(ours - theirs.total_price * 1e9) <= 0.501, `${model}: ${ours}, not ${theirs.total_price}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the version that the ledger will note', () => {
    const installed = new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(installed, 'utf8')) as { version: string };
    assert.ok(pricesVersion.includes(`genai-prices ${version},`), `${pricesVersion} is not of ${version}`);
  });

  it('is not loaded for its version', () => {
    const code = `
      const { registerHooks } = await import('node:module');
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      const { loadPrices } = await import('./src/pricing/price-list.ts');
      const before = loaded.some((url) => url.includes('genai-prices'));
      await loadPrices();
      console.log(before, loaded.some((url) => url.includes('genai-prices')));`;
    const cwd = new URL('../..', import.meta.url);
    const told = execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', code], { cwd });
    assert.equal(told.toString().trim(), 'false true');
  });
});
