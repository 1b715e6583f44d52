import assert from 'node:assert/strict';
import { loadPrices, type PriceList, pricesDate } from '../../src/pricing/price-list.ts';

const time = Date.UTC(2026, 4, 12);
const noTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };

describe('what a token costs', () => {
  let prices: PriceList;
  before(async () => {
    prices = await loadPrices();
  });

  it('is what a request of ordinary length pays, kind by kind', () => {
    for (const [model, tier] of [
      ['claude-opus-4-6', undefined],
      ['claude-opus-4-6', 'batch'],
      ['claude-sonnet-4-5-20250929', undefined],
      ['gpt-5.1', 'priority'],
    ] as const) {
      const rates = prices.ratesOf({ model, tier, time });
      assert.ok(rates !== undefined, model);
      for (const kind of ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const) {
        const cost = prices.costNanoUSD({ model, tier, time, tokens: { ...noTokens, [kind]: 1000 }, webSearches: 0 });
        assert.equal(Math.round(rates[kind] * 1000), cost, `${model} ${kind}`);
      }
    }
  });

  it('may be a fraction of a nano-USD', () => {
    const rates = prices.ratesOf({ model: 'gpt-5-nano', tier: 'batch', time });
    assert.deepEqual(rates, { input: 25, output: 200, cacheRead: 2.5, cacheWrite5m: 25, cacheWrite1h: 25 });
  });

  it('is the same for one request and for many of a kind, whose model is looked up once', () => {
    const tokens = { input: 1000, output: 200, cacheRead: 30_000, cacheWrite5m: 400, cacheWrite1h: 50, reasoning: 100 };
    for (const [model, tier, webSearches] of [
      ['claude-opus-4-6', undefined, 2],
      ['claude-opus-4-6', 'fast', 0],
      ['gpt-5.1', 'flex', 0],
      ['gpt-5.1', undefined, 1],
      ['mystery', undefined, 0],
    ] as const) {
      const price = prices.pricerOf({ model, tier });
      for (const when of [time, time + 30 * 86_400_000]) {
        const cost = prices.costNanoUSD({ model, tier, time: when, tokens, webSearches });
        assert.equal(price(when, tokens, webSearches), cost, model);
      }
      assert.equal(price(time, noTokens, 0), model === 'mystery' ? undefined : 0);
    }
  });

  it('is unknown where no list has the model or its tier', () => {
    assert.equal(prices.ratesOf({ model: 'mystery', time }), undefined);
    assert.equal(prices.ratesOf({ model: 'claude-opus-4-6', tier: 'priority', time }), undefined);
  });

  it('comes from a table whose date is told', () => assert.match(pricesDate, /^20\d\d-\d\d-\d\d$/));
});
