import { entry, entryBytes, field, layout, node } from './kernel-layout.ts';
import {
  add,
  and,
  atLeast,
  bitsOf,
  blockAt,
  byteAt,
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
  mul,
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
  type Value,
  type Variable,
  withDigit,
  wordAt,
} from './wasm.ts';

const quote = 34;
const comma = 44;
const colon = 58;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
/** This bit tells `[` from `{`, and `]` from `}`. */
const braceBit = 32;
/** No value is deeper: what is, is left to the slow way. */
const mostDepth = 64;

/** `pick(start, end, node)`: behind the object at `start`, or 0 where it is cut, broken or too odd for the fast way. */
export function picking(module: Module): void {
  const [end, tape, deepest, escaped] = [module.global(), module.global(), module.global(), module.global()];
  const emit = module.declare('emit', 4);
  const pastSpace = module.declare('pastSpace', 1);
  const stringEnd = module.declare('stringEnd', 1);
  const scalarEnd = module.declare('scalarEnd', 1);
  const nestedEnd = module.declare('nestedEnd', 1);
  const valueEnd = module.declare('valueEnd', 1);
  const wantedField = module.declare('wantedField', 3);
  const string = module.declare('string', 3);
  const scalar = module.declare('scalar', 3);
  const value = module.declare('value', 4);
  const object = module.declare('object', 3);
  const array = module.declare('array', 3);
  const pick = module.declare('pick', 3);

  /** Ends the function without success where a condition holds. */
  const failWhen = (when: (condition: Value, then: () => readonly Value[]) => Code, condition: Value): Code =>
    when(condition, () => [give(0)]);
  const isSpace = (byte: Variable): Code =>
    or(or(equal(byte, 32), equal(byte, 10)), or(equal(byte, 13), equal(byte, 9)));

  module.define(emit, (_, kind, number, from, to) => [
    setWord(tape, or(kind, shiftLeft(number, 8))),
    setWord(tape, from, 4),
    setWord(tape, to, 8),
    set(tape, add(tape, entryBytes)),
    1,
  ]);

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

  // The address of the wanted field of a name, or 0, among those of its length.
  module.define(wantedField, ({ variable, loop, when }, first, name, length) => {
    const [found, rest] = [variable(), variable()];
    const differs = (offset: number): Code =>
      bitsOf(sameBytes(blockAt(name, offset), blockAt(found, field.name + offset)));
    return [
      set(found, first),
      loop((again) => [
        when(found, () => [
          set(rest, sub(shiftLeft(1, length), 1)),
          // A shift by 32 is none.
          when(atLeast(length, 16), () => [set(rest, 0xffff)]),
          when(equal(and(differs(0), rest), rest), () => [
            when(less(length, 17), () => [give(found)]),
            set(rest, sub(shiftLeft(1, sub(length, 16)), 1)),
            when(equal(and(differs(16), rest), rest), () => [give(found)]),
          ]),
          set(found, wordAt(found, field.next)),
          again(),
        ]),
      ]),
      0,
    ];
  });

  // A string that is wanted: the same as the field's last one, another plain one, or text that is to be parsed.
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
          when(equal(length, wordAt(wanted, field.lastLength)), () => [
            loop((again) => [
              set(hits, bitsOf(sameBytes(blockAt(add(from, done)), blockAt(add(wanted, done), field.last)))),
              set(odd, sub(length, done)),
              when(less(odd, 16), () => [set(hits, or(hits, shiftLeft(-1, odd)))]),
              when(equal(and(hits, 0xffff), 0xffff), () => [
                set(done, add(done, 16)),
                again(less(done, length)),
                drop(emit(entry.sameString, number, 0, 0)),
                give(add(at, 1)),
              ]),
            ]),
            set(done, 0),
          ]),
          setWord(wanted, length, field.lastLength),
          loop((again) => [
            setBlock(add(add(wanted, field.last), done), blockAt(add(from, done))),
            set(done, add(done, 16)),
            again(less(done, length)),
          ]),
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

  // A value that is looked into.
  module.define(value, ({ variable, when }, at, shape, number, depth) => {
    const byte = variable();
    return [
      set(byte, byteAt(at)),
      when(unequal(or(byte, braceBit), openBrace), () => [give(scalar(at, 0, number))]),
      failWhen(when, equal(depth, mostDepth)),
      when(equal(byte, openBracket), () => [
        drop(emit(entry.array, number, 0, 0)),
        give(array(at, shape, add(depth, 1))),
      ]),
      drop(emit(entry.object, number, 0, 0)),
      object(at, shape, add(depth, 1)),
    ];
  });

  module.define(object, ({ variable, loop, when }, at, shape, depth) => {
    const [name, length, byte, wanted, inside] = [variable(), variable(), variable(), variable(), variable()];
    const isAt = (byte: number): Code => and(less(at, end), equal(byteAt(at), byte));
    return [
      set(at, pastSpace(add(at, 1))),
      when(isAt(closeBrace), () => [drop(emit(entry.end, 0, 0, 0)), give(add(at, 1))]),
      loop((again) => [
        set(at, pastSpace(at)),
        failWhen(when, not(isAt(quote))),
        set(name, add(at, 1)),
        set(escaped, 0),
        set(at, stringEnd(name)),
        failWhen(when, or(not(at), escaped)),
        set(length, sub(sub(at, 1), name)),
        set(wanted, 0),
        when(less(length, node.longestName + 1), () => [
          set(wanted, wordAt(add(shape, mul(length, 4)))),
          when(wanted, () => [set(wanted, wantedField(wanted, name, length))]),
        ]),
        set(at, pastSpace(at)),
        failWhen(when, not(isAt(colon))),
        set(at, pastSpace(add(at, 1))),
        failWhen(when, or(atLeast(at, end), atLeast(tape, layout.tapeLimit))),
        when(
          wanted,
          () => [
            set(inside, wordAt(wanted, field.inside)),
            when(
              inside,
              () => [set(at, value(at, inside, wordAt(wanted, field.number), depth))],
              () => [set(at, scalar(at, wanted, wordAt(wanted, field.number)))],
            ),
          ],
          () => [set(at, valueEnd(at))],
        ),
        failWhen(when, not(at)),
        set(at, pastSpace(at)),
        failWhen(when, atLeast(at, end)),
        set(byte, byteAt(at)),
        set(at, add(at, 1)),
        again(equal(byte, comma)),
      ]),
      failWhen(when, unequal(byte, closeBrace)),
      drop(emit(entry.end, 0, 0, 0)),
      at,
    ];
  });

  module.define(array, ({ variable, loop, when }, at, shape, depth) => {
    const byte = variable();
    return [
      set(at, pastSpace(add(at, 1))),
      failWhen(when, atLeast(at, end)),
      when(equal(byteAt(at), closeBracket), () => [drop(emit(entry.end, 0, 0, 0)), give(add(at, 1))]),
      loop((again) => [
        set(at, pastSpace(at)),
        failWhen(when, or(atLeast(at, end), atLeast(tape, layout.tapeLimit))),
        set(at, value(at, shape, 0, depth)),
        failWhen(when, not(at)),
        set(at, pastSpace(at)),
        failWhen(when, atLeast(at, end)),
        set(byte, byteAt(at)),
        set(at, add(at, 1)),
        again(equal(byte, comma)),
      ]),
      failWhen(when, unequal(byte, closeBracket)),
      drop(emit(entry.end, 0, 0, 0)),
      at,
    ];
  });

  module.define(pick, (_, start, behind, shape) => [set(end, behind), set(tape, layout.tape), object(start, shape, 1)]);
}

/** Four characters as a word holds them. */
function wordOf(text: string): number {
  return Buffer.from(text).readInt32LE();
}
