import assert from 'node:assert/strict';
import { streaksOf } from '../../src/stats/streaks.ts';

const day = (name: string): number => Date.parse(`${name}T00:00Z`) / 86_400_000;
const streaks = (today: string, ...active: readonly string[]) => streaksOf(active.map(day), day(today));

describe('streaks', () => {
  it('go until today, or until yesterday while today has no request', () => {
    assert.equal(streaks('2026-05-14', '2026-05-12', '2026-05-13', '2026-05-14').current, 3);
    assert.equal(streaks('2026-05-14', '2026-05-12', '2026-05-13').current, 2);
    assert.equal(streaks('2026-05-15', '2026-05-12', '2026-05-13').current, 0);
  });

  it('are not ended by a weekend without work, which does not count either', () => {
    assert.equal(streaks('2026-05-18', '2026-05-14', '2026-05-15', '2026-05-18').current, 3);
    assert.equal(streaks('2026-05-17', '2026-05-14', '2026-05-15').current, 2);
    assert.equal(streaks('2026-05-18', '2026-05-14', '2026-05-15').current, 2);
    assert.equal(streaks('2026-05-19', '2026-05-14', '2026-05-15').current, 0);
    assert.equal(streaks('2026-05-18', '2026-05-15', '2026-05-16', '2026-05-18').current, 3);
  });

  it('know the longest, the latest of equal ones', () => {
    assert.deepEqual(streaks('2026-05-28', '2026-05-11', '2026-05-12', '2026-05-20', '2026-05-21').longest, {
      days: 2,
      until: day('2026-05-21'),
    });
    assert.equal(streaks('2026-05-28').longest, undefined);
  });
});
