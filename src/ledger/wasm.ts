/**
 * A small assembler for WebAssembly: functions here give instructions as bytes, so that code which must be fast can be written
 * in this language, nested like any expression, without a compiler beside it.
 */

/** Instructions, as bytes, nested as they were written. */
export type Code = readonly (number | Code)[];
/** Instructions that leave a value on the stack. A number stands for itself, as 32 bits. */
export type Value = Code | number;
/** A variable: as code, it reads itself. */
export type Variable = readonly [read: number, index: number];
export type ValueType = keyof typeof valueTypes;

const valueTypes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
const noResult = 0x40;

export const add = (a: Value, b: Value): Code => binary(a, b, 0x6a);
export const sub = (a: Value, b: Value): Code => binary(a, b, 0x6b);
export const mul = (a: Value, b: Value): Code => binary(a, b, 0x6c);
export const and = (a: Value, b: Value): Code => binary(a, b, 0x71);
export const or = (a: Value, b: Value): Code => binary(a, b, 0x72);
export const xor = (a: Value, b: Value): Code => binary(a, b, 0x73);
export const shiftLeft = (a: Value, b: Value): Code => binary(a, b, 0x74);
export const shiftRight = (a: Value, b: Value): Code => binary(a, b, 0x76);
export const rotateLeft = (a: Value, b: Value): Code => binary(a, b, 0x77);
export const equal = (a: Value, b: Value): Code => binary(a, b, 0x46);
export const unequal = (a: Value, b: Value): Code => binary(a, b, 0x47);
/** Comparisons take both sides for unsigned. */
export const less = (a: Value, b: Value): Code => binary(a, b, 0x49);
export const greater = (a: Value, b: Value): Code => binary(a, b, 0x4b);
export const atLeast = (a: Value, b: Value): Code => binary(a, b, 0x4f);
export const not = (a: Value): Code => [value(a), 0x45];
/** The place of the lowest bit that is set, and how many bits above the highest one are not. */
export const lowestBit = (a: Value): Code => [value(a), 0x68];
export const leadingZeros = (a: Value): Code => [value(a), 0x67];

export const byteAt = (at: Value, offset = 0): Code => [value(at), 0x2d, 0, unsigned(offset)];
export const wordAt = (at: Value, offset = 0): Code => [value(at), 0x28, 0, unsigned(offset)];
export const setWord = (at: Value, word: Value, offset = 0): Code => [
  value(at),
  value(word),
  0x36,
  0,
  unsigned(offset),
];
export const setDouble = (at: Value, double: Code, offset = 0): Code => [value(at), double, 0x39, 0, unsigned(offset)];
/** `sum * 10 + digit`. */
export const withDigit = (sum: Code, digit: Value): Code => [
  [sum, 0x44, ...new Uint8Array(new Float64Array([10]).buffer), 0xa2],
  [value(digit), 0xb8, 0xa0],
];

/** Sixteen bytes at once. */
export const blockAt = (at: Value, offset = 0): Code => [value(at), 0xfd, 0x00, 0, unsigned(offset)];
export const setBlock = (at: Value, block: Code): Code => [value(at), block, 0xfd, 0x0b, 0, 0];
export const everyByte = (byte: Value): Code => [value(byte), 0xfd, 0x0f];
export const sameBytes = (a: Code, b: Code): Code => [a, b, 0xfd, 0x23];
/** Both sides are taken for signed: what is no ASCII is below zero. */
export const lessBytes = (a: Code, b: Code): Code => [a, b, 0xfd, 0x25];
export const eitherBits = (a: Code, b: Code): Code => [a, b, 0xfd, 0x50];
export const bothBits = (a: Code, b: Code): Code => [a, b, 0xfd, 0x4e];
/** One bit for each of the sixteen bytes that hold true. */
export const bitsOf = (block: Code): Code => [block, 0xfd, 0x64];

/** Gives a variable a value. */
export const set = ([read, index]: Variable, to: Value): Code => [value(to), read + 1, index];
/** Ends the function. */
export const give = (result: Value): Code => [value(result), 0x0f];
/** Leaves out what an instruction gives. */
export const drop = (unused: Code): Code => [unused, 0x1a];

function value(of: Value): Code {
  return typeof of === 'number' ? [0x41, ...signed(of)] : of;
}

function binary(a: Value, b: Value, instruction: number): Code {
  return [value(a), value(b), instruction];
}

/** What a function's body is written with. */
export interface Body {
  variable(type?: ValueType): Variable;
  /** What is done again whenever it comes to `again`, or to `again` with a condition that holds. */
  loop(body: (again: (condition?: Value) => Code) => readonly Value[]): Code;
  when(condition: Value, then: () => readonly Value[], otherwise?: () => readonly Value[]): Code;
}

/** Calls a function of the module. */
export type Call = (...args: readonly Value[]) => Code;

/** Writes a function's body. */
export type Write = (body: Body, ...parameters: Variable[]) => readonly Value[];

/** A module in the making. All functions take 32-bit numbers and give one. */
export interface Module {
  global(): Variable;
  /** Names a function with so many parameters, so that others can call it before it is defined. */
  declare(name: string, parameters: number): Call;
  /** Its last code gives the result. */
  define(call: Call, write: Write): void;
  /** The module's bytes: it exports `memory`, of so many pages of 64 kB, and all functions by their names. */
  bytes(pages: number): Uint8Array<ArrayBuffer>;
}

interface Declared {
  readonly name: string;
  readonly parameters: number;
  code: readonly number[];
}

export function wasmModule(): Module {
  const functions = new Map<Call, Declared>();
  let globals = 0;
  return {
    global: () => [0x23, globals++],
    declare(name, parameters) {
      const index = functions.size;
      const call: Call = (...args) => [args.map(value), 0x10, unsigned(index)];
      functions.set(call, { name, parameters, code: [] });
      return call;
    },
    define(call, write) {
      const declared = functions.get(call);
      if (declared !== undefined) declared.code = codeOf(declared.parameters, write);
    },
    bytes(pages) {
      const all = [...functions.values()];
      const types = all.map(({ parameters }) => [
        0x60,
        list(Array<Code>(parameters).fill([valueTypes.i32])),
        1,
        valueTypes.i32,
      ]);
      return Uint8Array.from(
        bytesOf([
          [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
          section(1, list(types)),
          section(3, list(all.map((_, index) => unsigned(index)))),
          section(5, list([[0, unsigned(pages)]])),
          section(6, list(Array.from({ length: globals }, () => [valueTypes.i32, 1, 0x41, 0, 0x0b]))),
          section(7, list([[text('memory'), 2, 0], ...all.map(({ name }, index) => [text(name), 0, unsigned(index)])])),
          section(10, list(all.map(({ code }) => [unsigned(code.length), code]))),
        ]),
      );
    },
  };
}

function codeOf(parameters: number, write: Write): readonly number[] {
  const variables: number[] = [];
  // How deep the code that is being written lies in loops and conditions: a jump names its target by the distance.
  let depth = 0;
  const inside = (body: () => readonly Value[]): Code => {
    depth++;
    const code = body().map(value);
    depth--;
    return code;
  };
  const body: Body = {
    variable: (type = 'i32') => [0x20, parameters + variables.push(valueTypes[type]) - 1],
    loop(write) {
      const target = depth + 1;
      const again = (condition?: Value): Code =>
        condition === undefined ? [0x0c, depth - target] : [value(condition), 0x0d, depth - target];
      return [0x03, noResult, inside(() => write(again)), 0x0b];
    },
    when(condition, then, otherwise) {
      const other = otherwise === undefined ? [] : [0x05, inside(otherwise)];
      return [value(condition), 0x04, noResult, inside(then), other, 0x0b];
    },
  };
  const own = Array.from({ length: parameters }, (_, index): Variable => [0x20, index]);
  const code = write(body, ...own).map(value);
  return bytesOf([list(variables.map((type) => [1, type])), code, 0x0b]);
}

function section(id: number, content: Code): Code {
  const bytes = bytesOf(content);
  return [id, unsigned(bytes.length), bytes];
}

function list(elements: readonly Code[]): Code {
  return [unsigned(elements.length), elements];
}

function text(of: string): Code {
  return [unsigned(of.length), [...Buffer.from(of)]];
}

function unsigned(number: number): Code {
  return number < 128 ? [number] : [(number & 127) | 128, unsigned(number >>> 7)];
}

function signed(number: number): Code {
  return number >= -64 && number < 64 ? [number & 127] : [(number & 127) | 128, signed(number >> 7)];
}

function bytesOf(code: Code, into: number[] = []): readonly number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part);
    else bytesOf(part, into);
  }
  return into;
}
