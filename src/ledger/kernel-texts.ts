import { failWhen } from './kernel-bytes.ts';
import { layout } from './kernel-layout.ts';
import {
  add,
  and,
  bitsOf,
  blockAt,
  byteAt,
  type Code,
  equal,
  greater,
  less,
  type Module,
  mul,
  or,
  rotateLeft,
  sameBytes,
  set,
  setBlock,
  setWord,
  shiftRight,
  sub,
  unequal,
  type Value,
  type Variable,
  wordAt,
  xor,
} from './wasm.ts';

/** What is made of texts without a string: `hash(prefix, prefixLength, at, length)` and `clock(at)`. */
export function readingTexts(module: Module): void {
  hashing(module);
  clock(module);
}

/** As `keyHash`, of a prefix and a text, both of ASCII: gives the lower half. */
function hashing(module: Module): void {
  const mixed = module.declare('mixed', 1);
  const hash = module.declare('hash', 4);

  module.define(mixed, (_, bits) => [
    set(bits, mul(xor(bits, shiftRight(bits, 16)), 0x85ebca6b)),
    set(bits, mul(xor(bits, shiftRight(bits, 13)), 0xc2b2ae35)),
    xor(bits, shiftRight(bits, 16)),
  ]);

  module.define(hash, ({ variable, loop, when }, prefix, prefixLength, at, length) => {
    const [low, high, from, until] = [variable(), variable(), variable(), variable()];
    const taken = (): Code =>
      loop((again) => [
        when(less(from, until), () => [
          set(low, rotateLeft(mul(xor(low, byteAt(from)), 0x85ebca6b), 13)),
          set(high, rotateLeft(mul(xor(high, byteAt(from)), 0xc2b2ae35), 15)),
          set(from, add(from, 1)),
          again(),
        ]),
      ]);
    return [
      set(low, xor(0x9747b28c, add(prefixLength, length))),
      set(high, xor(0x5bd1e995, add(prefixLength, length))),
      set(from, prefix),
      set(until, add(prefix, prefixLength)),
      taken(),
      set(from, at),
      set(until, add(at, length)),
      taken(),
      set(low, mixed(xor(low, high))),
      setWord(layout.hashHigh, mixed(add(high, low))),
      low,
    ];
  });
}

/**
 * Of a UTC time as most tools write it, in 24 characters: the milliseconds since midnight and 1, or 0 where it is written in
 * another way. The day is left as text.
 */
function clock(module: Module): void {
  const digits = module.declare('digits', 2);
  const clock = module.declare('clock', 1);

  // So many digits as a number; a very large one where they are none.
  module.define(digits, ({ variable, loop, when }, at, length) => {
    const [sum, digit, until] = [variable(), variable(), variable()];
    return [
      set(until, add(at, length)),
      loop((again) => [
        set(digit, sub(byteAt(at), 48)),
        when(greater(digit, 9), () => [set(digit, 1e6)]),
        set(sum, add(mul(sum, 10), digit)),
        set(at, add(at, 1)),
        again(less(at, until)),
      ]),
      sum,
    ];
  });

  module.define(clock, ({ variable, when }, at) => {
    const parts = [variable(), variable(), variable(), variable()] as const;
    const [hours, minutes, seconds, thousandths] = parts;
    const isAt = (offset: number, byte: string): Code => equal(byteAt(at, offset), byte.charCodeAt(0));
    const dayBytes = 0x7ff;
    const sameDay = and(bitsOf(sameBytes(blockAt(at), blockAt(layout.day))), dayBytes);
    return [
      failWhen(when, notAll(isAt(13, ':'), isAt(16, ':'), isAt(19, '.'), isAt(23, 'Z'))),
      ...parts.map((part, index) => set(part, digits(add(at, 11 + 3 * index), index === 3 ? 3 : 2))),
      failWhen(
        when,
        or(or(greater(hours, 23), greater(minutes, 59)), or(greater(seconds, 59), greater(thousandths, 999))),
      ),
      when(unequal(sameDay, dayBytes), () => [
        setBlock(layout.day, blockAt(at)),
        setWord(layout.dayChanges, add(wordAt(layout.dayChanges), 1)),
      ]),
      add(add(mul(inSeconds(hours, minutes, seconds), 1000), thousandths), 1),
    ];
  });
}

function notAll(...conditions: readonly Code[]): Code {
  return equal(conditions.reduce(and), 0);
}

function inSeconds(hours: Variable, minutes: Variable, seconds: Variable): Value {
  return add(mul(add(mul(hours, 60), minutes), 60), seconds);
}
