/**
 * Where things lie in the kernel's memory. A line's bounds are told in the first words; behind a
 * piece there is room for what is looked at in blocks of sixteen bytes.
 */
export const layout = {
  lineStart: 0,
  lineEnd: 4,
  needle: 16,
  tables: 64,
  tape: 192 * 1024,
  tapeLimit: 250 * 1024,
  piece: 256 * 1024,
  pieceBytes: 256 * 1024,
  pages: 9,
} as const;

/** What an entry of the tape is; it stands in its first byte, with the field's number above it. */
export const entry = {
  end: 0,
  object: 1,
  array: 2,
  /** A string of plain characters, from one address to another. */
  string: 3,
  /** The same string as this field had the last time. */
  sameString: 4,
  /** A whole number, as a double in the second half of the entry. */
  number: 5,
  /** Any other value, from one address to another. */
  text: 6,
  true: 7,
  false: 8,
  null: 9,
} as const;
export const entryBytes = 16;

/** A node of a shape: for each length of a name the address of the first field of that length, or 0. */
export const node = { longestName: 32, bytes: 33 * 4 } as const;

/** A wanted field: the next one of the same length, its number, the node inside it (0 for a value that is wanted whole). */
export const field = {
  next: 0,
  number: 4,
  inside: 8,
  lastLength: 12,
  name: 16,
  last: 48,
  longestLast: 240,
  bytes: 48 + 256,
} as const;
