import { type WindowId, windowDays, windowIds } from '../../team/protocol/terms.ts';
import type { WindowSums } from './records.ts';
import { dayNumber, type Row, type Sql } from './sql.ts';

export interface WindowsOf {
  readonly org: number;
  readonly today: string;
  /** The condition on a member's id by which it is among those whose windows are added up; `$1` is the organisation. */
  readonly whose: (member: string) => string;
}

/** The windows of complete days, each holding all that the one before it holds. */
const rolling: readonly WindowId[] = windowIds.filter((window) => window !== 'today');
const longest = Math.max(...rolling.map((window) => windowDays[window]));

const sumColumns = ['tin', 'tout', 'tcr', 'tcw', 'req', 'usd'] as const;
const windowColumns = [...sumColumns, 'active_days'] as const;

/** The columns of one window, and those of its models. */
export type WindowRow = Row & Readonly<Record<(typeof windowColumns)[number] | 'models', number>>;

export function windowSumsOf(row: WindowRow): WindowSums {
  return {
    in: row.tin,
    out: row.tout,
    cr: row.tcr,
    cw: row.tcw,
    req: row.req,
    usd: row.usd,
    activeDays: row.active_days,
    models: row.models,
  };
}

/** The sums of a row `w` of `board_window` in one window, by the names that they have everywhere. */
export function sumsIn(window: WindowId): string {
  return windowColumns.map((name) => `w.${name}_${window} AS ${name}`).join(', ');
}

/** A row's tokens in one window. */
export function tokensIn(window: WindowId): string {
  return ['tin', 'tout', 'tcr', 'tcw'].map((name) => `w.${name}_${window}`).join(' + ');
}

/**
 * Adds up the sums of members in all windows; old ones were removed before. The order of a CROSS JOIN is SQLite's order of
 * reading.
 */
export async function addUpSums(sql: Sql, { org, today, whose }: WindowsOf): Promise<number> {
  const days = `member_day d CROSS JOIN member m
    WHERE d.org = $1 AND ${whose('d.member')} AND m.org = $1 AND m.member = d.member AND ${inReach} AND d.day >= m.joined_day`;
  return await sql.run(`${insert(sql)} FROM (${spans(sql, days)}) AS s GROUP BY s.member`, [org, dayNumber(today)]);
}

/**
 * The same of all members: whether days are from before joining is looked at once a member, and those of the few who have
 * such days are read again.
 */
export async function addUpAllSums(sql: Sql, { org, today }: Omit<WindowsOf, 'whose'>): Promise<void> {
  const values = [org, dayNumber(today)];
  const days = `member_day d WHERE d.org = $1 AND ${inReach}`;
  await sql.run(
    `${insert(sql)} FROM (${spans(sql, days, ', MIN(d.day) AS first_day')}) AS s
     JOIN member m ON m.org = $1 AND m.member = s.member
     GROUP BY s.member HAVING MIN(s.first_day) >= MIN(m.joined_day)`,
    values,
  );
  const left = `SELECT n.member FROM member n
    LEFT JOIN board_window w ON w.org = n.org AND w.member = n.member
    WHERE n.org = $1 AND n.joined_day > ${last} - ${longest} AND w.member IS NULL`;
  await addUpSums(sql, { org, today, whose: (member) => `${member} IN (${left})` });
}

function insert(sql: Sql): string {
  const columns = windowIds.flatMap((window) => windowColumns.map((name) => `${name}_${window}`));
  const windows = windowIds.flatMap((window) => windowColumns.map((name) => sql.sum(`s.${name}`, isIn(window))));
  return `INSERT INTO board_window (org, member, ${columns.join(', ')}) SELECT $1, s.member, ${windows.join(', ')}`;
}

/**
 * Sums of rows `d` of `member_day`, from the end of one window to the end of the next: so the days of each member are read
 * once, and the windows are made of the spans.
 */
function spans(sql: Sql, days: string, more = ''): string {
  return `SELECT d.member, ${span} AS span, ${sumColumns.map((name) => `${sql.sum(`d.${name}`)} AS ${name}`).join(', ')},
      COUNT(*) FILTER (WHERE d.tin + d.tout + d.tcr + d.tcw > 0) AS active_days${more}
    FROM ${days} GROUP BY d.member, ${span}`;
}

const last = 'CAST($2 AS BIGINT)';

const inReach = `d.day BETWEEN ${last} - ${longest} AND ${last}`;

/** 0 is today, 1 the days of the first rolling window, 2 those that the second adds, and so on. */
const span = `CASE WHEN d.day = ${last} THEN 0 ${rolling
  .map((window, index) => `WHEN d.day >= ${last} - ${windowDays[window]} THEN ${index + 1}`)
  .join(' ')} END`;

/** Whether a span is in a window: those of a rolling one begin with yesterday's. */
function isIn(window: WindowId): string {
  return window === 'today' ? 's.span = 0' : `s.span BETWEEN 1 AND ${rolling.indexOf(window) + 1}`;
}
