import assert from 'node:assert/strict';
import { loadPrices, type PriceList } from '../../src/pricing/price-list.ts';
import { at, nano, tokens } from './requests.ts';

/** What the vendors' price lists say, worked out by hand. */
describe('list prices', () => {
  let prices: PriceList;
  before(async () => {
    prices = await loadPrices();
  });

  function cost(model: string, day: string, used: Partial<Parameters<typeof tokens>[0]>, more: object = {}) {
    return prices.costNanoUSD({ model, time: at(day), tokens: tokens(used), webSearches: 0, ...more });
  }

  it('adds up all kinds of tokens: Opus 4.5', () => {
    const used = { input: 1_000, output: 2_000, cacheRead: 100_000, cacheWrite5m: 10_000 };
    assert.equal(cost('claude-opus-4-5-20251101', '2026-01-15', used), nano(0.005 + 0.05 + 0.05 + 0.0625));
  });

  it('counts reasoning as the output it is a part of', () => {
    assert.equal(cost('claude-opus-4-5', '2026-01-15', { output: 1_000, reasoning: 900 }), nano(0.025));
  });

  it('charges cache writes for an hour at twice the input, for five minutes at 1.25 times: Haiku 4.5', () => {
    assert.equal(cost('claude-haiku-4-5', '2026-01-15', { cacheWrite1h: 1_000_000 }), nano(2));
    assert.equal(cost('claude-haiku-4-5', '2026-01-15', { cacheWrite5m: 1_000_000 }), nano(1.25));
    assert.equal(cost('claude-opus-4-8', '2026-07-01', { cacheWrite5m: 60_000, cacheWrite1h: 40_000 }), nano(0.775));
  });

  it('charges cache writes for an hour at twice the input also at clouds that list only one price', () => {
    const used = { cacheWrite1h: 100_000 };
    assert.equal(cost('claude-sonnet-4-5@20250929', '2026-01-15', used, { provider: 'google-vertex' }), nano(0.6));
    assert.equal(cost('us.anthropic.claude-sonnet-4-5-20250929-v1:0', '2026-01-15', used), nano(0.66));
  });

  it('charges the whole of a request above 200,000 tokens of context more: Sonnet 4.5', () => {
    const day = '2026-01-15';
    const short = { input: 100_000, cacheRead: 60_000, cacheWrite5m: 40_000, output: 1_000 };
    assert.equal(cost('claude-sonnet-4-5', day, short), nano(0.3 + 0.018 + 0.15 + 0.015));
    const long = { ...short, cacheRead: 60_001 };
    assert.equal(cost('claude-sonnet-4-5', day, long), nano(0.6 + 0.0360006 + 0.3 + 0.0225));
    assert.equal(cost('claude-sonnet-4-5', day, { input: 100_000, cacheRead: 150_000, output: 1_000 }), nano(0.7125));
  });

  it('leaves output out of the length of the context', () => {
    assert.equal(cost('claude-sonnet-4-5', '2026-01-15', { input: 200_000, output: 50_000 }), nano(0.6 + 0.75));
  });

  it('knows the premium for long contexts of Sonnet 4', () => {
    const used = { input: 300_000, cacheRead: 100_000, cacheWrite1h: 10_000, output: 10_000 };
    assert.equal(cost('claude-sonnet-4-20250514', '2025-09-01', used), nano(1.8 + 0.06 + 0.12 + 0.225));
    assert.equal(cost('claude-sonnet-4-20250514', '2025-09-01', { input: 200_000 }), nano(0.6));
  });

  it('charges long contexts flat from the day that the vendor does: Opus 4.6 and Sonnet 4.6', () => {
    const used = { input: 300_000 };
    assert.equal(cost('claude-opus-4-6', '2026-03-12T23:59:59.999Z', used), nano(3));
    assert.equal(cost('claude-opus-4-6', '2026-03-13T00:00:00.000Z', used), nano(1.5));
    assert.equal(cost('claude-sonnet-4-6', '2026-03-12T23:59:59.999Z', used), nano(1.8));
    assert.equal(cost('claude-sonnet-4-6', '2026-03-13T00:00:00.000Z', used), nano(0.9));
  });

  it('takes the price of the day: o3, GPT-5.6 Sol', () => {
    assert.equal(cost('o3', '2025-06-09', { input: 1_000_000 }), nano(10));
    assert.equal(cost('o3', '2025-06-10', { input: 1_000_000 }), nano(2));
    assert.equal(cost('gpt-5.6-sol', '2026-08-20', { output: 100_000 }), nano(3));
    assert.equal(cost('gpt-5.6-sol', '2026-08-21', { output: 100_000 }), nano(2));
  });

  it('takes the price of the time of the day: DeepSeek', () => {
    assert.equal(cost('deepseek-chat', '2026-01-15T00:29:59Z', { input: 1_000_000 }), nano(0.135));
    assert.equal(cost('deepseek-chat', '2026-01-15T00:30:00Z', { input: 1_000_000 }), nano(0.27));
    assert.equal(cost('deepseek-chat', '2026-01-15T16:29:59Z', { input: 1_000_000 }), nano(0.27));
    assert.equal(cost('deepseek-chat', '2026-01-15T16:30:00Z', { input: 1_000_000 }), nano(0.135));
  });

  it('knows GPT-5-Codex', () => {
    const used = { input: 10_000, cacheRead: 200_000, output: 5_000, reasoning: 4_000 };
    assert.equal(cost('gpt-5-codex', '2025-11-01', used), nano(0.0125 + 0.025 + 0.05));
  });

  it('charges more above 200,000 tokens: Gemini 2.5 Pro', () => {
    const day = '2026-01-15';
    const short = { input: 150_000, cacheRead: 50_000, output: 1_000 };
    assert.equal(cost('gemini-2.5-pro', day, short), nano(0.1875 + 0.00625 + 0.01));
    const long = { ...short, input: 150_001 };
    assert.equal(cost('gemini-2.5-pro', day, long), nano(0.3750025 + 0.0125 + 0.015));
  });

  it('charges web searches, $10 for a thousand', () => {
    assert.equal(cost('claude-opus-4-5', '2026-01-15', { input: 1_000 }, { webSearches: 3 }), nano(0.005 + 0.03));
    const cloud = { webSearches: 3, provider: 'bedrock' };
    assert.equal(cost('global.anthropic.claude-opus-4-5-v1:0', '2026-01-15', {}, cloud), nano(0.03));
  });

  it('does not guess what a search costs where no list says so', () => {
    assert.equal(cost('kimi-k2.5', '2026-01-15', { input: 1_000 }, { webSearches: 1 }), undefined);
  });

  it('rounds a request once, to the nearest nano-USD', () => {
    assert.equal(cost('deepseek-v4-flash', '2026-06-01T12:00Z', { cacheRead: 1 }), 3);
    assert.equal(cost('deepseek-v4-flash', '2026-06-01T12:00Z', { cacheRead: 1_000 }), 2_800);
    assert.equal(cost('gpt-5-nano', '2026-01-15', { cacheRead: 1 }, { tier: 'flex' }), 3);
  });

  it('is exact for amounts that no request ever had', () => {
    assert.equal(
      cost('claude-opus-4-5', '2026-01-15', { input: 1_000_000_000, output: 999_999_999 }),
      29_999_999_975_000,
    );
    // A twelfth of a dollar per million, at OpenRouter: in doubles this would come out a nano-USD too high.
    const routed = { provider: 'openrouter' };
    const vast = cost('google/gemini-2.5-flash-image', '2026-01-15', { cacheWrite5m: 1_500_000_006 }, routed);
    assert.equal(vast, 125_000_000_499);
  });
});
