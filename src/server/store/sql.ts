/** What a statement takes and gives. Whole numbers above 2^53 - 1 never pass: reading one throws. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/**
 * One connection, most often within a transaction. Statements are written once for both stores: `$1` placeholders,
 * `ON CONFLICT`, `RETURNING`, `FILTER`; booleans are 0 and 1.
 */
export interface Sql {
  /** The rows of a statement. */
  all<Shape extends Row>(statement: string, values?: readonly Value[]): Promise<Shape[]>;
  /** How many rows it changed. */
  run(statement: string, values?: readonly Value[]): Promise<number>;
  /** Ends a SELECT that locks what it read of a table until the transaction ends; empty where only one may write at all. */
  lock(table: string): string;
  /** As `lock`, but others may lock it so as well: it only keeps from changing. */
  share(table: string): string;
  /** Lets no other transaction write a table until this one ends. */
  lockAll(table: string): Promise<void>;
  /**
   * Rows that a statement brings along, for `WITH told (names) AS (…)`, its values behind so many earlier ones. It is the
   * same statement for any number of rows, and its values are few.
   */
  given(types: readonly GivenType[], rows: readonly (readonly Value[])[], before: number): Given;
  /** Tells the planner that a table has become large or small. */
  analyze(table: string): Promise<void>;
  /** The sum of whole numbers as one, where a condition holds; 0 of none. An error where it is beyond 64 bits. */
  sum(expression: string, when?: string): string;
  /** Lets the statements of this transaction have the memory that adding up a whole organisation takes. */
  spacious(): Promise<void>;
}

/** What a column of given rows holds: whole numbers, or text in the order of its bytes. */
export type GivenType = 'whole' | 'text';

export interface Given {
  readonly text: string;
  readonly values: readonly Value[];
}

export type Operation<Order, Answer> = (sql: Sql, order: Order) => Promise<Answer>;

/** The first row, or undefined. */
export async function first<Shape extends Row>(
  sql: Sql,
  statement: string,
  values: readonly Value[] = [],
): Promise<Shape | undefined> {
  return (await sql.all<Shape>(statement, values))[0];
}

/** `($3, $4, $5, $5)`: an IN list after so many earlier values. Its length is a power of two, so that statements stay few. */
export function listOf(values: readonly Value[], before: number): { readonly text: string; readonly values: Value[] } {
  const padded = [...values];
  const last = values.at(-1);
  if (last === undefined) throw new RangeError('An IN list needs a value.');
  while (!isPowerOfTwo(padded.length)) padded.push(last);
  return { text: `(${padded.map((_value, index) => `$${before + 1 + index}`).join(', ')})`, values: padded };
}

/** Longest list of one statement; `inPieces` keeps below it. */
const longestList = 1024;

/** Does the work for pieces of a long list, one after the other. */
export async function inPieces<Item>(items: readonly Item[], work: (piece: readonly Item[]) => Promise<void>) {
  for (let start = 0; start < items.length; start += longestList) await work(items.slice(start, start + longestList));
}

/** Inserts rows by statements of 1, 2, 4 … 128 rows, `end` following the values (`ON CONFLICT …`). Answers how many it changed. */
export async function insertRows(
  sql: Sql,
  into: string,
  rows: readonly (readonly Value[])[],
  end = '',
): Promise<number> {
  let changed = 0;
  for (let start = 0; start < rows.length; ) {
    const size = Math.min(128, 2 ** Math.floor(Math.log2(rows.length - start)));
    const part = rows.slice(start, start + size);
    let place = 0;
    const tuples = part.map((row) => `(${row.map(() => `$${++place}`).join(', ')})`);
    changed += await sql.run(`INSERT INTO ${into} VALUES ${tuples.join(', ')} ${end}`, part.flat());
    start += size;
  }
  return changed;
}

/** A random id: a whole number from 1 to 2^53 - 1. */
export function newId(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low || 1;
}

/** Days are kept as days since 1970. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00Z`) / dayMs;
}

export function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

export function dayOfTime(time: number): number {
  return Math.floor(time / dayMs);
}

export const dayMs = 86_400_000;

/** The end of an aggregate that counts only where a condition holds. */
export function filter(when = ''): string {
  return when === '' ? '' : ` FILTER (WHERE ${when})`;
}

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

function isPowerOfTwo(length: number): boolean {
  return (length & (length - 1)) === 0;
}
