import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareTexts, mergeInto, type NameOrder } from '../../src/ledger/merge.ts';
import * as records from '../../src/ledger/records.ts';

type Column = Exclude<keyof typeof records, 'newRecords' | 'addRow' | 'rowTotal' | 'WIDTH'>;
type Told = Readonly<Partial<Record<Column, number>>>;

const places: Readonly<Record<Column, number>> = records;

const order: NameOrder = { series: (a, b) => a - b, origin: (a, b) => a - b };

const usual: Told = { KEY: 5, TIME: 100, RECORD_TIME: 100, OWNER_TIME: 100, SERIES: 1, ORIGIN: 1, LOG: 1, VERSION: 1 };

function record(told: Told): Float64Array {
  const row = new Float64Array(records.WIDTH);
  for (const [column, value] of Object.entries({ ...usual, ...told })) row[places[column as Column]] = value;
  return row;
}

/** What both records are together, and whether the first one changed by it. */
function merged(a: Told, b: Told): { readonly changed: boolean; readonly told: Record<Column, number> } {
  const into = record(a);
  const changed = mergeInto(into, 0, record(b), 0, order);
  // What is not said to have changed is not written.
  assert.equal(changed, into.join() !== record(a).join());
  const columns = Object.keys(places).filter((name) => /^[A-Z]/.test(name) && name !== 'WIDTH') as Column[];
  const told = Object.fromEntries(columns.map((name) => [name, into[places[name]]]));
  return { changed, told: told as Record<Column, number> };
}

/** Merges in both orders, which must come to the same. */
function both(a: Told, b: Told): Record<Column, number> {
  const { told } = merged(a, b);
  assert.deepEqual(merged(b, a).told, told);
  return told;
}

describe('two records of a request', () => {
  it('have the counts of the higher rank, all of them and not the larger ones', () => {
    const told = both({ RANK: 1, INPUT: 9, OUTPUT: 1, SERIES: 2, LOG: 3 }, { RANK: 0, INPUT: 1, OUTPUT: 900, LOG: 4 });
    assert.deepEqual([told.INPUT, told.OUTPUT, told.RANK, told.SERIES, told.LOG], [9, 1, 1, 2, 3]);
  });

  it('have those of the later one where the rank is the same, then those of the larger sum', () => {
    assert.equal(both({ RECORD_TIME: 200, OUTPUT: 1 }, { RECORD_TIME: 100, OUTPUT: 900 }).OUTPUT, 1);
    assert.equal(both({ INPUT: 1, OUTPUT: 80 }, { INPUT: 90, OUTPUT: 1 }).INPUT, 90);
    assert.equal(both({ INPUT: 4, OUTPUT: 6 }, { INPUT: 6, OUTPUT: 4 }).INPUT, 6);
    assert.equal(both({ SERIES: 1 }, { SERIES: 2 }).SERIES, 2);
  });

  it('happened at the earlier time, whoever has the counts', () => {
    const told = both({ TIME: 300, RECORD_TIME: 300, OUTPUT: 7 }, { TIME: 200, RECORD_TIME: 200, OUTPUT: 5 });
    assert.deepEqual([told.TIME, told.RECORD_TIME, told.OUTPUT], [200, 300, 7]);
  });

  it('belong to the session whose record is no copy, then to the earlier one', () => {
    const copy = both({ COPY: 1, OWNER_TIME: 50, ORIGIN: 7, RANK: 9 }, { COPY: 0, OWNER_TIME: 90, ORIGIN: 8 });
    assert.deepEqual([copy.ORIGIN, copy.COPY, copy.OWNER_TIME, copy.RANK], [8, 0, 90, 9]);
    assert.equal(both({ OWNER_TIME: 50, ORIGIN: 7 }, { OWNER_TIME: 90, ORIGIN: 8 }).ORIGIN, 7);
    assert.equal(both({ ORIGIN: 7 }, { ORIGIN: 8 }).ORIGIN, 7);
  });

  it('are what the newer reader says, however good the older one’s word is', () => {
    const old = { VERSION: 1, RANK: 9, OUTPUT: 900, TIME: 10, ORIGIN: 7, LOG: 3 };
    const told = both(old, { VERSION: 2, OUTPUT: 5, TIME: 60, ORIGIN: 8, LOG: 4 });
    assert.deepEqual([told.VERSION, told.OUTPUT, told.TIME, told.ORIGIN, told.LOG], [2, 5, 60, 8, 4]);
  });

  it('find their log again, and keep the one that they have', () => {
    assert.deepEqual([merged({ LOG: 0 }, { LOG: 4 }).told.LOG, merged({ LOG: 0 }, { LOG: 4 }).changed], [4, true]);
    assert.deepEqual([merged({ LOG: 3 }, { LOG: 4 }).told.LOG, merged({ LOG: 3 }, { LOG: 4 }).changed], [3, false]);
    assert.equal(merged({ LOG: 3 }, { LOG: 0 }).changed, false);
  });

  it('come to the same in any order, and merging again changes nothing', () => {
    const small = fc.nat(2);
    const some = fc.record({
      ...{
        TIME: small,
        RANK: small,
        RECORD_TIME: small,
        SERIES: small,
        INPUT: small,
        OUTPUT: small,
        CACHE_READ: small,
      },
      ...{ REPORTED: small, ORIGIN: small, COPY: fc.nat(1), OWNER_TIME: small, VERSION: fc.nat(1) },
    });
    const all = fc
      .array(some, { minLength: 1, maxLength: 5 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const together = (list: readonly Told[]): Float64Array => {
      const into = record(list[0] ?? {});
      for (const told of list.slice(1)) mergeInto(into, 0, record(told), 0, order);
      return into;
    };
    fc.assert(
      fc.property(all, ([list, shuffled]) => {
        const once = together(list);
        assert.deepEqual(together(shuffled), once);
        for (const told of list) assert.equal(mergeInto(once, 0, record(told), 0, order), false);
      }),
      { numRuns: 1000 },
    );
  });

  it('are told apart by their names, in the order of the letters', () => {
    assert.deepEqual([compareTexts('a', 'b'), compareTexts('b', 'a'), compareTexts('a', 'a')], [-1, 1, 0]);
    assert.deepEqual([compareTexts(undefined, 'a'), compareTexts('a', undefined), compareTexts()], [-1, 1, 0]);
  });
});
