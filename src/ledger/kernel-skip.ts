import { backslash, braceBit, closeBrace, comma, failWhen, openBrace, quote } from './kernel-bytes.ts';
import {
  add,
  and,
  atLeast,
  bitsOf,
  blockAt,
  byteAt,
  type Call,
  type Code,
  eitherBits,
  equal,
  everyByte,
  give,
  greater,
  less,
  lowestBit,
  type Module,
  not,
  or,
  sameBytes,
  set,
  shiftLeft,
  sub,
  unequal,
  type Variable,
  xor,
} from './wasm.ts';

/** Functions that pass over something of which nothing is wanted: they give the place behind it, or 0 where it is cut. */
export interface Skipping {
  /** The next byte that is no white space; at the end the end. */
  readonly pastSpace: Call;
  /** Of a string whose inside begins here. */
  readonly stringEnd: Call;
  /** Of a number or word. */
  readonly scalarEnd: Call;
  /** Of an object or array. */
  readonly nestedEnd: Call;
  readonly valueEnd: Call;
  /** Behind the last byte that may be looked at. */
  readonly end: Variable;
  /** Levels of the value that `nestedEnd` passed over last. */
  readonly deepest: Variable;
  /** Is no longer 0 once `stringEnd` has met an escape. */
  readonly escaped: Variable;
}

export function skipping(module: Module): Skipping {
  const [end, deepest, escaped] = [module.global(), module.global(), module.global()];
  const pastSpace = module.declare('pastSpace', 1);
  const stringEnd = module.declare('stringEnd', 1);
  const scalarEnd = module.declare('scalarEnd', 1);
  const nestedEnd = module.declare('nestedEnd', 1);
  const valueEnd = module.declare('valueEnd', 1);

  const isSpace = (byte: Variable): Code =>
    or(or(equal(byte, 32), equal(byte, 10)), or(equal(byte, 13), equal(byte, 9)));

  // The next byte that is no white space; at the end the end.
  module.define(pastSpace, ({ variable, loop, when }, at) => {
    const byte = variable();
    return [
      loop((again) => [
        when(less(at, end), () => [set(byte, byteAt(at)), when(isSpace(byte), () => [set(at, add(at, 1)), again()])]),
      ]),
      at,
    ];
  });

  // Behind the closing quote of a string whose inside begins here. Escapes are many and stand anywhere, so that asking for each
  // would take longer than to reckon: a quote counts where an even number of backslashes stands before it, which is seen by
  // adding up the runs of them that begin at odd places (as in simdjson). Two blocks are looked at together.
  module.define(stringEnd, ({ variable, loop, when }, at) => {
    const [quotes, slashes, follows, starts, sum, carry, seen] = [
      variable(),
      variable(),
      variable(),
      variable(),
      variable(),
      variable(),
      variable(),
    ];
    const [first, second] = [variable('v128'), variable('v128')];
    const placesOf = (byte: number): Code =>
      or(bitsOf(sameBytes(first, everyByte(byte))), shiftLeft(bitsOf(sameBytes(second, everyByte(byte))), 16));
    const even = 0x55555555;
    return [
      loop((again) => [
        failWhen(when, atLeast(at, end)),
        set(first, blockAt(at)),
        set(second, blockAt(at, 16)),
        set(quotes, placesOf(quote)),
        // The first byte may be escaped by the last one of the blocks before.
        set(slashes, and(placesOf(backslash), xor(carry, -1))),
        set(follows, or(shiftLeft(slashes, 1), carry)),
        set(starts, and(slashes, xor(or(follows, even), -1))),
        set(sum, add(starts, slashes)),
        set(carry, less(sum, slashes)),
        set(quotes, and(quotes, xor(and(xor(shiftLeft(sum, 1), even), follows), -1))),
        when(not(quotes), () => [set(seen, or(seen, slashes)), set(at, add(at, 32)), again()]),
      ]),
      set(escaped, or(escaped, or(seen, and(slashes, sub(and(quotes, sub(0, quotes)), 1))))),
      set(at, add(at, lowestBit(quotes))),
      failWhen(when, atLeast(at, end)),
      add(at, 1),
    ];
  });

  // Numbers and words end before a comma, a bracket or white space; one at the very end may be cut.
  module.define(scalarEnd, ({ variable, loop, when }, start) => {
    const [at, byte] = [variable(), variable()];
    return [
      set(at, start),
      loop((again) => [
        failWhen(when, atLeast(at, end)),
        set(byte, byteAt(at)),
        when(and(and(unequal(byte, comma), greater(byte, 32)), unequal(or(byte, braceBit), closeBrace)), () => [
          set(at, add(at, 1)),
          again(),
        ]),
      ]),
      failWhen(when, equal(at, start)),
      at,
    ];
  });

  // Behind an object or array, of which nothing is looked at but strings and brackets.
  module.define(nestedEnd, ({ variable, loop, when }, at) => {
    const [hits, byte, depth] = [variable(), variable(), variable()];
    const [block, folded] = [variable('v128'), variable('v128')];
    const brackets = eitherBits(sameBytes(folded, everyByte(openBrace)), sameBytes(folded, everyByte(closeBrace)));
    return [
      set(deepest, 0),
      loop((again) => [
        set(block, blockAt(at)),
        set(folded, eitherBits(block, everyByte(braceBit))),
        set(hits, bitsOf(eitherBits(sameBytes(block, everyByte(quote)), brackets))),
        when(not(hits), () => [set(at, add(at, 16)), again(less(at, end)), give(0)]),
        set(at, add(at, lowestBit(hits))),
        failWhen(when, atLeast(at, end)),
        set(byte, byteAt(at)),
        set(at, add(at, 1)),
        when(equal(byte, quote), () => [set(at, stringEnd(at)), again(at), give(0)]),
        when(equal(or(byte, braceBit), openBrace), () => [
          set(depth, add(depth, 1)),
          when(greater(depth, deepest), () => [set(deepest, depth)]),
          again(),
        ]),
        set(depth, sub(depth, 1)),
        again(depth),
      ]),
      at,
    ];
  });

  module.define(valueEnd, ({ variable, when }, at) => {
    const byte = variable();
    return [
      failWhen(when, atLeast(at, end)),
      set(byte, byteAt(at)),
      when(equal(byte, quote), () => [give(stringEnd(add(at, 1)))]),
      when(equal(or(byte, braceBit), openBrace), () => [give(nestedEnd(at))]),
      scalarEnd(at),
    ];
  });

  return { pastSpace, stringEnd, scalarEnd, nestedEnd, valueEnd, end, deepest, escaped };
}
