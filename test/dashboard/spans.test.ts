import assert from 'node:assert/strict';
import type { Period } from '../../src/dashboard/protocol/scope.ts';
import { spanBefore, spanOf } from '../../src/dashboard/spans.ts';
import { zoneOf } from '../../src/usage/days.ts';

/** What a period is compared with, as local times of the zone. */
function compared(period: Period, local: string, zoneName = 'UTC'): string {
  const zone = zoneOf(zoneName);
  const now = Date.parse(local);
  const before = spanBefore(period, spanOf(period, zone, now, 0), zone, now);
  if (before === undefined) return 'nothing';
  const iso = (quarter: number) => new Date(quarter * 900_000).toISOString().slice(0, 16);
  return `${before.since} ${before.until}: ${iso(before.fromQuarter)} to ${iso(before.toQuarter)}`;
}

const range = (since: string, until: string): Period => ({ kind: 'range', since, until });

describe('the span before', () => {
  it('of today is yesterday until the same time, to the nearest quarter of an hour', () => {
    assert.equal(
      compared({ kind: 'today' }, '2026-05-12T14:07Z'),
      '2026-05-11 2026-05-11: 2026-05-11T00:00 to 2026-05-11T14:00',
    );
    assert.equal(
      compared({ kind: 'today' }, '2026-05-12T14:08Z'),
      '2026-05-11 2026-05-11: 2026-05-11T00:00 to 2026-05-11T14:15',
    );
  });

  it('of days is as many days before them, the last until the same time', () => {
    assert.equal(
      compared({ kind: '7d' }, '2026-05-14T09:00Z'),
      '2026-05-01 2026-05-07: 2026-05-01T00:00 to 2026-05-07T09:00',
    );
    assert.equal(compared({ kind: '30d' }, '2026-05-14T09:00Z').slice(0, 21), '2026-03-16 2026-04-14');
  });

  it('of a month is the month before until the same day, or whole where it had none', () => {
    assert.equal(
      compared({ kind: 'month' }, '2026-05-14T09:00Z'),
      '2026-04-01 2026-04-14: 2026-04-01T00:00 to 2026-04-14T09:00',
    );
    assert.equal(
      compared({ kind: 'month' }, '2026-03-30T09:00Z'),
      '2026-02-01 2026-02-28: 2026-02-01T00:00 to 2026-03-01T00:00',
    );
    assert.equal(
      compared({ kind: 'year' }, '2028-02-29T09:00Z'),
      '2027-01-01 2027-02-28: 2027-01-01T00:00 to 2027-03-01T00:00',
    );
  });

  it('of a range that is over is whole; one that runs is compared until the same time', () => {
    assert.equal(
      compared(range('2026-05-04', '2026-05-06'), '2026-06-01T09:00Z'),
      '2026-05-01 2026-05-03: 2026-05-01T00:00 to 2026-05-04T00:00',
    );
    assert.equal(
      compared(range('2026-05-04', '2026-05-20'), '2026-05-06T09:00Z'),
      '2026-05-01 2026-05-03: 2026-05-01T00:00 to 2026-05-03T09:00',
    );
  });

  it('of all is nothing', () => assert.equal(compared({ kind: 'all' }, '2026-05-14T09:00Z'), 'nothing'));

  it('heeds what the clocks showed on days when they changed', () => {
    // 2026-03-29 had no 02:00 in Berlin: 10:00 is 08:00 UTC that day, and 09:00 UTC the day before.
    assert.equal(
      compared({ kind: 'today' }, '2026-03-29T08:00Z', 'Europe/Berlin'),
      '2026-03-28 2026-03-28: 2026-03-27T23:00 to 2026-03-28T09:00',
    );
    assert.equal(
      compared({ kind: 'today' }, '2026-03-30T08:00Z', 'Europe/Berlin'),
      '2026-03-29 2026-03-29: 2026-03-28T23:00 to 2026-03-29T08:00',
    );
    assert.equal(
      compared({ kind: 'today' }, '2026-10-26T22:50Z', 'Europe/Berlin'),
      '2026-10-25 2026-10-25: 2026-10-24T22:00 to 2026-10-25T22:45',
    );
  });
});

describe('a period', () => {
  const at = (period: Period, now: string, first?: string) =>
    spanOf(
      period,
      zoneOf('Europe/Berlin'),
      Date.parse(now),
      first === undefined ? undefined : Date.parse(first) / 900_000,
    ).view;

  it('begins with a day and ends now', () => {
    assert.deepEqual(at({ kind: '7d' }, '2026-05-12T10:00Z'), {
      since: '2026-05-06',
      until: '2026-05-12',
      from: Date.parse('2026-05-05T22:00Z'),
      to: Date.parse('2026-05-12T10:00Z'),
      days: 7,
    });
  });

  it('of all begins with the first day that was counted', () => {
    assert.equal(at({ kind: 'all' }, '2026-05-12T10:00Z', '2025-01-31T23:00Z').since, '2025-02-01');
    assert.equal(at({ kind: 'all' }, '2026-05-12T10:00Z').since, '2026-05-12');
  });

  it('of a range may be written the wrong way round, but not with what is no day', () => {
    assert.equal(at(range('2026-05-06', '2026-05-04'), '2026-05-12T10:00Z').days, 3);
    assert.throws(() => at(range('2026-02-30', '2026-05-04'), '2026-05-12T10:00Z'), /2026-02-30 is not a day/);
  });
});
