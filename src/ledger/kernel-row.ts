import type { LineRow } from '../readers/line-row.ts';
import type { Columns } from '../readers/reader.ts';
import { entry, field, layout } from './kernel-layout.ts';
import type { ShapeTable } from './kernel-shapes.ts';

/** What the kernel does with a line. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  pick(start: number, end: number, node: number): number;
  hash(prefix: number, prefixLength: number, at: number, length: number): number;
  clock(at: number): number;
}

/** The row of some columns of a shape: it reads the entries of its fields straight from the tape. Undefined where it has no such fields. */
export function lineRow(
  { memory, hash, clock }: KernelExports,
  shape: number,
  { fieldAt, writeText }: ShapeTable,
  columns: Columns,
): LineRow | undefined {
  const addresses = Int32Array.from(columns, (path) => fieldAt(shape, path));
  if (addresses.includes(0)) return undefined;
  const words = new Int32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  const bytes = Buffer.from(memory.buffer);
  const lines = addresses.map((address) => (address + field.line) >> 2);
  const entries = addresses.map((address) => (address + field.entry) >> 2);
  /** What was made of a column's text, and of which generation that was. */
  const texts: string[] = columns.map(() => '');
  const textsOf = new Int32Array(columns.length);
  const keys = new Float64Array(columns.length);
  const keysOf = new Int32Array(columns.length);
  let prefixThere: string | undefined;
  let prefixPlace = 0;
  let day = Number.NaN;
  let dayOf = 0;

  /** The word of a field's entry in the line last looked at; 0 where it has none. */
  function entryOf(column: number): number {
    if (words[lines[column] as number] !== words[layout.line >> 2]) return 0;
    return (words[entries[column] as number] as number) >> 2;
  }

  function kindOf(column: number): number {
    const word = entryOf(column);
    return word === 0 ? entry.end : (words[word] as number) & 255;
  }

  /** Most strings repeat from line to line, and are made only once. */
  function keptText(column: number): string {
    const address = addresses[column] as number;
    const generation = words[(address + field.generation) >> 2] as number;
    if (textsOf[column] !== generation) {
      const start = address + field.last;
      texts[column] = bytes.toString('latin1', start, start + (words[(address + field.lastLength) >> 2] as number));
      textsOf[column] = generation;
    }
    return texts[column] as string;
  }

  /** A row's keys all begin alike. */
  function isPrefix(prefix: string): boolean {
    if (prefixThere === undefined) {
      const place = writeText(prefix);
      if (place === undefined) return false;
      prefixPlace = place;
      prefixThere = prefix;
    }
    return prefix === prefixThere;
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
      if (kind === entry.kept) return keptText(column) || undefined;
      return kind === entry.string ? bytes.toString('latin1', words[word + 1], words[word + 2]) : undefined;
    },
    count(column) {
      const word = entryOf(column);
      if (word === 0) return 0;
      return ((words[word] as number) & 255) === entry.number ? doubles[(word >> 1) + 1] : undefined;
    },
    time(column) {
      if (kindOf(column) !== entry.kept) return undefined;
      const address = addresses[column] as number;
      if (words[(address + field.lastLength) >> 2] !== 24) return undefined;
      const sinceMidnight = clock(address + field.last) - 1;
      if (sinceMidnight < 0) return undefined;
      const changes = words[layout.dayChanges >> 2] as number;
      if (changes !== dayOf) {
        day = Date.parse(`${bytes.toString('latin1', layout.day, layout.day + 11)}00:00:00.000Z`);
        dayOf = changes;
      }
      return Number.isNaN(day) ? undefined : day + sinceMidnight;
    },
    key(prefix, column) {
      if (kindOf(column) !== entry.kept) return undefined;
      const address = addresses[column] as number;
      const length = words[(address + field.lastLength) >> 2] as number;
      if (length === 0 || !isPrefix(prefix)) return undefined;
      const generation = words[(address + field.generation) >> 2] as number;
      if (keysOf[column] !== generation) {
        const low = hash(prefixPlace, prefix.length, address + field.last, length);
        keys[column] = ((words[layout.hashHigh >> 2] as number) & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
        keysOf[column] = generation;
      }
      return keys[column];
    },
  };
}
