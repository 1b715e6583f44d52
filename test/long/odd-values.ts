import type { Random } from '../demo/random.ts';

/** JSON that no tool writes, but a broken log may hold: wrong types, absurd numbers and dates, nesting without end. */
const odd: readonly (() => string)[] = [
  ...'null true false 0 -1 -0 1.5 0.1 1e-7 255 4096 1e9 1e10 10000000001 1e15 9007199254740993 1e21 1e300 -1e300'.split(
    ' ',
  ),
  ...'1e308 1e999 -1e999 18446744073709551616 NaN Infinity undefined 01 +1 .5 1. 0x10 1e 12abc -'.split(' '),
  ...['[]', '{}', '[[]]', '[null]', '[1,2,3]', '[{}]', '{"a":{"b":[]}}', '{"__proto__":{"input":7}}', '{"":""}'],
  ...[
    '""',
    '" "',
    '"0"',
    '"12"',
    '"-5"',
    '"1e400"',
    '"0x1f"',
    '"NaN"',
    '"1e10"',
    '"null"',
    '"\\u0000"',
    '"\\n"',
    '"/"',
  ],
  ...['"\\ud800"', '"\\udc00\\ud800"', '"𝄞"', '"\ufeff"', '"\\u20ac"', '"\\', '"', '"\\x"', '"unended'],
  ...[
    '"1970-01-01T00:00:00Z"',
    '"2100-01-01T00:00:00.000Z"',
    '"+275760-09-13T00:00:00.000Z"',
    '"-271821-04-20T00:00Z"',
  ],
  ...[
    '"2026-02-30T25:61:61Z"',
    '"2026-05-12"',
    '"12:00"',
    '1.7e9',
    '1.7e12',
    '1.7e15',
    '1.7e18',
    '-1.7e12',
    '4102444800000',
  ],
  ...[
    '"assistant"',
    '"user"',
    '"gemini"',
    '"token_count"',
    '"session_meta"',
    '"<synthetic>"',
    '"claude-opus-4-5"',
    '"../../x"',
  ],
].map((text) => () => text);

const large: readonly ((random: Random) => string)[] = [
  () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  () => `${'{"message":'.repeat(3000)}{"usage":1}${'}'.repeat(3000)}`,
  () => '['.repeat(10_000),
  (random) => `"${'x'.repeat(random.whole(1000, 200_000))}"`,
  (random) =>
    `"${random
      .pick([
        ['/', 1],
        ['-', 1],
        [' ', 1],
        ['.', 1],
        ['\\n', 1],
        ['9', 1],
        ['a.', 1],
        ['-v1', 1],
        ['é', 1],
      ] as const)
      .repeat(100_000)}x"`,
  (random) => random.whole(1, 9).toString().repeat(5000),
];

/** A value in the place of another, as text; one in fifty is large. */
export function oddValue(random: Random): string {
  const choose = <T>(list: readonly T[]): T => list[random.whole(0, list.length - 1)] as T;
  return random.chance(0.02) ? choose(large)(random) : choose(odd)();
}
