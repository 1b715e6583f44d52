import assert from 'node:assert/strict';
import type { Part } from '../../src/server/boards/disclosure.ts';
import { seeded } from '../demo/random.ts';
import { randomHistory, type ToldSum } from '../server/boards/history.ts';
import { share } from './factor.ts';

const histories = share(10_000);
/** In large crowds several leave at each step whose parts are each too small to be seen. */
const crowds = share(300);

/** The rules, written down a second time: enough people, none over half, no two over 80 %. */
function obeys(values: readonly number[], k: number): boolean {
  const active = values.filter((value) => value > 0).sort((a, b) => b - a);
  const sum = total(active);
  const [first = 0, second = 0] = active;
  return active.length >= k && first <= sum / 2 && first + second <= sum * 0.8;
}

const valuesOf = (parts: readonly Part[]) => parts.map(({ value }) => value).filter((value) => value > 0);

const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** The step of a sum that is told with so many digits. */
function step({ total, digits }: ToldSum): number {
  return 10 ** (Math.floor(Math.log10(total)) - digits + 1);
}

/** Those who are in one of two sums alone, with their parts there, without those whose rows told them by name. */
function difference(a: ToldSum, b: ToldSum, named: ReadonlySet<number>): Part[] {
  const only = (x: ToldSum, y: ToldSum) => [...x.parts.values()].filter(({ member }) => !y.parts.has(member));
  return [...only(a, b), ...only(b, a)].filter(({ member, value }) => value > 0 && !named.has(member));
}

describe('the privacy of a board', () => {
  it(`tells of nobody by a sum, by what rows leave of it, or by the difference of any two: ${histories} histories`, async () => {
    const seen = { sums: 0, rest: 0, differences: 0, coarse: 0 };
    for (let seed = 1; seed <= histories; seed++) {
      const random = seeded(seed);
      const k = random.chance(0.3) ? 7 : 5;
      const { told } = await randomHistory(random, k, 12, seed <= crowds ? 600 : 40);
      for (const [name, sums] of told) {
        for (const [index, sum] of sums.entries()) {
          const where = `seed ${seed}, ${name} at ${sum.at}`;
          const parts = [...sum.parts.values()];
          const active = parts.filter(({ value }) => value > 0);
          if (name !== 'rest' || active.length > 0) assert.ok(obeys(valuesOf(parts), k), `${where}: the sum`);
          const unlisted = active.filter(({ listing }) => listing === 'none');
          const unnamed = active.filter(({ listing }) => listing !== 'name');
          assert.ok(unlisted.length === 0 || obeys(valuesOf(unlisted), k), `${where}: what the rows leave`);
          assert.ok(unnamed.length === 0 || unnamed.length >= k, `${where}: not listed by name`);
          seen.sums++;
          if (unlisted.length > 0) seen.rest++;
          if (sum.digits === 2) seen.coarse++;
          for (const earlier of sums.slice(0, index)) {
            const between = sums.filter(({ at }) => at >= earlier.at && at <= sum.at);
            const named = new Set(
              between.flatMap((one) => [...one.parts.values()].flatMap((p) => (p.listing === 'name' ? p.member : []))),
            );
            const parted = difference(earlier, sum, named);
            if (parted.length === 0) continue;
            seen.differences++;
            const all = total(valuesOf(parted));
            const unseen = Math.min(earlier.digits, sum.digits) <= 2 && all <= Math.max(step(earlier), step(sum));
            assert.ok(
              unseen || obeys(valuesOf(parted), k),
              `${where}: the difference to ${earlier.at}: ${JSON.stringify(parted)}`,
            );
          }
        }
      }
    }
    // A rule that withholds everything would pass as well.
    assert.ok(seen.sums > histories * 2, JSON.stringify(seen));
    for (const count of [seen.rest, seen.differences, seen.coarse]) assert.ok(count > 0, JSON.stringify(seen));
  });
});
