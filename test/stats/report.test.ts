import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listPriceUSD } from '../../src/stats/list-price.ts';
import { type AnyTally, type Dimension, dimensions, report } from '../../src/stats/report.ts';
import { noSums, sumOf } from '../../src/stats/sums.ts';
import { zoneOf } from '../../src/usage/days.ts';
import type { Sums, Tally } from '../../src/usage/tally.ts';

const utc = zoneOf('UTC');

function tally(iso: string, fields: Partial<Tally> = {}): Tally {
  return {
    ...noSums(),
    events: 1,
    input: 1,
    quarter: Date.parse(iso) / 900_000,
    tool: 'claude-code',
    model: 'claude-opus-4-6',
    session: 's1',
    project: '/home/me/app',
    branch: 'main',
    subagent: false,
    ...fields,
  };
}

function rows(tallies: readonly AnyTally[], by: readonly Dimension[], zone = utc): string[] {
  return report(tallies, { by, zone }).rows.map(({ keys, sums }) => `${keys.join(' ')}: ${sums.input}`);
}

describe('report', () => {
  it('sums by tool and model, from many tokens to few', () => {
    const tallies = [
      tally('2026-05-12T08:00Z', { tool: 'codex', model: 'gpt-5', input: 5 }),
      tally('2026-05-12T08:15Z', { model: 'small', input: 2 }),
      tally('2026-05-13T08:00Z', { model: 'big', input: 7 }),
      tally('2026-05-14T08:00Z', { model: 'small', input: 1 }),
    ];
    assert.deepEqual(rows(tallies, ['tool', 'model']), [
      'claude-code big: 7',
      'claude-code small: 3',
      'codex gpt-5: 5',
    ]);
  });

  it('lists times from early to late, whatever they hold, within what was named before them', () => {
    const tallies = [
      tally('2026-05-13T08:00Z', { input: 9 }),
      tally('2026-05-12T08:00Z', { input: 1 }),
      tally('2026-05-12T08:00Z', { tool: 'codex', input: 20 }),
    ];
    assert.deepEqual(rows(tallies, ['tool', 'day']), [
      'codex 2026-05-12: 20',
      'claude-code 2026-05-12: 1',
      'claude-code 2026-05-13: 9',
    ]);
    assert.deepEqual(rows(tallies, ['day', 'tool']), [
      '2026-05-12 codex: 20',
      '2026-05-12 claude-code: 1',
      '2026-05-13 claude-code: 9',
    ]);
  });

  it('names a week by its Monday, also across a new year', () => {
    const tallies = [tally('2026-01-04T23:45Z'), tally('2026-01-05T00:00Z'), tally('2025-12-29T00:00Z')];
    assert.deepEqual(rows(tallies, ['week']), ['2025-12-29: 2', '2026-01-05: 1']);
  });

  it('takes days, months and hours from the zone', () => {
    const tallies = [tally('2026-04-30T22:15Z')];
    assert.deepEqual(rows(tallies, ['day', 'month', 'hour'], zoneOf('Europe/Berlin')), [
      '2026-05-01 2026-05 2026-05-01T00:00: 1',
    ]);
    assert.deepEqual(rows(tallies, ['hour'], zoneOf('Asia/Kolkata')), ['2026-05-01T03:00: 1']);
  });

  it('keeps the two hours apart that share a name when clocks go back', () => {
    const tallies = [
      tally('2026-10-24T23:45Z'),
      tally('2026-10-25T00:00Z', { input: 2 }),
      tally('2026-10-25T00:45Z', { input: 3 }),
      tally('2026-10-25T01:00Z', { input: 4 }),
      tally('2026-10-25T02:00Z'),
    ];
    assert.deepEqual(rows(tallies, ['hour'], zoneOf('Europe/Berlin')), [
      '2026-10-25T01:00: 1',
      '2026-10-25T02:00+02:00: 5',
      '2026-10-25T02:00+01:00: 4',
      '2026-10-25T03:00: 1',
    ]);
    assert.deepEqual(rows([tally('2026-10-25T01:00Z')], ['hour'], zoneOf('Europe/London')), [
      '2026-10-25T01:00+00:00: 1',
    ]);
  });

  it('keeps them apart where clocks go back by half an hour only', () => {
    const tallies = ['14:15', '14:30', '14:45', '15:00', '15:15', '15:30'].map((time) => tally(`2026-04-04T${time}Z`));
    assert.deepEqual(rows(tallies, ['hour'], zoneOf('Australia/Lord_Howe')), [
      '2026-04-05T01:00+11:00: 3',
      '2026-04-05T01:00+10:30: 2',
      '2026-04-05T02:00: 1',
    ]);
  });

  it('names blocks by their start in UTC', () => {
    const tallies = [tally('2026-05-12T08:45Z'), tally('2026-05-12T12:45Z'), tally('2026-05-12T13:15Z')];
    assert.deepEqual(rows(tallies, ['block'], zoneOf('Europe/Berlin')), [
      '2026-05-12T08:00:00Z: 2',
      '2026-05-12T13:00:00Z: 1',
    ]);
  });

  it('has no rows and empty totals without usage', () => {
    assert.deepEqual(report([], { by: ['day'], zone: utc }), { by: ['day'], rows: [], totals: noSums() });
  });

  it('gives rows of unknown origin an empty name', () => {
    assert.deepEqual(rows([tally('2026-05-12T08:00Z', { project: '', branch: '' })], ['project', 'branch']), [' : 1']);
  });
});

describe('list price', () => {
  const sums = (fields: Partial<Sums>): Sums => ({ ...noSums(), ...fields });

  it('is unrounded USD', () => assert.equal(listPriceUSD(sums({ input: 1, costNanoUSD: 123 })), 0.000000123));
  it('is null where nothing is priced', () => assert.equal(listPriceUSD(sums({ input: 5, unpricedTokens: 5 })), null));
  it('is what is priced where only a part is', () =>
    assert.equal(listPriceUSD(sums({ input: 5, unpricedTokens: 2, costNanoUSD: 1e9 })), 1));
  it('is 0 for a model that is free', () => assert.equal(listPriceUSD(sums({ input: 5 })), 0));
});

describe('reports of any tallies', () => {
  const count = fc.nat(1_000_000);
  const anyTally: fc.Arbitrary<Tally> = fc.record({
    quarter: fc.integer({ min: 1_940_000, max: 1_990_000 }),
    tool: fc.constantFrom('claude-code', 'codex', 'opencode'),
    model: fc.constantFrom('a', 'b', 'unknown', ''),
    session: fc.constantFrom('s1', 's2', ''),
    project: fc.constantFrom('/p', '/p/q', 'C:\\p', ''),
    branch: fc.constantFrom('main', 'a,b', ''),
    subagent: fc.boolean(),
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    reasoning: count,
    events: fc.integer({ min: 1, max: 9 }),
    webSearches: fc.nat(3),
    costNanoUSD: fc.nat(),
    reportedNanoUSD: fc.nat(),
    unpricedTokens: count,
    estimatedTokens: count,
  });
  const tallies = fc.array(anyTally, { maxLength: 40 });
  const by = fc.uniqueArray(fc.constantFrom(...dimensions), { minLength: 1, maxLength: 4 });
  const zone = fc.constantFrom(
    ...['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'Australia/Lord_Howe'].map(
      (name) => zoneOf(name),
    ),
  );

  it('have rows that sum to the totals, and totals that are the sum of all tallies', () => {
    fc.assert(
      fc.property(tallies, by, zone, (some, names, place) => {
        const made = report(some, { by: names, zone: place });
        assert.deepEqual(sumOf(made.rows.map((row) => row.sums)), made.totals);
        assert.deepEqual(made.totals, sumOf(some));
      }),
      { numRuns: 300 },
    );
  });

  it('name each row once', () => {
    fc.assert(
      fc.property(tallies, by, zone, (some, names, place) => {
        const keys = report(some, { by: names, zone: place }).rows.map((row) => JSON.stringify(row.keys));
        assert.equal(new Set(keys).size, keys.length);
      }),
      { numRuns: 200 },
    );
  });

  it('are the same in any order of the tallies', () => {
    fc.assert(
      fc.property(tallies, by, zone, (some, names, place) => {
        const options = { by: names, zone: place };
        assert.deepEqual(report(some.toReversed(), options), report(some, options));
      }),
      { numRuns: 200 },
    );
  });

  it('are parted by a filter and its opposite', () => {
    const name = fc.constantFrom('tool', 'model', 'project', 'branch');
    fc.assert(
      fc.property(tallies, by, name, fc.constantFrom('codex', 'a', '/p', 'main', ''), (some, names, filter, value) => {
        const totals = (test: (text: string) => boolean): Sums =>
          report(some, { by: names, zone: utc, filters: { [filter]: test } }).totals;
        assert.deepEqual(sumOf([totals((text) => text === value), totals((text) => text !== value)]), sumOf(some));
      }),
      { numRuns: 200 },
    );
  });
});
