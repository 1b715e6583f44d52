import { type ClientBase, types } from 'pg';
import { filter, type GivenType, type Row, type Sql, type Value } from './sql.ts';

const int8 = 20;
const numeric = 1700;

/** How values of the database become JavaScript's: whole numbers exactly, or not at all. */
export const exactTypes: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser: ((type: number, format: 'text' | 'binary') =>
    type === int8 || type === numeric
      ? wholeNumber
      : format === 'binary'
        ? types.getTypeParser(type, 'binary')
        : types.getTypeParser(type, 'text')) as typeof types.getTypeParser,
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('The database has a number that is too large to be exact.');
  return value;
}

/** PostgreSQL adds up whole numbers as decimals, which takes several times as long. */
export const wholeSum = `DO $$ BEGIN
  IF to_regprocedure('whole_sum(bigint)') IS NULL THEN
    CREATE AGGREGATE whole_sum(bigint) (
      SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);
  END IF;
END $$`;

const names = new Map<string, string>();

/** Statements are prepared once a connection, under a short name. */
export function sqlOf(client: ClientBase): Sql {
  const query = (text: string, values: readonly Value[] = []) => {
    const statement = { text, values: [...values] };
    return client.query<Row>(values.length === 0 ? statement : { ...statement, name: nameOf(text) });
  };
  return {
    all: async <Shape extends Row>(text: string, values?: readonly Value[]) =>
      (await query(text, values)).rows as Shape[],
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
    lock: (table) => `FOR UPDATE OF ${table}`,
    share: (table) => `FOR SHARE OF ${table}`,
    given: (types, rows, before) => ({
      text: unnested(types, before),
      values: types.map((type, column) => arrayOf(type, rows, column)),
    }),
    analyze: async (table) => void (await client.query(`ANALYZE ${table}`)),
    sum: (expression, when) => `whole_sum(${expression})${filter(when)}`,
    async spacious() {
      // The planner expects far more groups than there are, and would sort millions of rows on the disk.
      for (const setting of [`work_mem = '128MB'`, 'enable_sort = off', 'enable_nestloop = off']) {
        await client.query(`SET LOCAL ${setting}`);
      }
    },
    lockAll: async (table) => void (await client.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`)),
  };
}

/**
 * A column an array: that takes far less to read than as many values. An array that stands in a SELECT of its own hides its
 * length from the planner, which else finds that few rows deserve a plan of their own, and plans for longer than it works.
 */
function unnested(types: readonly GivenType[], before: number): string {
  const names = types.map((_type, index) => `c${index}`);
  const arrays = types.map(
    (type, index) => `(SELECT $${before + 1 + index}::${type === 'whole' ? 'bigint' : 'text'}[])`,
  );
  const columns = types.map((type, index) => (type === 'whole' ? `c${index}` : `c${index} COLLATE "C"`));
  return `SELECT ${columns.join(', ')} FROM unnest(${arrays.join(', ')}) AS given (${names.join(', ')})`;
}

/** One column of rows as the text of an array. */
function arrayOf(type: GivenType, rows: readonly (readonly Value[])[], column: number): string {
  let text = '{';
  for (const row of rows) {
    const value = row[column] ?? null;
    if (text.length > 1) text += ',';
    if (value === null) text += 'NULL';
    else text += type === 'whole' ? value : `"${String(value).replace(/["\\]/g, '\\$&')}"`;
  }
  return `${text}}`;
}

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `s${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}
