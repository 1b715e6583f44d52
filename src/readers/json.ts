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
