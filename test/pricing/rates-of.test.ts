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

  it('is unknown where no list has the model or its tier', () => {
    assert.equal(prices.ratesOf({ model: 'mystery', time }), undefined);
    assert.equal(prices.ratesOf({ model: 'claude-opus-4-6', tier: 'priority', time }), undefined);
  });

  it('comes from a table whose date is told', () => assert.match(pricesDate, /^20\d\d-\d\d-\d\d$/));
});
