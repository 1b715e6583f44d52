import type { UsageSums } from './records.ts';
import type { Row, Sql } from './sql.ts';

/** The columns of sums about a member, in this order everywhere. */
export const sumColumns = ['tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req', 'est_tokens', 'usd', 'unpriced'] as const;

export type SumRow = Row & Readonly<Record<(typeof sumColumns)[number], number>>;

const cellTokens = 'c.tin + c.tout + c.tcr + c.tcw';

/** The same columns summed over cells c. */
export function summedCells(sql: Sql): string {
  return [
    ...['tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req'].map((name) => `${sql.sum(`c.${name}`)} AS ${name}`),
    `${sql.sum(cellTokens, 'c.est = 1')} AS est_tokens`,
    `${sql.sum('COALESCE(c.usd, 0)')} AS usd`,
    `${sql.sum(cellTokens, 'c.usd IS NULL')} AS unpriced`,
  ].join(', ');
}

/** Adds up days of members from their devices' cells. Answers who has a day of more than so many tokens among them. */
export async function addUpDays(
  sql: Sql,
  org: number,
  touched: readonly { readonly member: number; readonly day: number }[],
  improbable = Number.MAX_SAFE_INTEGER,
): Promise<ReadonlySet<number>> {
  if (touched.length === 0) return new Set();
  const given = sql.given(
    ['whole', 'whole'],
    touched.map(({ member, day }) => [member, day]),
    1,
  );
  // The order of a CROSS JOIN is SQLite's order of reading. PostgreSQL looks for device and day at once where it has them from one table.
  const rows = await sql.all<{ member: number; tokens: number }>(
    `WITH told (member, day) AS (${given.text}), used AS MATERIALIZED (
       SELECT t.member, v.device, t.day FROM told t CROSS JOIN device v WHERE v.org = $1 AND v.member = t.member
     )
     INSERT INTO member_day (org, member, day, ${sumColumns.join(', ')})
     SELECT c.org, u.member, c.day, ${summedCells(sql)} FROM used u CROSS JOIN cell c
     WHERE c.org = $1 AND c.device = u.device AND c.day = u.day GROUP BY c.org, u.member, c.day
     ON CONFLICT (org, member, day) DO UPDATE SET ${sumColumns.map((name) => `${name} = excluded.${name}`).join(', ')}
     RETURNING member, tin + tout + tcr + tcw AS tokens`,
    [org, ...given.values],
  );
  return new Set(rows.filter(({ tokens }) => tokens > improbable).map(({ member }) => member));
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
