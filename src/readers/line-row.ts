/**
 * Some fields of a line by the places of their paths in a list: for readers of which millions of lines are asked, as nothing is
 * made of the others. All values are plain: strings without escapes, whole numbers, true, false, null.
 */
export interface LineRow {
  /** Whether there is such a field, and whether it is not null. */
  has(column: number): boolean;
  isSet(column: number): boolean;
  isTrue(column: number): boolean;
  /** As `text` in json.ts: a string that is not empty, else undefined. */
  text(column: number): string | undefined;
  /** The time of a UTC date in the most usual form, `2026-05-12T12:00:00.000Z`, epoch milliseconds; undefined for anything else. */
  time(column: number): number | undefined;
  /** A request's key: a prefix of ASCII, always the same, and a text that is not empty. Undefined where there is none. */
  key(prefix: string, column: number): number | undefined;
  /** A whole number from 0; undefined for anything else that is there, 0 where nothing is. */
  count(column: number): number | undefined;
}
