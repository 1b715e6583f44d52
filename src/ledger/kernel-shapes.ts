import type { Shape } from '../readers/pick.ts';
import { field, layout, node } from './kernel-layout.ts';

/** The shapes in the kernel's memory. */
export interface ShapeTable {
  /** Writes a shape and gives its node; undefined where there is no room for it, or no way to tell its names. */
  write(shape: Shape): number | undefined;
  /** The field at a path below a node; 0 where there is none. */
  fieldAt(address: number, path: readonly string[]): number;
  /** Writes a text of ASCII and gives its place; undefined where there is no room for it. */
  writeText(text: string): number | undefined;
  /** By a field's number: its name and where it stands. The number 0 is that of an element in an array. */
  readonly names: readonly string[];
  readonly fields: readonly number[];
}

const plainName = /^[!#-[\]-~]{1,32}$/;

export function shapeTable(memory: ArrayBuffer): ShapeTable {
  const words = new Int32Array(memory);
  const bytes = Buffer.from(memory);
  const names = [''];
  const fields = [0];
  let free: number = layout.tables;

  function allocate(size: number): number {
    const address = free;
    free += Math.ceil(size / 16) * 16;
    if (free > layout.tape) throw new RangeError('no room for a shape');
    return address;
  }

  function write(shape: Shape): number {
    const address = allocate(node.bytes);
    words.fill(0, address / 4, (address + node.bytes) / 4);
    for (const [name, inside] of Object.entries(shape)) {
      if (!plainName.test(name)) throw new RangeError('a name that is not plain');
      const added = allocate(field.bytes);
      const sameLength = address / 4 + name.length;
      words[(added + field.next) / 4] = words[sameLength] as number;
      words[(added + field.number) / 4] = names.push(name) - 1;
      fields.push(added);
      words[(added + field.inside) / 4] = inside === true ? 0 : write(inside);
      words[(added + field.lastLength) / 4] = -1;
      words[(added + field.line) / 4] = 0;
      bytes.write(name, added + field.name, 'latin1');
      words[sameLength] = added;
    }
    return address;
  }

  function orNothing(work: () => number): number | undefined {
    const before = free;
    try {
      return work();
    } catch {
      free = before;
      return undefined;
    }
  }

  return {
    names,
    fields,
    write: (shape) => orNothing(() => write(shape)),
    writeText: (text) =>
      orNothing(() => {
        const address = allocate(text.length);
        bytes.write(text, address, 'latin1');
        return address;
      }),
    fieldAt(address, path) {
      let inside = address;
      let found = 0;
      for (const name of path) {
        if (inside === 0) return 0;
        found = words[inside / 4 + name.length] as number;
        while (found !== 0 && names[words[(found + field.number) / 4] as number] !== name) {
          found = words[(found + field.next) / 4] as number;
        }
        if (found === 0) return 0;
        inside = words[(found + field.inside) / 4] as number;
      }
      return found;
    },
  };
}
