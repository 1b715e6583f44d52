import { improbableDayTokens, overlapDays } from '../../team/protocol/limits.ts';
import type { Cell } from '../../team/protocol/sync.ts';
import { dayVector, type KnownCell, type KnownDays, type Sorted, sortCells, totalsOf } from './cells.ts';
import { addUpDays } from './member-days.ts';
import type { SyncOrder, SyncOutcome } from './port-members.ts';
import { dayMs, dayNumber, flag, insertRows, listOf, pairsOf, type Row, type Sql } from './sql.ts';

/**
 * Takes several requests in one transaction: that is what makes many small ones cheap. No two of them may be of one
 * member. Locks members in the order of their ids, so that transactions never wait for each other in a circle.
 */
export async function takeSyncs(sql: Sql, orders: readonly SyncOrder[]): Promise<SyncOutcome[]> {
  const outcomes = new Map<SyncOrder, SyncOutcome>();
  for (const org of new Set(orders.map((order) => order.org))) {
    await takeOf(
      sql,
      org,
      orders.filter((order) => order.org === org),
      outcomes,
    );
  }
  return orders.map((order) => outcomes.get(order) ?? { outcome: 'gone' });
}

interface Taken {
  readonly order: SyncOrder;
  readonly sorted: Sorted;
}

async function takeOf(sql: Sql, org: number, orders: readonly SyncOrder[], outcomes: Map<SyncOrder, SyncOutcome>) {
  const states = await lockStates(sql, org, orders);
  const admitted = orders.filter((order) => {
    const state = states.get(order.device);
    if (state === undefined || state.member !== order.member) outcomes.set(order, { outcome: 'gone' });
    else if (state.consent_version !== state.policy_version || order.policyVersion !== state.policy_version) {
      outcomes.set(order, { outcome: 'consent_required', policyVersion: state.policy_version });
    } else return true;
    return false;
  });
  const known = await knownCells(sql, org, admitted);
  const taken: Taken[] = [];
  for (const order of admitted) {
    const sorted = sortCells(order.cells, known.get(order.device) ?? new Map(), order.now);
    const several = (states.get(order.device)?.devices ?? 1) > 1;
    const other = several ? await overlapping(sql, order, sorted) : null;
    if (other !== null) {
      outcomes.set(order, { outcome: 'overlap', device: other });
      continue;
    }
    taken.push({ order, sorted });
    const { changed, unchanged, rejected } = sorted;
    const policyVersion = order.policyVersion;
    outcomes.set(order, { outcome: 'applied', applied: changed.length, unchanged, rejected, policyVersion });
  }
  await write(sql, org, taken, states);
}

interface State extends Row {
  readonly device: number;
  readonly member: number;
  readonly consent_version: number;
  readonly policy_version: number;
  readonly badges: number | null;
  readonly devices: number;
}

async function lockStates(sql: Sql, org: number, orders: readonly SyncOrder[]): Promise<Map<number, State>> {
  const devices = listOf(
    orders.map(({ device }) => device),
    1,
  );
  const rows = await sql.all<State>(
    `SELECT d.device, d.member, m.consent_version, o.policy_version, c.badges,
       (SELECT COUNT(*) FROM device e WHERE e.org = d.org AND e.member = d.member) AS devices
     FROM device d JOIN member m ON m.org = d.org AND m.member = d.member
       JOIN organisation o ON o.org = d.org LEFT JOIN consent c ON c.id = m.consent
     WHERE d.org = $1 AND d.device IN ${devices.text} ORDER BY m.member ${sql.lock('m')}`,
    [org, ...devices.values],
  );
  return new Map(rows.map((row) => [row.device, row]));
}

interface CountsRow extends Row {
  readonly device: number;
  readonly day: number;
  readonly tin: number;
  readonly tout: number;
  readonly tcr: number;
  readonly tcw: number;
  readonly tcw1: number;
  readonly trs: number;
  readonly req: number;
}

interface CellRow extends CountsRow {
  readonly tool: string;
  readonly model: string;
  readonly rev: number;
  readonly usd: number | null;
}

/** What is known of the days that the orders name, by device. */
async function knownCells(sql: Sql, org: number, orders: readonly SyncOrder[]): Promise<Map<number, KnownDays>> {
  const known = new Map<number, Map<number, Map<string, KnownCell>>>();
  const pairs = new Map<string, readonly [device: number, day: number]>();
  for (const { device, cells } of orders) {
    for (const { day } of cells) {
      const number = dayNumber(day);
      if (Number.isSafeInteger(number)) pairs.set(`${device} ${number}`, [device, number]);
    }
  }
  const wanted = [...pairs.values()];
  for (let start = 0; start < wanted.length; start += 256) {
    const rows = await sql.all<CellRow>(...cellsQuery(org, wanted.slice(start, start + 256)));
    for (const row of rows) {
      const days = inserted(known, row.device, () => new Map<number, Map<string, KnownCell>>());
      const cells = inserted(days, row.day, () => new Map<string, KnownCell>());
      const counts = { in: row.tin, out: row.tout, cr: row.tcr, cw: row.tcw, cw1: row.tcw1, rs: row.trs };
      const totals = totalsOf({ ...counts, req: row.req, usd: row.usd });
      cells.set(`${row.tool} ${row.model}`, { rev: row.rev, totals });
    }
  }
  return known;
}

function cellsQuery(org: number, wanted: readonly (readonly [number, number])[]): [string, number[]] {
  const pairs = pairsOf(wanted, 1);
  const columns = 'device, day, tool, model, rev, tin, tout, tcr, tcw, tcw1, trs, req, usd';
  return [`SELECT ${columns} FROM cell WHERE org = $1 AND (device, day) IN ${pairs.text}`, [org, ...pairs.values]];
}

/** The other device of this member whose days have the same counts; only a history of some days can tell. */
async function overlapping(sql: Sql, order: SyncOrder, { days }: Sorted): Promise<number | null> {
  const vectors = new Map<number, string>();
  for (const [day, cells] of days) {
    const vector = dayVector(cells.values());
    if (vector !== '') vectors.set(day, vector);
  }
  if (vectors.size < overlapDays) return null;
  const rows = await sql.all<CountsRow>(
    `SELECT c.device, c.day, ${['tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req'].map((name) => `CAST(SUM(c.${name}) AS BIGINT) AS ${name}`).join(', ')}
     FROM device d CROSS JOIN cell c
     WHERE c.org = d.org AND c.device = d.device AND d.org = $1 AND d.member = $2 AND d.device <> $3 AND c.day BETWEEN $4 AND $5
     GROUP BY c.device, c.day`,
    [order.org, order.member, order.device, Math.min(...vectors.keys()), Math.max(...vectors.keys())],
  );
  const same = new Map<number, number>();
  for (const row of rows) {
    const vector = [row.tin, row.tout, row.tcr, row.tcw, row.tcw1, row.trs, row.req].join(' ');
    if (vectors.get(row.day) !== vector) continue;
    const count = (same.get(row.device) ?? 0) + 1;
    if (count >= overlapDays) return row.device;
    same.set(row.device, count);
  }
  return null;
}

async function write(sql: Sql, org: number, taken: readonly Taken[], states: Map<number, State>) {
  const rows = taken.flatMap(({ order, sorted }) => sorted.changed.map((cell) => cellRow(order, cell)));
  await insertRows(sql, cellTarget, rows, cellConflict);
  const touched = taken.flatMap(({ order, sorted }) =>
    [...sorted.days.keys()].map((day) => ({ member: order.member, day })),
  );
  const improbable = await addUpDays(sql, org, touched, improbableDayTokens);
  const changed = taken.filter(({ sorted }) => sorted.changed.length > 0).map(({ order }) => order.member);
  await insertRows(
    sql,
    'dirty (org, member, taken)',
    changed.sort((a, b) => a - b).map((member) => [org, member, 0]),
    'ON CONFLICT (org, member) DO UPDATE SET taken = 0',
  );
  for (const { order } of taken) if (improbable.has(order.member)) await flagImprobable(sql, order);
  await noteSyncs(sql, org, taken, states);
}

/** When each device last synced, and the badges that it told where its member shares them. */
async function noteSyncs(sql: Sql, org: number, taken: readonly Taken[], states: Map<number, State>) {
  const rows = taken.map(({ order }): [device: number, at: number, badges: string | null] => {
    const badges = states.get(order.device)?.badges === 1 ? order.badges : undefined;
    return [order.device, order.now, badges === undefined ? null : JSON.stringify(badges)];
  });
  for (let start = 0; start < rows.length; ) {
    const size = 2 ** Math.floor(Math.log2(rows.length - start));
    let place = 1;
    const tuples = Array.from(
      { length: size },
      () => `(CAST($${++place} AS BIGINT), CAST($${++place} AS BIGINT), CAST($${++place} AS TEXT))`,
    );
    await sql.run(
      `WITH told (device, at, badges) AS (VALUES ${tuples.join(', ')})
       UPDATE device SET last_sync_at = told.at, badges = COALESCE(told.badges, device.badges) FROM told
       WHERE device.org = $1 AND device.device = told.device`,
      [org, ...rows.slice(start, start + size).flat()],
    );
    start += size;
  }
}

const flagDays = 30;

async function flagImprobable(sql: Sql, { org, member, now }: SyncOrder) {
  await sql.run(
    `UPDATE member SET flag_reason = 'improbable_day', flag_since = $3, flag_until = $4
     WHERE org = $1 AND member = $2 AND (flag_until IS NULL OR flag_until <= $3)`,
    [org, member, now, now + flagDays * dayMs],
  );
}

const cellColumns = ['rev', 'tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req', 'est', 'usd', 'pv'];
const cellTarget = `cell (org, device, day, tool, model, ${cellColumns.join(', ')})`;
const cellConflict = `ON CONFLICT (org, device, day, tool, model) DO UPDATE
  SET ${cellColumns.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE excluded.rev > cell.rev`;

function cellRow({ org, device }: SyncOrder, cell: Cell): (string | number | null)[] {
  const key = [org, device, dayNumber(cell.day), cell.tool, cell.model, cell.rev];
  const counts = [cell.in, cell.out, cell.cr, cell.cw, cell.cw1, cell.rs, cell.req];
  return [...key, ...counts, flag(cell.est), cell.usd, cell.pv];
}

function inserted<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
