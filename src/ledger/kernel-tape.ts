import type { Json } from '../readers/json.ts';
import { entry, entryBytes, field, layout } from './kernel-layout.ts';
import { type KernelExports, lineRow } from './kernel-row.ts';
import type { ShapeTable } from './kernel-shapes.ts';
import type { LinePicker } from './line-kernel.ts';

/** Looks at objects with the kernel, and reads what that has written on the tape. */
export function linePicker(kernel: KernelExports, shape: number, table: ShapeTable): LinePicker {
  const { pick } = kernel;
  const { names, fields } = table;
  const memory = kernel.memory.buffer;
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

  return {
    look(start, end) {
      const behind = pick(layout.piece + start, layout.piece + end, shape);
      return behind === 0 ? -1 : behind - layout.piece;
    },
    value() {
      place = layout.tape;
      return object();
    },
    row: (columns) => lineRow(kernel, shape, table, columns),
    isPlain: () => words[layout.odd >> 2] === 0,
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
