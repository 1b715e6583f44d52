import type { Json } from '../readers/json.ts';
import type { Shape } from '../readers/pick.ts';
import { kernelBytes } from './kernel-code.ts';
import { entry, entryBytes, field, layout, node } from './kernel-layout.ts';
import type { LineKernel } from './line-kernel.ts';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  nextLine(from: number, until: number, needleLength: number): number;
  pick(start: number, end: number, node: number): number;
}

/** What of WebAssembly is used; Node has it, its types do not. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
};

/** So much of a needle is compared as one block. */
const longestNeedle = 16;
const plainName = /^[!#-[\]-~]{1,32}$/;

/** Compiles the kernel; undefined where this machine has no WebAssembly, or not its wide instructions. */
export function wasmModuleOf(): object | undefined {
  try {
    return new WebAssembly.Module(kernelBytes());
  } catch {
    return undefined;
  }
}

/** The kernel as WebAssembly; undefined without a module. */
export function wasmKernel(module: object | undefined): LineKernel | undefined {
  return module === undefined ? undefined : newKernel(module);
}

function newKernel(module: object): LineKernel {
  const { exports } = new WebAssembly.Instance(module);
  const { memory, nextLine, pick } = exports as Exports;
  const words = new Int32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  const piece = Buffer.from(memory.buffer, layout.piece, layout.pieceBytes);
  const needlePlace = Buffer.from(memory.buffer, layout.needle, longestNeedle);
  const shapes = new Map<Shape, number>();
  /** By a field's number; 0 is that of an element in an array. */
  const names: string[] = [''];
  const lastStrings: string[] = [''];
  const addresses: number[] = [];
  let free: number = layout.tables;
  let needleThere: Buffer | undefined;
  let place = 0;

  function allocate(bytes: number): number {
    const address = free;
    free += Math.ceil(bytes / 16) * 16;
    if (free > layout.tape) throw new RangeError('no room for a shape');
    return address;
  }

  function addShape(shape: Shape): number {
    const address = allocate(node.bytes);
    for (const [name, inside] of Object.entries(shape)) {
      if (!plainName.test(name)) throw new RangeError('a name that is not plain');
      const bucket = address / 4 + name.length;
      const added = allocate(field.bytes);
      words[(added + field.next) / 4] = words[bucket] as number;
      words[(added + field.number) / 4] = names.push(name) - 1;
      words[(added + field.inside) / 4] = inside === true ? 0 : addShape(inside);
      words[(added + field.lastLength) / 4] = -1;
      Buffer.from(memory.buffer).write(name, added + field.name, 'latin1');
      words[bucket] = added;
      addresses.push(added);
      lastStrings.push('');
    }
    return address;
  }

  function shapeAt(shape: Shape): number {
    let address = shapes.get(shape);
    if (address === undefined) {
      const before = free;
      try {
        address = addShape(shape);
      } catch {
        address = 0;
        free = before;
      }
      shapes.set(shape, address);
    }
    return address;
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
      case entry.string: {
        const text = textAt('latin1', word);
        // Longer ones the kernel does not keep either.
        if (text.length < field.longestLast) lastStrings[number] = text;
        return text;
      }
      case entry.sameString:
        return lastStrings[number];
      case entry.number:
        return doubles[(word >> 1) + 1];
      case entry.true:
        return true;
      case entry.false:
        return false;
      case entry.null:
        return null;
      default:
        return parsed(textAt('utf8', word));
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

  function textAt(encoding: 'latin1' | 'utf8', word: number): string {
    const start = (words[word + 1] as number) - layout.piece;
    return piece.toString(encoding, start, (words[word + 2] as number) - layout.piece);
  }

  function parsed(text: string): Json | undefined {
    try {
      return JSON.parse(text) as Json;
    } catch {
      return undefined;
    }
  }

  /** What the kernel takes for a field's last string may never have come off the tape. */
  function forgetStrings(): undefined {
    for (const address of addresses) words[(address + field.lastLength) / 4] = -1;
    return undefined;
  }

  return {
    piece,
    nextLine(from, until, needle) {
      if (needle !== needleThere) {
        needle?.copy(needlePlace);
        needleThere = needle;
      }
      const length = Math.min(needle?.length ?? 0, longestNeedle);
      for (let start = from; start < until; start = this.lineEnd + 1) {
        if (nextLine(layout.piece + start, layout.piece + until, length) === 0) return false;
        // Only the beginning of a longer needle was looked for.
        if (needle === undefined || needle.length === length) return true;
        if (piece.subarray(this.lineStart, this.lineEnd).includes(needle)) return true;
      }
      return false;
    },
    get lineStart() {
      return (words[layout.lineStart / 4] as number) - layout.piece;
    },
    get lineEnd() {
      return (words[layout.lineEnd / 4] as number) - layout.piece;
    },
    picker(shape) {
      const address = shapeAt(shape);
      if (address === 0) return undefined;
      return (start, end) => {
        const behind = pick(layout.piece + start, layout.piece + end, address);
        if (behind === 0) return forgetStrings();
        place = layout.tape;
        const value = object();
        return value === undefined ? forgetStrings() : { value, end: behind - layout.piece };
      };
    },
  };
}
