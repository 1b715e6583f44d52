import type { Json } from './json.ts';

/** The fields that are wanted of a JSON object: `true` takes a value whole, a shape looks inside; arrays apply it to each element. */
export type Shape = { readonly [key: string]: true | Shape };

/** What was picked, and where the text behind it begins. */
export interface Picked {
  readonly value: Json;
  readonly end: number;
}

/** One wanted field, ready for comparison with bytes. `last` is its latest string, since most repeat from line to line. */
interface Wanted {
  readonly name: string;
  readonly inside: Fields | undefined;
  last: string;
}

/** The wanted fields of an object by the length of their names, which tells most names apart. */
type Fields = readonly (readonly Wanted[] | undefined)[];

/** No log needs more; a broken one must not take all memory. What is larger or deeper is null, what is longer is cut. */
const mostBytes = 4 * 1024 * 1024;
const mostElements = 1_000_000;
const mostDepth = 64;

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
const comma = 44;
const colon = 58;

const compiled = new WeakMap<Shape, Fields>();

/**
 * The wanted fields of the JSON value that begins at `start`: what `JSON.parse` gives, less all that no shape names, many
 * times faster for a line of which little is wanted. Undefined where the text is cut or is no JSON.
 */
export function pick(bytes: Buffer, start: number, end: number, shape: Shape): Picked | undefined {
  const cursor = new Cursor(bytes, start, end);
  const value = cursor.value(wantedOf(shape));
  return value === undefined ? undefined : { value, end: cursor.at };
}

function wantedOf(shape: Shape): Fields {
  const known = compiled.get(shape);
  if (known !== undefined) return known;
  const fields: Wanted[][] = [];
  for (const [name, inside] of Object.entries(shape)) {
    const field = { name, inside: inside === true ? undefined : wantedOf(inside), last: '' };
    fields[name.length] = [...(fields[name.length] ?? []), field];
  }
  // Without holes the engine looks places up faster.
  const dense = Array.from(fields);
  compiled.set(shape, dense);
  return dense;
}

/** Walks over bytes; every method leaves `at` behind what it read, and gives undefined (or false) where the text is cut or wrong. */
class Cursor {
  at: number;
  private depth = 0;
  /** Levels of the value that was skipped last. */
  private deepest = 0;
  private readonly bytes: Buffer;
  private readonly end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  value(wanted: Fields): Json | undefined {
    const first = this.peek();
    if (first !== openBrace && first !== openBracket) return this.whole(undefined);
    if (this.depth === mostDepth) return this.skipValue() ? null : undefined;
    this.depth++;
    const value = first === openBrace ? this.object(wanted) : this.array(wanted);
    this.depth--;
    return value;
  }

  /** The next byte that is no white space; -1 at the end. */
  private peek(): number {
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      this.at++;
    }
    return -1;
  }

  private object(wanted: Fields): Json | undefined {
    const found: { [key: string]: Json | undefined } = {};
    this.at++;
    if (this.peek() === closeBrace) {
      this.at++;
      return found;
    }
    for (;;) {
      if (this.peek() !== quote) return undefined;
      const field = this.name(wanted);
      if (field === null || this.peek() !== colon) return undefined;
      this.at++;
      if (field === undefined) {
        if (!this.skipValue()) return undefined;
      } else {
        const value = field.inside === undefined ? this.whole(field) : this.value(field.inside);
        if (value === undefined) return undefined;
        found[field.name] = value;
      }
      const next = this.peek();
      this.at++;
      if (next === closeBrace) return found;
      if (next !== comma) return undefined;
    }
  }

  private array(wanted: Fields): Json | undefined {
    const found: Json[] = [];
    this.at++;
    if (this.peek() === closeBracket) {
      this.at++;
      return found;
    }
    for (;;) {
      const value = this.value(wanted);
      if (value === undefined) return undefined;
      if (found.length < mostElements) found.push(value);
      const next = this.peek();
      this.at++;
      if (next === closeBracket) return found;
      if (next !== comma) return undefined;
    }
  }

  /** Reads a field's name: the wanted field of that name, undefined where it is not wanted, null where the text is cut. */
  private name(wanted: Fields): Wanted | undefined | null {
    const bytes = this.bytes;
    const start = this.at + 1;
    const end = this.end;
    let plain = true;
    let i = start;
    for (;;) {
      if (i >= end) return null;
      const byte = bytes[i] as number;
      if (byte === quote) break;
      if (byte === backslash) i++;
      plain = plain && byte !== backslash && byte <= 126;
      i++;
    }
    this.at = i + 1;
    if (!plain) {
      const name = this.parse(start - 1, i + 1);
      return wanted.flat().find((field) => field?.name === name);
    }
    const length = i - start;
    const candidates = length < wanted.length ? wanted[length] : undefined;
    if (candidates !== undefined) {
      for (const field of candidates) if (sameText(field.name, bytes, start)) return field;
    }
    return undefined;
  }

  /** A value that is wanted whole. */
  private whole(field: Wanted | undefined): Json | undefined {
    const first = this.peek();
    const start = this.at;
    if (first === quote) return this.string(field);
    if (first === openBrace || first === openBracket) {
      if (!this.skipValue()) return undefined;
      return this.at - start > mostBytes || this.deepest > mostDepth ? null : this.parse(start, this.at);
    }
    let sum = 0;
    let digits = 0;
    while (this.at < this.end) {
      const digit = (this.bytes[this.at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      sum = sum * 10 + digit;
      digits++;
      this.at++;
    }
    if (!this.skipScalar(start)) return undefined;
    const plain = digits > 0 && digits < 16 && this.at === start + digits && (digits === 1 || this.bytes[start] !== 48);
    return plain ? sum : this.parse(start, this.at);
  }

  private string(field: Wanted | undefined): Json | undefined {
    const start = this.at;
    if (!this.skipString()) return undefined;
    const length = this.at - start - 2;
    const last = field?.last;
    if (last !== undefined && length > 0 && last.length === length && sameText(last, this.bytes, start + 1))
      return last;
    for (let i = start + 1; i < this.at - 1; i++) {
      const byte = this.bytes[i] as number;
      if (byte === backslash || byte > 126 || byte < 32) return this.parse(start, this.at);
    }
    const text = this.bytes.toString('latin1', start + 1, this.at - 1);
    if (field !== undefined && length < 256) field.last = text;
    return text;
  }

  private parse(start: number, end: number): Json | undefined {
    try {
      return JSON.parse(this.bytes.toString('utf8', start, end)) as Json;
    } catch {
      return undefined;
    }
  }

  private skipValue(): boolean {
    const first = this.peek();
    if (first === quote) return this.skipString();
    if (first !== openBrace && first !== openBracket) return this.skipScalar(this.at);
    const bytes = this.bytes;
    const end = this.end;
    let depth = 0;
    let deepest = 0;
    for (let i = this.at; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === quote) {
        i = stringEnd(bytes, i, end) - 1;
        if (i < 0) return false;
      } else if (byte === openBrace || byte === openBracket) {
        depth++;
        if (depth > deepest) deepest = depth;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth--;
        if (depth === 0) {
          this.deepest = deepest;
          this.at = i + 1;
          return true;
        }
      }
    }
    return false;
  }

  /** Numbers and words end before a comma, a bracket or white space; one at the very end may be cut, so it does not count. */
  private skipScalar(start: number): boolean {
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number;
      if (byte === comma || byte === closeBrace || byte === closeBracket || byte <= 32) return this.at > start;
      this.at++;
    }
    return false;
  }

  private skipString(): boolean {
    const end = stringEnd(this.bytes, this.at, this.end);
    if (end < 0) return false;
    this.at = end;
    return true;
  }
}

/** So many bytes of a string are looked at one by one before the next quote is searched for. */
const lookBytes = 48;

/**
 * Behind the string that begins at a quote; -1 where it is cut. Short strings are quickest byte by byte, long ones by the
 * native search for the next quote.
 */
function stringEnd(bytes: Buffer, start: number, end: number): number {
  let i = start + 1;
  for (;;) {
    const pause = Math.min(i + lookBytes, end);
    while (i < pause) {
      const byte = bytes[i] as number;
      if (byte === quote) return i + 1;
      i += byte === backslash ? 2 : 1;
    }
    if (i >= end) return -1;
    const next = bytes.indexOf(quote, i);
    if (next < 0 || next >= end) return -1;
    let slashes = next;
    while (slashes > i && bytes[slashes - 1] === backslash) slashes--;
    i = next + 1;
    if ((next - slashes) % 2 === 0) return i;
  }
}

/** Whether ASCII text stands at a place; text with other characters never does, and takes the slow way. */
function sameText(text: string, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
