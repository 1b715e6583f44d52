/** A parsed JSON value of unknown shape: logs are written by others, so every field is doubted. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A field of an object; undefined where the value is no object or has no such field. */
export function field(value: Json | undefined, name: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json | undefined })[name]
    : undefined;
}

/** A field at a path of names: `at(line, 'message', 'usage')`. */
export function at(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  let found = value;
  for (const name of names) found = field(found, name);
  return found;
}

/** The elements of an array; none where the value is no array. */
export function elements(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of an object, in their order; none where the value is no object. */
export function entries(value: Json | undefined): readonly (readonly [string, Json])[] {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (Object.entries(value) as [string, Json][])
    : [];
}

/** A non-empty string, else undefined. */
export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number, also one written as a string; else undefined. */
export function number(value: Json | undefined): number | undefined {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** A token count: a whole number from 0; anything else (null, absent, negative, text) counts as 0. */
export function count(value: Json | undefined): number {
  const found = number(value);
  return found !== undefined && found > 0 ? Math.floor(found) : 0;
}

/** Epoch milliseconds of an ISO date, or of epoch seconds, milliseconds, microseconds or nanoseconds; else undefined. */
export function time(value: Json | undefined): number | undefined {
  if (typeof value === 'string' && value.length === 24 && value.endsWith('Z')) return utcTime(value);
  if (typeof value === 'string' && !/^\d+(\.\d+)?$/.test(value)) {
    const parsed = Date.parse(value);
    return Number.isFinite(parsed) ? parsed : undefined;
  }
  const found = number(value);
  if (found === undefined || found <= 0) return undefined;
  if (found < 1e11) return Math.round(found * 1000);
  if (found < 1e14) return Math.round(found);
  return Math.round(found < 1e17 ? found / 1e3 : found / 1e6);
}

let lastDay = '';
let lastMidnight = Number.NaN;

/** Most dates are written alike, and mostly of one day: `Date.parse` is asked once a day and the rest is digits. */
function utcTime(text: string): number | undefined {
  const day = text.slice(0, 11);
  if (day !== lastDay) {
    lastDay = day;
    lastMidnight = Date.parse(`${day}00:00:00.000Z`);
  }
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  const seconds = digits(text, 17, 2);
  const plain = text[13] === ':' && text[16] === ':' && text[19] === '.' && hours < 24 && minutes < 60 && seconds < 60;
  const found = plain
    ? lastMidnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + digits(text, 20, 3)
    : Date.parse(text);
  return Number.isFinite(found) ? found : undefined;
}

function digits(text: string, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    sum = sum * 10 + digit;
  }
  return sum;
}
