import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, isDay, zoneOf } from '../../src/usage/days.ts';

const zones = Intl.supportedValuesOf('timeZone');
const times = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 11, 31) });
const calendarDays = fc.integer({ min: 0, max: 24_000 }).map((days) => addDays('1972-02-29', days));

describe('days of a zone', () => {
  it('are those that Intl tells, in every zone, at random times and around every change of offset', function () {
    this.timeout(60_000);
    for (const name of zones) {
      const zone = zoneOf(name);
      const told = swedish(name);
      const near = changes(name, 2024, 2027).flatMap((change) => [change - 1, change, change + 1]);
      fc.assert(
        fc.property(fc.oneof(times, fc.constantFrom(0, ...near)), (time) => {
          const local = told.format(time);
          assert.equal(zone.hourOf(time), `${local.slice(0, 13)}:00`);
          assert.equal(zone.dayOf(time), local.slice(0, 10));
          assert.equal(zone.monthOf(time), local.slice(0, 7));
        }),
        { numRuns: 60 + near.length },
      );
      for (const time of near) assert.equal(zone.hourOf(time), `${told.format(time).slice(0, 13)}:00`);
    }
  });

  it("are the same where the zone is the machine's own", () => {
    const own = process.env.TZ;
    try {
      for (const name of zones) {
        process.env.TZ = name;
        const [machine, zone] = [zoneOf(), zoneOf(name)];
        const near = changes(name, 2024, 2027).flatMap((change) => [change - 1, change, change + 1]);
        for (const time of [...near, Date.UTC(1995, 6, 4, 12), Date.UTC(2016, 1, 29, 23, 59, 59, 999)]) {
          assert.equal(machine.hourOf(time), zone.hourOf(time), `${name} ${time}`);
          assert.equal(machine.dayOf(time), zone.dayOf(time), `${name} ${time}`);
        }
      }
    } finally {
      if (own === undefined) delete process.env.TZ;
      else process.env.TZ = own;
    }
  });

  it('begin at their first instant, in every zone', function () {
    this.timeout(60_000);
    for (const name of zones) {
      const zone = zoneOf(name);
      fc.assert(
        fc.property(calendarDays, (day) => {
          const start = zone.startOfDay(day);
          assert.ok(zone.dayOf(start) === day || isSkipped(name, day), `${name} ${day}`);
          assert.ok(zone.dayOf(start - 1) < day, `${name} ${day}`);
        }),
        { numRuns: 40 },
      );
    }
  });

  it('begin at one in the morning where clocks go forward at midnight', () => {
    const cairo = zoneOf('Africa/Cairo');
    assert.equal(cairo.startOfDay('2026-04-24'), Date.parse('2026-04-24T01:00+03:00'));
    assert.equal(cairo.dayOf(cairo.startOfDay('2026-04-24') - 1), '2026-04-23');
  });

  it('begin at the first of two midnights', () => {
    assert.equal(zoneOf('America/Havana').startOfDay('2026-11-01'), Date.parse('2026-11-01T00:00-04:00'));
  });

  it('of a date that a zone left out have no length', () => {
    const apia = zoneOf('Pacific/Apia');
    assert.equal(apia.startOfDay('2011-12-30'), apia.startOfDay('2011-12-31'));
  });

  it('know offsets of a quarter of an hour, and changes of half an hour', () => {
    const time = Date.parse('2026-06-01T18:14:59Z');
    assert.equal(zoneOf('Asia/Kathmandu').hourOf(time), '2026-06-01 23:00');
    assert.equal(zoneOf('Asia/Kathmandu').hourOf(time + 1000), '2026-06-02 00:00');
    const lordHowe = zoneOf('Australia/Lord_Howe');
    assert.equal(lordHowe.hourOf(Date.parse('2026-04-04T14:59:59Z')), '2026-04-05 01:00');
    assert.equal(lordHowe.hourOf(Date.parse('2026-04-04T15:00:00Z')), '2026-04-05 01:00');
    assert.equal(lordHowe.hourOf(Date.parse('2026-04-04T15:30:00Z')), '2026-04-05 02:00');
  });

  it('name the hour that comes twice by one name', () => {
    const berlin = zoneOf('Europe/Berlin');
    assert.equal(berlin.hourOf(Date.parse('2026-10-25T00:30Z')), '2026-10-25 02:00');
    assert.equal(berlin.hourOf(Date.parse('2026-10-25T01:30Z')), '2026-10-25 02:00');
    assert.equal(berlin.hourOf(Date.parse('2026-10-25T02:30Z')), '2026-10-25 03:00');
  });

  it('belong to the week of their Monday', () => {
    const utc = zoneOf('UTC');
    assert.equal(utc.weekOf(Date.parse('2026-11-22T23:59:59Z')), '2026-11-16');
    assert.equal(utc.weekOf(Date.parse('2026-11-23T00:00:00Z')), '2026-11-23');
    assert.equal(utc.weekOf(Date.parse('2026-01-01T12:00:00Z')), '2025-12-29');
    assert.equal(utc.weekOf(0), '1969-12-29');
    assert.equal(zoneOf('America/Los_Angeles').weekOf(Date.parse('2026-11-23T07:59:59Z')), '2026-11-16');
  });

  it('are of the machine unless a zone is named', () => {
    assert.equal(zoneOf().name, Intl.DateTimeFormat().resolvedOptions().timeZone);
    assert.equal(zoneOf('europe/berlin').name, 'Europe/Berlin');
  });

  it('refuse a zone that does not exist by its name', () => {
    assert.throws(() => zoneOf('Mars/Olympus'), { name: 'RangeError', message: /^Mars\/Olympus is not a time zone/ });
    assert.throws(() => zoneOf(''), { name: 'RangeError', message: /is not a time zone/ });
  });
});

describe('calendar days', () => {
  it('are counted across months and leap years', () => {
    assert.equal(addDays('2028-02-28', 1), '2028-02-29');
    assert.equal(addDays('2026-01-01', -1), '2025-12-31');
    assert.equal(addDays('2026-11-22', 0), '2026-11-22');
    assert.equal(addDays('2026-01-01', 365), '2027-01-01');
  });

  it('are told from what looks like one', () => {
    for (const day of ['2026-11-22', '2028-02-29', '0001-01-01', '9999-12-31']) assert.ok(isDay(day), day);
    const others = [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-1-1',
      '26-01-01',
      '2026-11-22T00:00',
      ' 2026-11-22',
      '',
    ];
    for (const text of others) assert.ok(!isDay(text), text);
  });
});

/** The Swedish form of a date is the ISO one. */
function swedish(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two });
}

/** Times at which a zone's offset from UTC changes, found a day at a time by the longest name that Intl has for it. */
function changes(timeZone: string, fromYear: number, toYear: number): number[] {
  const offsets = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
  const found: number[] = [];
  const month = 30 * 86_400_000;
  for (let time = Date.UTC(fromYear, 0, 1); time < Date.UTC(toYear, 0, 1); time += month) {
    const before = offsets.format(time).slice(-9);
    if (before === offsets.format(time + month).slice(-9)) continue;
    let low = time;
    let high = time + month;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsets.format(middle).slice(-9) === before) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

/** Zones that crossed the date line left a day out. */
function isSkipped(timeZone: string, day: string): boolean {
  const noon = Date.parse(`${day}T12:00Z`);
  const told = swedish(timeZone);
  for (let hours = -36; hours <= 36; hours++) {
    if (told.format(noon + hours * 3_600_000).startsWith(day)) return false;
  }
  return true;
}
