import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tellsOfNobody } from '../../../src/server/boards/disclosure.ts';
import { histogram } from '../../../src/server/boards/histogram.ts';
import type { Participant } from '../../../src/server/boards/participant.ts';
import { pseudonym } from '../../../src/server/boards/pseudonyms.ts';
import { median, placesOn } from '../../../src/server/boards/ranking.ts';
import { magnitude, roundTo } from '../../../src/server/boards/rounding.ts';
import { rowsOf } from '../../../src/server/boards/rows.ts';
import { titlesOn } from '../../../src/server/boards/titles.ts';

const rules = { namedBoards: true, quiet: false, topN: 250 };

function person(member: number, fresh: number, changes: Partial<Participant> = {}): Participant {
  return {
    member,
    mark: 1,
    displayName: `Person ${member}`,
    visibility: 'named',
    boards: [],
    teams: [],
    badges: [],
    values: { fresh },
    ...changes,
  };
}

function places(people: readonly Participant[], changes: Partial<typeof rules> = {}) {
  const found = placesOn(people, {
    board: 0,
    metric: 'fresh',
    rules: { ...rules, ...changes },
    tieBreak: (member) => -member,
  });
  return found.map(({ one, rank, listing }) => [one.member, rank, listing]);
}

describe('the figures of a board', () => {
  it('round to significant digits, half up, however large or small', () => {
    for (const [value, digits, rounded] of [
      [281_437_000_123, 3, 281_000_000_000],
      [60_012_345_678_901, 3, 60_000_000_000_000],
      [999_500, 3, 1_000_000],
      [1000, 2, 1000],
      [1_250_000, 2, 1_300_000],
      [0.98765, 3, 0.988],
      [0.00012345, 2, 0.00012],
      [0, 3, 0],
    ] as const) {
      assert.equal(roundTo(value, digits), rounded);
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 1, max: 5 }),
        (value, digits) => {
          const rounded = roundTo(value, digits);
          assert.ok(Math.abs(rounded - value) <= 10 ** Math.max(0, magnitude(value) - digits + 1) / 2 + 1);
          assert.match(String(BigInt(rounded)), new RegExp(`^\\d{1,${digits}}0*$`));
        },
      ),
    );
  });

  it('know the power of ten of every number', () => {
    for (let exponent = -9; exponent <= 15; exponent++) assert.equal(magnitude(Number(`1e${exponent}`)), exponent);
    assert.equal(magnitude(999_999_999_999_999), 14);
  });

  it('rank equal values alike, and go on as if they were not', () => {
    assert.deepEqual(places([person(1, 5), person(2, 9), person(3, 9), person(4, 1), person(5, 0)]), [
      [3, 1, 'name'],
      [2, 1, 'name'],
      [1, 3, 'name'],
      [4, 4, 'name'],
    ]);
  });

  it('list the first by rank alone, leave no gap for those who are not listed, and name nobody against their will', () => {
    const people = [
      person(1, 9, { visibility: 'aggregate' }),
      person(2, 8),
      person(3, 7, { visibility: 'pseudonym' }),
      person(4, 6, { displayName: undefined }),
      person(5, 5, { boards: [{ board: 0, visibility: 'aggregate', pseudonym: null }] }),
      person(6, 4, { boards: [{ board: 7, visibility: 'aggregate', pseudonym: null }] }),
    ];
    assert.deepEqual(places(people, { topN: 3 }), [
      [2, 1, 'name'],
      [3, 2, 'pseudonym'],
      [4, 3, 'pseudonym'],
    ]);
    assert.deepEqual(places(people).at(-1), [6, 4, 'name']);
    assert.ok(places(people, { namedBoards: false }).every(([, , listing]) => listing === 'pseudonym'));
    assert.deepEqual(places(people, { quiet: true }), []);
  });

  it('show three badges at most, and titles to the best who share the badge', () => {
    const best = person(1, 9, { badges: ['a', 'small-and-beautiful', 'c', 'd'], values: { fresh: 9, tokens: 1 } });
    const same = person(2, 9, { visibility: 'pseudonym', badges: ['small-and-beautiful'] });
    const hidden = person(3, 99, { visibility: 'aggregate', badges: ['small-and-beautiful'] });
    const people = [best, same, hidden];
    const titles = titlesOn(0, people, rules);
    const listed = placesOn(people, { board: 0, metric: 'fresh', rules, tieBreak: (member) => member });
    const rows = rowsOf(listed, { pseudonyms: new Map([[2, 'Blue Heron']]), titles });
    const title = { badge: 'small-and-beautiful', metric: 'fresh' };
    assert.deepEqual(
      rows.map(({ name, badges, titles: theirs }) => [name, badges.length, theirs]),
      [
        ['Person 1', 3, [title]],
        ['Blue Heron', 1, [title]],
      ],
    );
  });

  it('have a histogram in which no bin holds fewer than k', () => {
    assert.equal(histogram([1, 1, 1, 1, 1], 5), undefined);
    assert.deepEqual(histogram([1, 1, 1, 1, 1, 20, 20, 20, 20, 20], 5), [
      { from: 1, percent: 50 },
      { from: 20, percent: 50 },
    ]);
    assert.deepEqual(histogram([0.1, 0.1, 0.2, 0.2, 0.3, 0.5, 0.5, 0.7, 0.7, 0.9], 5), [
      { from: 0.1, percent: 50 },
      { from: 0.5, percent: 50 },
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e13 }), { maxLength: 200 }), (values) => {
        const bins = histogram(values, 5) ?? [];
        const active = values.filter((value) => value > 0);
        for (const [index, { from }] of bins.entries()) {
          const next = bins[index + 1]?.from ?? Number.POSITIVE_INFINITY;
          assert.ok(next > from);
          assert.ok(active.filter((value) => value >= from && value < next).length >= 5);
        }
      }),
    );
  });

  it('have a median', () => {
    assert.equal(median([]), undefined);
    assert.equal(median([10, 9, 100]), 10);
    assert.equal(median([1, 2, 3, 10]), 2.5);
  });

  it('tell of nobody from k on, where none has over half and no two over four fifths', () => {
    assert.ok(tellsOfNobody([1, 1, 1, 1, 1], 5));
    assert.ok(!tellsOfNobody([1, 1, 1, 1, 0, 0], 5));
    assert.ok(!tellsOfNobody([6, 1, 1, 1, 1], 5));
    assert.ok(!tellsOfNobody([45, 40, 5, 5, 5], 5));
    assert.ok(tellsOfNobody([45, 30, 9, 8, 8], 5));
  });

  it('have pseudonyms that get a number where many are in use', () => {
    assert.match(pseudonym(0), /^[A-Z][a-z]+ [A-Z][a-z]+$/);
    assert.match(pseudonym(85_000), /^[A-Z][a-z]+ [A-Z][a-z]+ \d+$/);
    const many = new Set(Array.from({ length: 2000 }, () => pseudonym(85_000)));
    assert.ok(many.size > 1990, `${many.size}`);
  });
});
