import assert from 'node:assert/strict';
import { loadPrices, type PriceList } from '../../src/pricing/price-list.ts';
import { at, nano, tokens } from './requests.ts';

describe('prices of service tiers', () => {
  let prices: PriceList;
  before(async () => {
    prices = await loadPrices();
  });

  const used = { input: 1_000, cacheRead: 10_000, output: 1_000 };
  function cost(model: string, tier: string, more: object = {}) {
    const request = { model, tier, time: at('2026-06-01'), tokens: tokens(used), webSearches: 0 };
    return prices.costNanoUSD({ ...request, ...more });
  }

  for (const [model, tier, usd] of [
    ['claude-opus-4-6', 'fast', 6 * 0.035],
    ['claude-opus-4-7', 'fast', 6 * 0.035],
    ['claude-opus-4-8', 'fast', 2 * 0.035],
    ['claude-opus-5', 'fast', 2 * 0.035],
    ['claude-opus-5-5', 'fast', 2 * 0.026],
    ['claude-opus-4-5', 'batch', 0.035 / 2],
    ['claude-opus-4-5', 'standard', 0.035],
    ['gpt-5.5', 'fast', 0.0125 + 0.0125 + 0.075],
    ['gpt-5.5', 'priority', 0.0125 + 0.0125 + 0.075],
    ['gpt-5.4', 'priority', 0.005 + 0.005 + 0.03],
    ['gpt-5-codex', 'priority', 0.0025 + 0.0025 + 0.02],
    ['gpt-5-mini', 'priority', 0.00045 + 0.00045 + 0.0036],
    ['o4-mini', 'priority', 0.002 + 0.005 + 0.008],
    ['gpt-4o-mini', 'priority', 0.00025 + 0.00125 + 0.001],
    ['gpt-5', 'flex', (0.00125 + 0.00125 + 0.01) / 2],
    ['gpt-5.4', 'batch', (0.0025 + 0.0025 + 0.015) / 2],
    ['gpt-5', 'default', 0.00125 + 0.00125 + 0.01],
    ['gpt-5', 'auto', 0.00125 + 0.00125 + 0.01],
  ] as const) {
    it(`${model} ${tier}`, () => assert.equal(cost(model, tier), nano(usd)));
  }

  for (const [model, tier] of [
    ['claude-opus-4-5', 'fast'],
    ['claude-sonnet-4-6', 'fast'],
    ['claude-opus-4-6', 'priority'],
    ['gpt-5-nano', 'priority'],
    ['gpt-5.3-codex', 'flex'],
    ['gpt-5', 'scale'],
    ['gemini-2.5-pro', 'priority'],
    ['gemini-2.5-pro', 'batch'],
  ] as const) {
    it(`${model} ${tier} is unpriced`, () => assert.equal(cost(model, tier), undefined));
  }

  it('is so many times the ordinary price, for every model that is listed with priority', () => {
    const time = at('2026-11-01');
    for (const [model, factor] of [
      ['gpt-4o', 1.7],
      ['gpt-4.1', 1.75],
      ['gpt-4.1-mini', 1.75],
      ['gpt-4.1-nano', 2],
      ['o3', 1.75],
      ['gpt-5.1', 2],
      ['gpt-5.1-codex', 2],
      ['gpt-5.1-codex-mini', 1.8],
      ['gpt-5.2', 2],
      ['gpt-5.2-codex', 2],
      ['gpt-5.3-codex', 2],
      ['gpt-5.4-mini', 2],
      ['gpt-5.6', 2],
      ['gpt-5.6-terra', 2],
      ['gpt-5.6-luna', 2],
      ['gpt-6-sol', 2],
      ['gpt-6-luna', 2],
    ] as const) {
      assert.equal(
        cost(model, 'priority', { time }),
        factor * (cost(model, 'on_demand', { time }) ?? Number.NaN),
        model,
      );
    }
  });

  it('is unpriced where another than the vendor serves the tier', () => {
    assert.equal(cost('claude-opus-4-6', 'fast', { provider: 'bedrock' }), undefined);
  });

  it('multiplies the price of long contexts where fast mode covers them', () => {
    const long = { tokens: tokens({ input: 300_000 }) };
    assert.equal(cost('claude-opus-4-6', 'fast', { ...long, time: at('2026-03-01') }), nano(18));
    assert.equal(cost('claude-opus-4-6', 'fast', { ...long, time: at('2026-04-01') }), nano(9));
    assert.equal(cost('gpt-5.6-sol', 'fast', { ...long, time: at('2026-09-01') }), nano(4.8));
  });

  it('is unpriced for long contexts where the tier does not cover them', () => {
    assert.equal(cost('gpt-5.5', 'priority', { tokens: tokens({ input: 271_999 }) }), nano(3.3999875));
    assert.equal(cost('gpt-5.5', 'priority', { tokens: tokens({ input: 272_000 }) }), undefined);
  });

  it('costs the same for searches', () => {
    const searches = { tokens: tokens({}), webSearches: 2 };
    assert.equal(cost('claude-opus-4-6', 'fast', searches), nano(0.02));
    assert.equal(cost('claude-opus-4-6', 'batch', searches), nano(0.02));
  });
});
