import { backslash, braceBit, failWhen, mostDepth, openBrace, quote } from './kernel-bytes.ts';
import { entry, entryBytes, field, layout } from './kernel-layout.ts';
import type { Skipping } from './kernel-skip.ts';
import {
  add,
  and,
  atLeast,
  bitsOf,
  blockAt,
  byteAt,
  type Call,
  type Code,
  drop,
  eitherBits,
  equal,
  everyByte,
  give,
  greater,
  less,
  lessBytes,
  lowestBit,
  type Module,
  not,
  or,
  sameBytes,
  set,
  setBlock,
  setDouble,
  setWord,
  shiftLeft,
  sub,
  unequal,
  type Variable,
  withDigit,
  wordAt,
} from './wasm.ts';

/** Functions that write onto the tape. */
export interface Telling {
  /** `emit(kind, number, from, to)` writes an entry. */
  readonly emit: Call;
  /** `scalar(at, wanted, number)` writes a value that is wanted whole, for a field or (0) for none; 0 where it is cut. */
  readonly scalar: Call;
  /** Behind the last entry. */
  readonly tape: Variable;
}

export function telling(module: Module, { stringEnd, scalarEnd, nestedEnd, end, deepest }: Skipping): Telling {
  const tape = module.global();
  const emit = module.declare('emit', 4);
  const string = module.declare('string', 3);
  const scalar = module.declare('scalar', 3);

  module.define(emit, ({ when }, kind, number, from, to) => [
    when(or(equal(kind, entry.text), equal(kind, entry.array)), () => [setWord(layout.odd, 1)]),
    setWord(tape, or(kind, shiftLeft(number, 8))),
    setWord(tape, from, 4),
    setWord(tape, to, 8),
    set(tape, add(tape, entryBytes)),
    1,
  ]);

  // A string that is wanted: a short one that the field keeps, another plain one, or text that is to be parsed.
  module.define(string, ({ variable, loop, when }, start, wanted, number) => {
    const [from, at, length, hits, odd, done] = [
      variable(),
      variable(),
      variable(),
      variable(),
      variable(),
      variable(),
    ];
    const block = variable('v128');
    const oddBytes = eitherBits(
      eitherBits(lessBytes(block, everyByte(32)), sameBytes(block, everyByte(127))),
      sameBytes(block, everyByte(backslash)),
    );
    return [
      set(from, add(start, 1)),
      set(at, from),
      loop((again) => [
        set(block, blockAt(at)),
        set(hits, bitsOf(sameBytes(block, everyByte(quote)))),
        set(odd, bitsOf(oddBytes)),
        when(
          hits,
          () => [set(odd, and(odd, sub(and(hits, sub(0, hits)), 1))), set(at, add(at, lowestBit(hits)))],
          () => [set(at, add(at, 16)), when(not(odd), () => [again(less(at, end)), give(0)])],
        ),
      ]),
      when(odd, () => [
        set(at, stringEnd(from)),
        failWhen(when, not(at)),
        drop(emit(entry.text, number, start, at)),
        give(at),
      ]),
      failWhen(when, atLeast(at, end)),
      set(length, sub(at, from)),
      when(wanted, () => [
        when(less(length, field.longestLast), () => [
          drop(emit(entry.kept, number, 0, 0)),
          when(equal(length, wordAt(wanted, field.lastLength)), () => [
            loop((again) => [
              set(hits, bitsOf(sameBytes(blockAt(add(from, done)), blockAt(add(wanted, done), field.last)))),
              set(odd, sub(length, done)),
              when(less(odd, 16), () => [set(hits, or(hits, shiftLeft(-1, odd)))]),
              when(equal(and(hits, 0xffff), 0xffff), () => [
                set(done, add(done, 16)),
                again(less(done, length)),
                give(add(at, 1)),
              ]),
            ]),
            set(done, 0),
          ]),
          setWord(wanted, length, field.lastLength),
          setWord(wanted, add(wordAt(wanted, field.generation), 1), field.generation),
          loop((again) => [
            setBlock(add(add(wanted, field.last), done), blockAt(add(from, done))),
            set(done, add(done, 16)),
            again(less(done, length)),
          ]),
          give(add(at, 1)),
        ]),
      ]),
      drop(emit(entry.string, number, from, at)),
      add(at, 1),
    ];
  });

  // A value that is wanted whole.
  module.define(scalar, ({ variable, loop, when }, start, wanted, number) => {
    const [byte, at, digits, length] = [variable(), variable(), variable(), variable()];
    const sum = variable('f64');
    const told = (kind: number): readonly Code[] => [drop(emit(kind, number, start, at)), give(at)];
    return [
      set(byte, byteAt(start)),
      when(equal(byte, quote), () => [give(string(start, wanted, number))]),
      when(equal(or(byte, braceBit), openBrace), () => [
        set(at, nestedEnd(start)),
        failWhen(when, or(not(at), greater(deepest, mostDepth))),
        ...told(entry.text),
      ]),
      set(at, scalarEnd(start)),
      failWhen(when, not(at)),
      set(length, sub(at, start)),
      loop((again) => [
        set(byte, sub(byteAt(add(start, digits)), 48)),
        when(less(byte, 10), () => [set(sum, withDigit(sum, byte)), set(digits, add(digits, 1)), again()]),
      ]),
      // More digits may be no whole number, and a zero before others is no number at all.
      when(and(and(equal(digits, length), less(length, 16)), or(equal(length, 1), unequal(byteAt(start), 48))), () => [
        setDouble(tape, sum, 8),
        setWord(tape, or(entry.number, shiftLeft(number, 8))),
        set(tape, add(tape, entryBytes)),
        give(at),
      ]),
      when(equal(length, 4), () => [
        when(equal(wordAt(start), wordOf('true')), () => told(entry.true)),
        when(equal(wordAt(start), wordOf('null')), () => told(entry.null)),
      ]),
      when(equal(length, 5), () => [
        when(and(equal(wordAt(start), wordOf('fals')), equal(byteAt(start, 4), 101)), () => told(entry.false)),
      ]),
      drop(emit(entry.text, number, start, at)),
      at,
    ];
  });

  return { emit, scalar, tape };
}

/** Four characters as a word holds them. */
function wordOf(text: string): number {
  return Buffer.from(text).readInt32LE();
}
