import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyPlaces } from '../../src/ledger/key-places.ts';

describe('places by key', () => {
  it('are those of a map, however many there are and wherever their keys meet', () => {
    // Keys whose last bits are the same would stand in the same slot.
    const key = fc.oneof(
      fc.maxSafeInteger(),
      fc.nat(40).map((n) => n * 2 ** 32),
      fc.nat(9),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), fc.integer({ min: 1, max: 400 }), (keys, expected) => {
        const places = keyPlaces(expected);
        const map = new Map<number, number>();
        keys.forEach((added, place) => {
          assert.equal(places.at(added), map.get(added));
          if (map.has(added)) return;
          places.add(added, place);
          map.set(added, place);
        });
        for (const [added, place] of map) assert.equal(places.at(added), place);
        assert.equal(places.at(2 ** 52 + 0.5), undefined);
      }),
    );
  });

  it('are claimed by the first who asks, and free again once all is forgotten', () => {
    const places = keyPlaces(1);
    for (const round of [1, 2]) {
      for (let key = 0; key < 500; key++) assert.equal(places.claim(key * 2 ** 30, key + round), undefined);
      for (let key = 0; key < 500; key++) {
        assert.equal(places.claim(key * 2 ** 30, 9999), key + round);
        assert.equal(places.at(key * 2 ** 30), key + round);
      }
      places.clear();
      assert.equal(places.at(0), undefined);
    }
  });

  it('hold many keys of a hash', () => {
    const places = keyPlaces();
    for (let i = 0; i < 100_000; i++) places.add(i * 90_071_992_547, i);
    for (let i = 0; i < 100_000; i++) assert.equal(places.at(i * 90_071_992_547), i);
    assert.equal(places.at(1), undefined);
  });
});
