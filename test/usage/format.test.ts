import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compact, exact, usd } from '../../src/usage/format.ts';

describe('numbers as people read them', () => {
  for (const [count, text] of [
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1_000, '1K'],
    [1_234, '1.2K'],
    [1_249, '1.2K'],
    [1_250, '1.3K'],
    [12_345, '12.3K'],
    [99_950, '100K'],
    [123_456, '123K'],
    [999_499, '999K'],
    [999_500, '1M'],
    [999_950, '1M'],
    [88_412_345, '88.4M'],
    [4_149_999, '4.1M'],
    [280_900_000_000, '281B'],
    [59_938_354_422, '59.9B'],
    [60_249_000_000_000, '60.2T'],
  ] as const) {
    it(`${count} is ${text}`, () => assert.equal(compact(count), text));
  }

  it('have two decimals where there is room', () => {
    assert.equal(compact(6_852_000, { decimals: 2 }), '6.85M');
    assert.equal(compact(88_412_345, { decimals: 2 }), '88.4M');
    assert.equal(compact(440_000, { decimals: 2 }), '440K');
  });

  it('never have more than three digits, and are never off by more than half of the last', () => {
    const units: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 0, max: 50 }), (large, shift) => {
        const count = Math.min(Math.floor(large / 2 ** shift), 999_000_000_000_000);
        const parts = /^(\d+)(?:\.(\d))?([KMBT]?)$/.exec(compact(count));
        assert.ok(parts !== null, compact(count));
        const [, whole = '', decimal = '', unit = ''] = parts;
        assert.ok(whole.length + decimal.length <= 3);
        const scale = units[unit] ?? 1;
        const step = whole.length === 3 ? scale : scale / 10;
        assert.ok(Math.abs(Number(`${whole}.${decimal}`) * scale - count) <= step / 2 + 1e-3, compact(count));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are grouped when exact', () => {
    assert.equal(exact(59_938_354_422), '59,938,354,422');
    assert.equal(exact(999), '999');
  });

  it('follow the locale', () => {
    assert.equal(compact(88_412_345, { locale: 'de' }), '88,4\u00a0Mio.');
    assert.equal(exact(1_234_567, { locale: 'de' }), '1.234.567');
    assert.equal(usd(4_180_000_000, { locale: 'de' }), '4,18\u00a0$');
  });
});

describe('money', () => {
  for (const [nano, text] of [
    [0, '$0'],
    [1, '<$0.01'],
    [9_999_999, '<$0.01'],
    [10_000_000, '$0.01'],
    [14_999_999, '$0.01'],
    [15_000_000, '$0.02'],
    [460_000_000, '$0.46'],
    [4_180_000_000, '$4.18'],
    [9_994_999_999, '$9.99'],
    [9_995_000_000, '$10'],
    [31_224_000_000, '$31'],
    [31_500_000_000, '$32'],
    [1_234_567_000_000_000, '$1,234,567'],
  ] as const) {
    it(`${nano} nano-USD are ${text}`, () => assert.equal(usd(nano), text));
  }

  it('has cents in columns', () => {
    assert.equal(usd(61_840_000_000, { cents: true }), '$61.84');
    assert.equal(usd(80_000_000_000, { cents: true }), '$80.00');
    assert.equal(usd(0, { cents: true }), '$0.00');
    assert.equal(usd(5_000_000, { cents: true }), '<$0.01');
  });
});
