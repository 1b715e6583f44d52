import type { Json } from '../readers/json.ts';
import type { LineRow } from '../readers/line-row.ts';
import type { Columns } from '../readers/reader.ts';
import { entry, entryBytes, field, layout } from './kernel-layout.ts';
import type { ShapeTable } from './kernel-shapes.ts';
import type { LinePicker } from './line-kernel.ts';

/** Looks at objects with the kernel, and reads what that has written on the tape. */
export function linePicker(
  memory: ArrayBuffer,
  pick: (start: number, end: number, node: number) => number,
  shape: number,
  { names, fields, fieldAt }: ShapeTable,
): LinePicker {
  const words = new Int32Array(memory);
  const doubles = new Float64Array(memory);
  const bytes = Buffer.from(memory);
  /** The strings that fields keep, by number, and the generations of which they are. */
  const keptTexts: string[] = [];
  const generations: number[] = [];
  let place = 0;

  /** Most strings repeat from line to line, and are made only once. */
  function keptText(number: number, address: number): string {
    const generation = words[(address + field.generation) >> 2] as number;
    if (generations[number] === generation) return keptTexts[number] as string;
    const start = address + field.last;
    const text = bytes.toString('latin1', start, start + (words[(address + field.lastLength) >> 2] as number));
    keptTexts[number] = text;
    generations[number] = generation;
    return text;
  }

  function textOf(encoding: 'latin1' | 'utf8', word: number): string {
    return bytes.toString(encoding, words[word + 1], words[word + 2]);
  }

  /** The value of an entry, and leaves the place behind it. */
  function valueAt(kind: number, number: number): Json | undefined {
    const word = place >> 2;
    place += entryBytes;
    switch (kind) {
      case entry.object:
        return object();
      case entry.array:
        return array();
      case entry.string:
        return textOf('latin1', word);
      case entry.kept:
        return keptText(number, fields[number] as number);
      case entry.number:
        return doubles[(word >> 1) + 1];
      case entry.true:
        return true;
      case entry.false:
        return false;
      case entry.null:
        return null;
      default:
        return parsed(textOf('utf8', word));
    }
  }

  function object(): Json | undefined {
    const found: { [key: string]: Json | undefined } = {};
    for (;;) {
      const word = words[place >> 2] as number;
      const kind = word & 255;
      if (kind === entry.end) {
        place += entryBytes;
        return found;
      }
      const value = valueAt(kind, word >> 8);
      if (value === undefined) return undefined;
      found[names[word >> 8] as string] = value;
    }
  }

  function array(): Json | undefined {
    const found: Json[] = [];
    for (;;) {
      const word = words[place >> 2] as number;
      const kind = word & 255;
      if (kind === entry.end) {
        place += entryBytes;
        return found;
      }
      const value = valueAt(kind, 0);
      if (value === undefined) return undefined;
      found.push(value);
    }
  }

  /** The row of some columns: it reads the entries of its fields straight from the tape. */
  function rowOf(columns: Columns): LineRow | undefined {
    const addresses = columns.map((path) => fieldAt(shape, path));
    if (addresses.includes(0)) return undefined;
    const numbers = addresses.map((address) => words[(address + field.number) >> 2] as number);

    /** The word of a field's entry in the line last looked at; 0 where it has none. */
    function entryOf(column: number): number {
      const address = words[((addresses[column] as number) + field.entry) >> 2] as number;
      if (address < layout.tape || address >= (words[layout.tapeEnd >> 2] as number)) return 0;
      // What stands there may be of another field by now.
      return (words[address >> 2] as number) >> 8 === numbers[column] ? address >> 2 : 0;
    }

    function kindOf(column: number): number {
      const word = entryOf(column);
      return word === 0 ? entry.end : (words[word] as number) & 255;
    }

    return {
      has: (column) => entryOf(column) !== 0,
      isSet(column) {
        const kind = kindOf(column);
        return kind !== entry.end && kind !== entry.null;
      },
      isTrue: (column) => kindOf(column) === entry.true,
      text(column) {
        const word = entryOf(column);
        if (word === 0) return undefined;
        const kind = (words[word] as number) & 255;
        if (kind === entry.string) return textOf('latin1', word) || undefined;
        if (kind !== entry.kept) return undefined;
        return keptText(numbers[column] as number, addresses[column] as number) || undefined;
      },
      count(column) {
        const word = entryOf(column);
        if (word === 0) return 0;
        return ((words[word] as number) & 255) === entry.number ? doubles[(word >> 1) + 1] : undefined;
      },
    };
  }

  const rows = new Map<Columns, LineRow | undefined>();
  return {
    look(start, end) {
      const behind = pick(layout.piece + start, layout.piece + end, shape);
      return behind === 0 ? -1 : behind - layout.piece;
    },
    value() {
      place = layout.tape;
      return object();
    },
    row(columns) {
      if (words[layout.odd >> 2] === 1) return undefined;
      let row = rows.get(columns);
      if (row === undefined && !rows.has(columns)) {
        row = rowOf(columns);
        rows.set(columns, row);
      }
      return row;
    },
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
