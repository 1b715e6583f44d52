import { layout } from './kernel-layout.ts';
import {
  add,
  and,
  atLeast,
  bitsOf,
  blockAt,
  bothBits,
  byteAt,
  type Code,
  everyByte,
  give,
  greater,
  leadingZeros,
  less,
  lowestBit,
  type Module,
  not,
  or,
  sameBytes,
  set,
  setWord,
  shiftLeft,
  sub,
  unequal,
  type Value,
} from './wasm.ts';

/** `nextLine(from, until, needleLength)`: 1 where there is one. The bytes end with a line feed. */
export function lineSearch(module: Module): void {
  const nextLine = module.declare('nextLine', 3);
  module.define(nextLine, ({ variable, loop, when }, from, until, needleLength) => {
    const [at, hits, all] = [variable(), variable(), variable()];
    const [needle, first, last] = [variable('v128'), variable('v128'), variable('v128')];
    const inTwoBlocks = (holds: (offset: number) => Code): Code =>
      or(bitsOf(holds(0)), shiftLeft(bitsOf(holds(16)), 16));
    const lineFeeds = (place: Value): Code => inTwoBlocks((offset) => sameBytes(blockAt(place, offset), everyByte(10)));
    return [
      set(at, from),
      when(needleLength, () => [
        set(needle, blockAt(layout.needle)),
        set(first, everyByte(byteAt(layout.needle))),
        set(last, everyByte(byteAt(add(layout.needle - 1, needleLength)))),
        set(all, sub(shiftLeft(1, needleLength), 1)),
        // Few places have both the needle's first byte and, behind it, its last.
        loop((again) => [
          set(
            hits,
            inTwoBlocks((offset) =>
              bothBits(
                sameBytes(blockAt(at, offset), first),
                sameBytes(blockAt(sub(add(at, needleLength), 1), offset), last),
              ),
            ),
          ),
          when(not(hits), () => [set(at, add(at, 32)), again(less(at, until)), give(0)]),
          set(at, add(at, lowestBit(hits))),
          when(unequal(and(bitsOf(sameBytes(blockAt(at), needle)), all), all), () => [
            set(at, add(at, 1)),
            again(less(at, until)),
            give(0),
          ]),
        ]),
        when(atLeast(at, until), () => [give(0)]),
      ]),
      setWord(layout.lineStart, from),
      when(needleLength, () => [
        set(all, at),
        loop((again) => [
          set(all, sub(all, 32)),
          set(hits, lineFeeds(all)),
          when(not(hits), () => [again(greater(all, from))]),
        ]),
        when(hits, () => [
          set(all, sub(add(all, 32), leadingZeros(hits))),
          when(greater(all, from), () => [setWord(layout.lineStart, all)]),
        ]),
      ]),
      loop((again) => [
        set(hits, lineFeeds(at)),
        when(not(hits), () => [set(at, add(at, 32)), again(less(at, until)), give(0)]),
      ]),
      setWord(layout.lineEnd, add(at, lowestBit(hits))),
      1,
    ];
  });
}
