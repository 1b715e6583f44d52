import assert from 'node:assert/strict';
import { decideBoardSums } from '../../../src/server/boards/board-sums.ts';
import type { Listing, Part } from '../../../src/server/boards/disclosure.ts';
import { numbering } from '../../../src/server/boards/numbering.ts';
import { readPlaces, writePlaces } from '../../../src/server/boards/places-text.ts';
import { decideSum } from '../../../src/server/boards/published-sum.ts';
import { lastDue, nextDue, spanOf, windowsOf } from '../../../src/server/boards/schedule.ts';
import { newSalt, readState, saltOf, writeState } from '../../../src/server/boards/state-text.ts';
import { seeded } from '../../demo/random.ts';

const about = { day: 100, k: 5 };

const parts = (values: readonly number[], listing: Listing = 'none', from = 0): Part[] =>
  values.map((value, index) => ({ member: from + index, value, listing }));

describe('a sum that is told', () => {
  it('has at least k active members, and a few who are not listed by name withhold it', () => {
    assert.equal(decideSum(parts([1, 1, 1, 1]), undefined, about).withheld, 'too_few');
    assert.equal(decideSum(parts([60, 1, 1, 1, 1]), undefined, about).withheld, 'dominated');
    assert.equal(decideSum(parts([10, 11, 12, 13, 14]), undefined, about).sum?.total, 60);
    const named = parts([10, 11, 12, 13, 14], 'name');
    assert.equal(decideSum([...named, ...parts([5], 'none', 9)], undefined, about).withheld, 'derivable');
    assert.equal(decideSum(named, undefined, about).sum?.total, 60);
  });

  it('lets few newcomers wait, is withheld when one leaves, and told again when enough have come', () => {
    const first = decideSum(parts([10, 11, 12, 13, 14, 15]), undefined, about);
    const came = decideSum(parts([10, 11, 12, 13, 14, 15, 16]), first.state, { ...about, day: 101 });
    assert.deepEqual([came.sum?.total, came.sum?.members.length], [75, 6]);
    const left = decideSum(parts([10, 11, 12, 13, 14]), came.state, { ...about, day: 102 });
    assert.deepEqual([left.sum, left.withheld], [undefined, 'derivable']);
    const many = decideSum(parts([10, 11, 12, 13, 14, 20, 20, 20, 20, 20].slice(0, 5)), left.state, {
      ...about,
      day: 102,
    });
    assert.equal(many.withheld, 'derivable');
  });

  it('of many goes on being told while some come and go, with the fewer digits the more those who went would show', async () => {
    for (const [size, rate] of [
      [200, 0.003],
      [5000, 0.001],
    ] as const) {
      const random = seeded(7);
      const people: { readonly member: number; readonly pace: number; here: boolean }[] = [];
      const come = () => people.push({ member: people.length, pace: 10 ** random.between(5, 7), here: true });
      for (let i = 0; i < size; i++) come();
      let state: Parameters<typeof decideSum>[1];
      const digits: number[] = [];
      for (let day = 0; day < 40; day++) {
        for (const person of people) if (random.chance(rate)) person.here = false;
        for (let i = 0; i < size; i++) if (random.chance(rate)) come();
        const now = people
          .filter(({ here }) => here)
          .map(({ member, pace }): Part => ({ member, value: Math.round(pace), listing: 'none' }));
        const decision = decideSum(now, state, { day, k: 5 });
        state = decision.state;
        if (decision.sum !== undefined) digits.push(decision.sum.digits);
      }
      assert.ok(digits.length >= 36, `${size}: told on ${digits.length} of 40 days`);
      assert.ok(digits.slice(1).some((count) => count < 3));
    }
  });

  it('is withheld where it would no longer be exact', () => {
    const large = decideSum(parts(Array(6).fill(Number.MAX_SAFE_INTEGER / 5)), undefined, about);
    assert.deepEqual([large.sum, large.withheld], [undefined, 'too_large']);
  });

  it('is told of a team only where the total leaves enough beside it', async () => {
    const all = parts([10, 11, 12, 13, 14, 15, 16]);
    const team = { team: 1, members: new Set([0, 1, 2, 3, 4]), listings: new Map<number, Listing>() };
    const beside = await decideBoardSums(all, [team], undefined, about);
    assert.equal(beside.total.sum?.total, 91);
    assert.equal(beside.teams.get(1)?.withheld, 'derivable', 'two would be left');
    const alone = await decideBoardSums(parts([10, 11, 12, 13, 14]), [team], undefined, about);
    assert.equal(alone.teams.get(1)?.sum?.total, 60);
  });

  it("is withheld where a team's own board tells all but a few of it", async () => {
    const all = parts([10, 11, 12, 13, 14, 15]);
    const listings = new Map<number, Listing>([0, 1, 2, 3].map((member) => [member, 'pseudonym']));
    const told = await decideBoardSums(all, [{ team: 1, members: new Set([0, 1, 2, 3]), listings }], undefined, about);
    assert.equal(told.total.withheld, 'derivable');
  });
});

describe('what is kept of sums', () => {
  it('comes back as it was, under salted hashes, for members who have other numbers by then', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => 9_007_000_000_000 + index * 7);
    const salt = newSalt();
    const state = (await decideBoardSums(parts(ids.map((_, index) => 100 + index)), [], undefined, about)).state;
    const text = writeState(state, await numbering(salt, ids));
    assert.equal(saltOf(text), salt);
    for (const id of ids) assert.ok(!text.includes(String(id)));
    const later = await numbering(salt, ids.slice(100).reverse());
    const read = readState(text, later);
    const here = read?.total?.members.filter((number) => number < 200).sort((a, b) => a - b);
    assert.deepEqual(here, [...Array(200).keys()], 'those who are still there');
    assert.equal(read?.total?.members.length, 300, 'and those who left');
    assert.deepEqual([read?.total?.total, read?.total?.day], [state.total?.total, 100]);
    assert.equal(writeState(read ?? state, later).length, text.length);
    assert.equal(readState(null, later), undefined);
  });

  it('is short: a place in a list is a byte or two', () => {
    const places = [0, 1, 127, 128, 300, 70_000, 84_999];
    assert.deepEqual(readPlaces(writePlaces([...places].reverse())), places);
    assert.deepEqual(readPlaces(writePlaces([])), []);
    assert.ok(writePlaces([...Array(85_000).keys()]).length < 120_000);
  });
});

describe('when a board is published', () => {
  const time = (text: string): number => Date.parse(text);

  it('is due shortly after midnight UTC, the hour, or every five minutes', () => {
    assert.equal(lastDue('daily', time('2026-11-22T00:09:59Z')), time('2026-11-21T00:10:00Z'));
    assert.equal(lastDue('daily', time('2026-11-22T00:10:00Z')), time('2026-11-22T00:10:00Z'));
    assert.equal(nextDue('daily', time('2026-11-22T23:59:59Z')), time('2026-11-23T00:10:00Z'));
    assert.equal(lastDue('hourly', time('2026-11-22T00:01:59Z')), time('2026-11-21T23:02:00Z'));
    assert.equal(nextDue('live', time('2026-11-21T23:57:00Z')), time('2026-11-22T00:00:00Z'));
  });

  it('covers complete days, and today on faster boards alone', () => {
    const now = time('2026-03-01T00:00:01Z');
    assert.deepEqual(spanOf('7d', now), { from: '2026-02-22', to: '2026-02-28' });
    assert.deepEqual(spanOf('today', now), { from: '2026-03-01', to: '2026-03-01' });
    assert.deepEqual(windowsOf('daily'), ['7d', '30d', '90d']);
    assert.deepEqual(windowsOf('live'), ['today', '7d', '30d', '90d']);
  });
});
