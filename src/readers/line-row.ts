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
  /** A whole number from 0; undefined for anything else that is there, 0 where nothing is. */
  count(column: number): number | undefined;
}
