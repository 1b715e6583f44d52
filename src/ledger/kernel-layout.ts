/**
 * Where things lie in the kernel's memory. A line's bounds are told in the first words; behind a
 * piece there is room for what is looked at in blocks of sixteen bytes.
 */
export const layout = {
  lineStart: 0,
  lineEnd: 4,
  tapeEnd: 8,
  /** 1 where the line last picked holds more than plain values, each field once. */
  odd: 12,
  needle: 16,
  /** The number of the line last picked. */
  line: 32,
  /** The upper half of a hash. */
  hashHigh: 36,
  /** The day of the latest time, as it is written, and how often it was another one than before. */
  dayChanges: 40,
  day: 48,
  tables: 64,
  tape: 448 * 1024,
  tapeLimit: 506 * 1024,
  piece: 512 * 1024,
  pieceBytes: 256 * 1024,
  pages: 13,
} as const;

/** What an entry of the tape is; it stands in its first byte, with the field's number above it. */
export const entry = {
  end: 0,
  object: 1,
  array: 2,
  /** A string of plain characters, from one address to another. */
  string: 3,
  /** A string that the field keeps. */
  kept: 4,
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

/**
 * A wanted field: the next one of the same length, its number, the node inside it (0 for a value that is wanted whole), its
 * latest short string, as most repeat from line to line, a number that tells whether that is another one than before, where
 * its latest entry stands on the tape, and of which line that is.
 */
export const field = {
  next: 0,
  number: 4,
  inside: 8,
  lastLength: 12,
  name: 16,
  last: 48,
  longestLast: 240,
  entry: 288,
  generation: 292,
  line: 296,
  bytes: 48 + 256,
} as const;
