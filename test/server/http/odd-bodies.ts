import type { Random } from '../../demo/random.ts';
import { cell } from './world.ts';

const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  2 ** 53 - 1,
  '5',
  '',
  [],
  {},
  'x'.repeat(1000),
  '\u0000',
  '2026-02-30',
  '9999-99-99',
  { $gt: 0 },
  [[[[[[]]]]]],
];

/** The text of a sync body of the right shape in which a few things are wrong, or nothing is. */
export function oddBody(random: Random, now: number): string {
  const day = new Date(now - random.whole(0, 40) * 86_400_000).toISOString().slice(0, 10);
  const cells = Array.from({ length: random.whole(0, 3) }, () => ({
    ...cell({ day, rev: random.whole(1, 1000), in: random.whole(0, 1e9), out: random.whole(0, 1e6) }),
  }));
  const body: Record<string, unknown> = { v: 1, seq: random.whole(0, 1e9), policyVersion: 1, client: '1.0.0', cells };
  if (random.chance(0.5)) spoil(random, random.chance(0.6) && cells[0] !== undefined ? cells[0] : body);
  if (random.chance(0.1)) body.badges = [odd(random), 'cache-wizard'];
  const text = JSON.stringify(body);
  return random.chance(0.1) ? text.slice(0, random.whole(0, text.length)) : text;
}

function spoil(random: Random, record: Record<string, unknown>): void {
  const names = Object.keys(record);
  const name = names[random.whole(0, names.length - 1)] ?? 'v';
  const way = random.whole(1, 7);
  if (way === 1) delete record[name];
  else record[way === 2 ? 'extra' : name] = odd(random);
}

function odd(random: Random): unknown {
  return oddValues[random.whole(0, oddValues.length - 1)];
}
