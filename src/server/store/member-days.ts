import type { UsageSums } from './records.ts';
import { listOf, pairsOf, type Row, type Sql } from './sql.ts';

/** The columns of sums about a member, in this order everywhere. */
export const sumColumns = ['tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req', 'est_tokens', 'usd', 'unpriced'] as const;

export type SumRow = Row & Readonly<Record<(typeof sumColumns)[number], number>>;

const cellTokens = 'c.tin + c.tout + c.tcr + c.tcw';

/** The same columns summed over cells c. A SUM of whole numbers is made one again, for PostgreSQL makes it a decimal. */
export const summedCells = [
  ...['tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req'].map((name) => whole(`SUM(c.${name})`, name)),
  whole(`COALESCE(SUM(${cellTokens}) FILTER (WHERE c.est = 1), 0)`, 'est_tokens'),
  whole('COALESCE(SUM(c.usd), 0)', 'usd'),
  whole(`COALESCE(SUM(${cellTokens}) FILTER (WHERE c.usd IS NULL), 0)`, 'unpriced'),
].join(', ');

/** Adds up days of members from their devices' cells. Answers who has a day of more than so many tokens among them. */
export async function addUpDays(
  sql: Sql,
  org: number,
  touched: readonly { readonly member: number; readonly day: number }[],
  improbable = Number.MAX_SAFE_INTEGER,
): Promise<ReadonlySet<number>> {
  const above = new Set<number>();
  for (let start = 0; start < touched.length; start += 256) {
    const part = touched.slice(start, start + 256);
    const members = listOf([...new Set(part.map(({ member }) => member))], 1);
    const days = listOf([...new Set(part.map(({ day }) => day))], 1 + members.values.length);
    const pairs = pairsOf(
      part.map(({ member, day }) => [member, day]),
      1 + members.values.length + days.values.length,
    );
    // The order of a CROSS JOIN is SQLite's order of reading; the lists are what it can look up.
    const rows = await sql.all<{ member: number; tokens: number }>(
      `INSERT INTO member_day (org, member, day, ${sumColumns.join(', ')})
       SELECT v.org, v.member, c.day, ${summedCells} FROM device v CROSS JOIN cell c
       WHERE v.org = $1 AND v.member IN ${members.text} AND c.org = v.org AND c.device = v.device
         AND c.day IN ${days.text} AND (v.member, c.day) IN ${pairs.text}
       GROUP BY v.org, v.member, c.day
       ON CONFLICT (org, member, day) DO UPDATE SET ${sumColumns.map((name) => `${name} = excluded.${name}`).join(', ')}
       RETURNING member, tin + tout + tcr + tcw AS tokens`,
      [org, ...members.values, ...days.values, ...pairs.values],
    );
    for (const { member, tokens } of rows) if (tokens > improbable) above.add(member);
  }
  return above;
}

export function sumsOf(row: SumRow): UsageSums {
  return {
    in: row.tin,
    out: row.tout,
    cr: row.tcr,
    cw: row.tcw,
    cw1: row.tcw1,
    rs: row.trs,
    req: row.req,
    estTokens: row.est_tokens,
    usd: row.usd,
    unpricedTokens: row.unpriced,
  };
}

function whole(expression: string, name: string): string {
  return `CAST(${expression} AS BIGINT) AS ${name}`;
}
