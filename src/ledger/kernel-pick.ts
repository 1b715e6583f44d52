import {
  braceBit,
  closeBrace,
  closeBracket,
  colon,
  comma,
  failWhen,
  mostDepth,
  openBrace,
  openBracket,
  quote,
} from './kernel-bytes.ts';
import { entry, field, layout, node } from './kernel-layout.ts';
import { skipping } from './kernel-skip.ts';
import { telling } from './kernel-values.ts';
import {
  add,
  and,
  atLeast,
  bitsOf,
  blockAt,
  byteAt,
  type Code,
  drop,
  equal,
  give,
  less,
  type Module,
  mul,
  not,
  or,
  sameBytes,
  set,
  setWord,
  shiftLeft,
  sub,
  unequal,
  wordAt,
} from './wasm.ts';

/** `pick(start, end, node)`: behind the object at `start`, or 0 where it is cut, broken or too odd for the fast way. */
export function picking(module: Module): void {
  const skip = skipping(module);
  const { pastSpace, stringEnd, valueEnd, end, escaped } = skip;
  const { emit, scalar, tape } = telling(module, skip);
  const wantedField = module.declare('wantedField', 3);
  const value = module.declare('value', 4);
  const object = module.declare('object', 3);
  const array = module.declare('array', 3);
  const pick = module.declare('pick', 3);

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
    const [name, length, byte, wanted] = [variable(), variable(), variable(), variable()];
    const [inside, keeper] = [variable(), variable()];
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
            // A field that is there twice keeps its first text.
            set(keeper, wanted),
            when(equal(wordAt(wanted, field.line), wordAt(layout.line)), () => [
              setWord(layout.odd, 1),
              set(keeper, 0),
            ]),
            setWord(wanted, wordAt(layout.line), field.line),
            setWord(wanted, tape, field.entry),
            set(inside, wordAt(wanted, field.inside)),
            when(
              inside,
              () => [set(at, value(at, inside, wordAt(wanted, field.number), depth))],
              () => [set(at, scalar(at, keeper, wordAt(wanted, field.number)))],
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

  module.define(pick, ({ variable }, start, behind, shape) => {
    const at = variable();
    return [
      set(end, behind),
      set(tape, layout.tape),
      setWord(layout.odd, 0),
      setWord(layout.line, add(wordAt(layout.line), 1)),
      set(at, object(start, shape, 1)),
      setWord(layout.tapeEnd, tape),
      at,
    ];
  });
}
