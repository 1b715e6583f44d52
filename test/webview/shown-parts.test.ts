import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatsOf } from '../../webview/formats.ts';
import { adjusted, shownParts, shownShares } from '../../webview/shown-parts.ts';

const english = formatsOf('en', 'UTC');

describe('Parts as they are shown', () => {
  it('are in the unit of their total and add up to what is shown of it', () => {
    assert.deepEqual(shownParts(88_400_000, [1_060_000, 2_390_000, 610_000, 84_340_000], english), [
      '1.1M',
      '2.4M',
      '0.6M',
      '84.3M',
    ]);
    assert.deepEqual(shownParts(1_777, [1_000, 777], english), ['1.0K', '0.8K']);
    assert.deepEqual(shownParts(777, [700, 77], english), ['700', '77']);
  });

  it('are in a unit of their own where they are too small for the total’s', () => {
    assert.deepEqual(shownParts(303_000_000, [302_999_800, 200, 0], english), ['303M', '200', '0']);
  });

  it('count in the language’s own steps', () => {
    assert.deepEqual(shownParts(123_000_000, [100_000_000, 23_000_000], formatsOf('ja', 'UTC')), ['1.0億', '0.2億']);
    assert.deepEqual(shownParts(88_400_000, [80_000_000, 8_400_000], formatsOf('de', 'UTC')), [
      '80,0\u00a0Mio.',
      '8,4\u00a0Mio.',
    ]);
  });

  it('add up for any parts', () => {
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
