import type { Json } from '../readers/json.ts';
import type { LineRow } from '../readers/line-row.ts';
import type { Shape } from '../readers/pick.ts';
import type { Columns } from '../readers/reader.ts';
import { layout } from './kernel-layout.ts';
import { wasmKernel, wasmModuleOf } from './wasm-kernel.ts';

/** What looks at pieces of logs: a piece is read into its memory, and searched there. */
export interface LineKernel {
  /** Holds a piece. What is searched for lines ends with a line feed. */
  readonly piece: Buffer;
  /**
   * Finds the next line from a place on that holds a needle (without one any line): then `lineStart` and `lineEnd` are its
   * bounds, the line feed left out.
   */
  nextLine(from: number, until: number, needle: Buffer | undefined): boolean;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** A quick way to look at objects in the piece; undefined where there is none for a shape. */
  picker(shape: Shape): LinePicker | undefined;
}

/** What `pick` does, many times faster, for bytes in the piece. */
export interface LinePicker {
  /** Looks at the object that begins at a place: gives the place behind it, or -1 where only `pick` can tell. */
  look(start: number, end: number): number;
  /** What was looked at last, as `pick` gives it; undefined where only that can tell. */
  value(): Json | undefined;
  /** What is looked at, by the places of paths in a list; undefined where there is no such row. It holds after a look at what is plain. */
  row(columns: Columns): LineRow | undefined;
  /** Whether all that was looked at last is plain, each field once. */
  isPlain(): boolean;
}

let kernel: LineKernel | undefined;

/** The kernel of this thread. */
export function lineKernel(): LineKernel {
  kernel ??= wasmKernel(kernelModule()) ?? plainKernel();
  return kernel;
}

let module: object | undefined;

/** The compiled kernel, which another thread may use as well; undefined where this machine cannot run it. */
export function kernelModule(): object | undefined {
  module ??= wasmModuleOf();
  return module;
}

/** Makes this thread use a kernel that another one has compiled, before it reads anything. */
export function useKernelModule(compiled: object | undefined): void {
  module ??= compiled;
}

/** Does the same with what every Node has. */
export function plainKernel(): LineKernel {
  const newline = 10;
  const piece = Buffer.allocUnsafeSlow(layout.pieceBytes);
  let lineStart = 0;
  let lineEnd = 0;
  return {
    piece,
    nextLine(from, until, needle) {
      const hit = needle === undefined ? from : piece.indexOf(needle, from);
      if (hit < 0 || hit >= until) return false;
      lineStart = Math.max(from, hit > 0 ? piece.lastIndexOf(newline, hit - 1) + 1 : 0);
      lineEnd = piece.indexOf(newline, hit);
      return true;
    },
    get lineStart() {
      return lineStart;
    },
    get lineEnd() {
      return lineEnd;
    },
    picker: () => undefined,
  };
}
