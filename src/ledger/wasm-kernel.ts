import type { Shape } from '../readers/pick.ts';
import { kernelBytes } from './kernel-code.ts';
import { layout } from './kernel-layout.ts';
import type { KernelExports } from './kernel-row.ts';
import { shapeTable } from './kernel-shapes.ts';
import { linePicker } from './kernel-tape.ts';
import type { LineKernel, LinePicker } from './line-kernel.ts';

interface Exports extends KernelExports {
  nextLine(from: number, until: number, needleLength: number): number;
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
  const kernel = exports as Exports;
  const { memory, nextLine } = kernel;
  const words = new Int32Array(memory.buffer);
  const piece = Buffer.from(memory.buffer, layout.piece, layout.pieceBytes);
  const needlePlace = Buffer.from(memory.buffer, layout.needle, longestNeedle);
  const shapes = shapeTable(memory.buffer);
  const pickers = new Map<Shape, LinePicker | undefined>();
  let needleThere: Buffer | undefined;
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
      let found = pickers.get(shape);
      if (found === undefined && !pickers.has(shape)) {
        const address = shapes.write(shape);
        found = address === undefined ? undefined : linePicker(kernel, address, shapes);
        pickers.set(shape, found);
      }
      return found;
    },
  };
}
