import assert from 'node:assert/strict';
import { monthForecast } from '../../src/stats/month-forecast.ts';
import { seeded } from '../demo/random.ts';

/** Eight weeks before a Monday: 100 on each weekday, nothing on weekends. */
const steady = Array.from({ length: 56 }, (_, index) => (index % 7 < 5 ? 100 : 0));

describe('the forecast of a month', () => {
  it('adds for each day that is left what its weekday usually has', () => {
    const forecast = monthForecast({ soFar: 1000, past: steady, weekday: 0, restOfToday: 0.5, daysToCome: 8 });
    // Half of Monday, Tuesday to Friday, the weekend, Monday and Tuesday.
    assert.deepEqual(forecast, { likely: 1000 + 50 + 400 + 0 + 200, low: 1650, high: 1650 });
  });

  it('is undefined with fewer than seven days of use', () => {
    const past = steady.map((value, index) => (index < 8 ? value : 0));
    assert.equal(monthForecast({ soFar: 5, past, weekday: 0, restOfToday: 1, daysToCome: 3 }), undefined);
    assert.notEqual(
      monthForecast({ soFar: 5, past: steady.slice(0, 14), weekday: 0, restOfToday: 1, daysToCome: 3 }),
      undefined,
    );
  });

  it('ends where the month is over', () => {
    const forecast = monthForecast({ soFar: 777, past: steady, weekday: 3, restOfToday: 0, daysToCome: 0 });
    assert.deepEqual(forecast, { likely: 777, low: 777, high: 777 });
  });

  it('never falls below what there is already', () => {
    const wild = steady.map((_, index) => (index % 8 === 0 ? 4000 : 0));
    const forecast = monthForecast({ soFar: 10, past: wild, weekday: 0, restOfToday: 1, daysToCome: 2 });
    assert.equal(forecast?.low, 10);
    assert.ok((forecast?.high ?? 0) > (forecast?.likely ?? 0));
  });

  it('holds about eight of ten months within its range, of days that vary as those of people do', () => {
    const random = seeded(11);
    let held = 0;
    const months = 2000;
    for (let month = 0; month < months; month++) {
      let mood = 1;
      const day = (weekday: number): number => {
        // Days vary manifold, and a busy one is likelier after another.
        mood = mood ** 0.5 * Math.exp(random.between(-0.8, 0.8));
        return weekday >= 5 && random.chance(0.7) ? 0 : (weekday < 5 ? 1e6 : 3e5) * mood;
      };
      const past = Array.from({ length: 56 }, (_, index) => day(index % 7));
      const rest = Array.from({ length: 15 }, (_, index) => day(index % 7)).reduce((sum, value) => sum + value, 0);
      const forecast = monthForecast({ soFar: 1e7, past, weekday: 0, restOfToday: 1, daysToCome: 14 });
      const end = 1e7 + rest;
      if (forecast !== undefined && forecast.low <= end && end <= forecast.high) held++;
    }
    assert.ok(held > 0.74 * months && held < 0.88 * months, `${held} of ${months}`);
  });
});
