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
  /** Set to 1 by `stringEnd` where it meets an escape. */
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

  // Behind the closing quote of a string whose inside begins here. Escapes are many, so those of a block are passed over by
  // their bits, without looking at the block again.
  module.define(stringEnd, ({ variable, loop, when }, at) => {
    const [quotes, hits, first, block] = [variable(), variable(), variable(), variable('v128')];
    return [
      loop((next) => [
        failWhen(when, atLeast(at, end)),
        set(block, blockAt(at)),
        set(quotes, bitsOf(sameBytes(block, everyByte(quote)))),
        set(hits, or(quotes, bitsOf(sameBytes(block, everyByte(backslash))))),
        loop((again) => [
          when(hits, () => [
            set(first, lowestBit(hits)),
            when(and(quotes, shiftLeft(1, first)), () => [
              set(at, add(at, first)),
              failWhen(when, atLeast(at, end)),
              give(add(at, 1)),
            ]),
            set(escaped, 1),
            // What is escaped by a block's last byte stands in the next one.
            when(equal(first, 15), () => [set(at, add(at, 17)), next()]),
            set(hits, and(hits, sub(-1, shiftLeft(3, first)))),
            again(),
          ]),
        ]),
        set(at, add(at, 16)),
        next(),
      ]),
      0,
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
