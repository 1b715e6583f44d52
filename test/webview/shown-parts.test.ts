import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatsOf } from '../../webview/formats.ts';
import { adjusted, detailedParts, roundedParts, shownParts, shownShares } from '../../webview/shown-parts.ts';

const english = formatsOf('en', 'UTC');

describe('Parts as they are shown', () => {
  it('have three digits of their own and add up to what is shown of their total', () => {
    assert.deepEqual(shownParts(88_400_000, [1_060_000, 2_390_000, 610_000, 84_340_000], english), [
      '1.1M',
      '2.4M',
      '610K',
      '84.3M',
    ]);
    assert.deepEqual(shownParts(303_000_000, [3_120_000, 4_910_000, 3_370_000, 291_600_000], english), [
      '3.1M',
      '4.9M',
      '3.4M',
      '292M',
    ]);
    assert.deepEqual(shownParts(1_777, [1_000, 777], english), ['1K', '777']);
    assert.deepEqual(shownParts(777, [700, 77], english), ['700', '77']);
    assert.deepEqual(shownParts(303_000_000, [302_999_800, 200, 0], english), ['303M', '200', '0']);
  });

  it('are rounded the other way where they would not add up', () => {
    assert.deepEqual(shownParts(303_000_000, [101_400_000, 100_800_000, 100_800_000], english), [
      '101M',
      '101M',
      '101M',
    ]);
    assert.deepEqual(shownParts(301_200_000, [100_400_000, 100_400_000, 100_400_000], english), [
      '101M',
      '100M',
      '100M',
    ]);
  });

  it('are in one unit with two decimals where there is room for detail', () => {
    assert.deepEqual(detailedParts(6_853_000, [3_791_000, 2_062_000, 1_000_000], english), ['3.79M', '2.06M', '1.00M']);
    assert.deepEqual(detailedParts(777, [700, 77], english), ['700', '77']);
  });

  it('count in the language’s own steps', () => {
    assert.deepEqual(shownParts(123_000_000, [100_000_000, 23_000_000], formatsOf('ja', 'UTC')), ['1億', '2300万']);
    assert.deepEqual(shownParts(88_400_000, [80_000_000, 8_400_000], formatsOf('de', 'UTC')), [
      '80\u00a0Mio.',
      '8,4\u00a0Mio.',
    ]);
  });

  it('add up to the total as it is shown, whatever they are', () => {
    const part = fc.oneof(fc.nat(2000), fc.nat(2_000_000), fc.nat(2_000_000_000));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const total = parts.reduce((sum, one) => sum + one, 0);
        const shown = roundedParts(total, parts, 'en');
        const sum = shown.reduce((all, one) => all + one, 0);
        assert.equal(english.compact(sum), english.compact(total), `${shown}`);
        for (const [i, one] of shown.entries()) {
          const most = Math.max(1, 10 ** (Math.floor(Math.log10(parts[i] || 1)) - 1));
          assert.ok(Math.abs(one - (parts[i] ?? 0)) <= most, `${one} for ${parts[i]}`);
        }
      }),
    );
  });

  it('add up in whole steps for any parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1e9), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(1, 10, 1e4, 1e6),
        (parts, step) => {
          const total = parts.reduce((sum, part) => sum + part, 0);
          const shown = adjusted(total, parts, step);
          assert.equal(
            shown.reduce((sum, steps) => sum + steps, 0),
            Math.round(total / step),
          );
          for (const [i, steps] of shown.entries()) assert.ok(Math.abs(steps - (parts[i] ?? 0) / step) < 1.0001);
        },
      ),
    );
  });

  it('are shares that add up to 100 percent', () => {
    assert.deepEqual(shownShares(3, [1, 1, 1], english), ['33.4%', '33.3%', '33.3%']);
    assert.deepEqual(shownShares(1_000_000, [999_990, 10], english), ['100.0%', '< 0.1%']);
    assert.deepEqual(shownShares(0, [0, 0], english), ['–', '–']);
  });
});
