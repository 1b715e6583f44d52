import { Client } from 'pg';
import { cellsOf } from '../bench/server-cells.ts';
import { memberOf } from '../bench/server-people.ts';

const sums = ['tin', 'tout', 'tcr', 'tcw', 'req'];

/** What is not in the database as it was acknowledged, in sentences: cells, and the days that they add up to. */
export async function lostIn(url: string, acknowledged: ReadonlyMap<number, number>): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ member: string; cells: string; least: string; most: string }>(
    `SELECT v.member, COUNT(*) AS cells, MIN(c.rev) AS least, MAX(c.rev) AS most
     FROM device v JOIN cell c ON c.org = v.org AND c.device = v.device WHERE c.rev > 1 GROUP BY v.member`,
  );
  const found = new Map(rows.map((row) => [Number(row.member), row]));
  const each = cellsOf(1).length;
  const lost: string[] = [];
  for (const [number, rev] of acknowledged) {
    const row = found.get(memberOf(number));
    if (row === undefined) lost.push(`client ${number}: no cell at all`);
    else if (Number(row.cells) !== each) lost.push(`client ${number}: ${row.cells} cells`);
    else if (row.least !== row.most) lost.push(`client ${number}: half of a request`);
    else if (Number(row.most) < rev) lost.push(`client ${number}: revision ${row.most}, but ${rev} was acknowledged`);
  }
  const { rows: days } = await client.query<{ wrong: string }>(
    `SELECT COUNT(*) AS wrong FROM (
       SELECT v.org, v.member, c.day, ${sums.map((name) => `SUM(c.${name}) AS ${name}`).join(', ')}
       FROM device v JOIN cell c ON c.org = v.org AND c.device = v.device GROUP BY v.org, v.member, c.day
     ) AS s FULL JOIN member_day d ON d.org = s.org AND d.member = s.member AND d.day = s.day
     WHERE ${sums.map((name) => `d.${name} IS DISTINCT FROM s.${name}`).join(' OR ')}`,
  );
  await client.end();
  if (Number(days[0]?.wrong) > 0) lost.push(`${days[0]?.wrong} days are not what their cells are`);
  return lost;
}
