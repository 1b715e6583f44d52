import { improbableDayTokens, overlapDays } from '../../team/protocol/limits.ts';
import type { Cell } from '../../team/protocol/sync.ts';
import { dayVector, type KnownCell, type KnownDays, type Sorted, sortCells, totalsOf } from './cells.ts';
import { addUpDays } from './member-days.ts';
import type { SyncOrder, SyncOutcome } from './port-members.ts';
import { dayMs, dayNumber, flag, type GivenType, type Row, type Sql } from './sql.ts';

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
  const given = sql.given(
    ['whole'],
    orders.map(({ device }) => [device]),
    1,
  );
  const rows = await sql.all<State>(
    `WITH told (device) AS (${given.text})
     SELECT d.device, d.member, m.consent_version, o.policy_version, c.badges,
       (SELECT COUNT(*) FROM device e WHERE e.org = d.org AND e.member = d.member) AS devices
     FROM told t CROSS JOIN device d CROSS JOIN member m CROSS JOIN organisation o LEFT JOIN consent c ON c.id = m.consent
     WHERE d.org = $1 AND d.device = t.device AND m.org = d.org AND m.member = d.member AND o.org = d.org
     ORDER BY m.member ${sql.lock('m')}`,
    [org, ...given.values],
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
  const wanted = orders.flatMap(({ device, cells }) =>
    [...new Set(cells.map(({ day }) => dayNumber(day)))].filter(Number.isSafeInteger).map((day) => [device, day]),
  );
  if (wanted.length === 0) return known;
  const given = sql.given(['whole', 'whole'], wanted, 1);
  const columns = ['device', 'day', 'tool', 'model', 'rev', 'tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req', 'usd'];
  const rows = await sql.all<CellRow>(
    `WITH told (device, day) AS (${given.text}) SELECT ${columns.map((name) => `c.${name}`).join(', ')}
     FROM told t CROSS JOIN cell c WHERE c.org = $1 AND c.device = t.device AND c.day = t.day`,
    [org, ...given.values],
  );
  for (const row of rows) {
    const days = inserted(known, row.device, () => new Map<number, Map<string, KnownCell>>());
    const cells = inserted(days, row.day, () => new Map<string, KnownCell>());
    const counts = { in: row.tin, out: row.tout, cr: row.tcr, cw: row.tcw, cw1: row.tcw1, rs: row.trs };
    const totals = totalsOf({ ...counts, req: row.req, usd: row.usd });
    cells.set(`${row.tool} ${row.model}`, { rev: row.rev, totals });
  }
  return known;
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
  await writeCells(sql, org, taken);
  const touched = taken.flatMap(({ order, sorted }) =>
    [...sorted.days.keys()].map((day) => ({ member: order.member, day })),
  );
  const improbable = await addUpDays(sql, org, touched, improbableDayTokens);
  const changed = taken.filter(({ sorted }) => sorted.changed.length > 0).map(({ order }) => order.member);
  await markDirty(
    sql,
    org,
    changed.sort((a, b) => a - b),
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
  if (rows.length === 0) return;
  const given = sql.given(['whole', 'whole', 'text'], rows, 1);
  // Without the second condition SQLite looks at every device.
  await sql.run(
    `WITH told (device, at, badges) AS (${given.text})
     UPDATE device SET last_sync_at = told.at, badges = COALESCE(told.badges, device.badges) FROM told
     WHERE device.org = $1 AND device.device = told.device AND device.device IN (SELECT device FROM told)`,
    [org, ...given.values],
  );
}

const flagDays = 30;

async function flagImprobable(sql: Sql, { org, member, now }: SyncOrder) {
  await sql.run(
    `UPDATE member SET flag_reason = 'improbable_day', flag_since = $3, flag_until = $4
     WHERE org = $1 AND member = $2 AND (flag_until IS NULL OR flag_until <= $3)`,
    [org, member, now, now + flagDays * dayMs],
  );
}

const cellKey = ['device', 'day', 'tool', 'model'];
const counted = ['rev', 'tin', 'tout', 'tcr', 'tcw', 'tcw1', 'trs', 'req', 'est', 'usd', 'pv'];
const cellColumns = [...cellKey, ...counted];
const cellTypes = cellColumns.map((name): GivenType => (['tool', 'model', 'pv'].includes(name) ? 'text' : 'whole'));

async function writeCells(sql: Sql, org: number, taken: readonly Taken[]) {
  const rows = taken.flatMap(({ order, sorted }) => sorted.changed.map((cell) => cellRow(order.device, cell)));
  if (rows.length === 0) return;
  const given = sql.given(cellTypes, rows, 1);
  const columns = cellColumns.join(', ');
  await sql.run(
    `WITH told (${columns}) AS (${given.text})
     INSERT INTO cell (org, ${columns}) SELECT CAST($1 AS BIGINT), ${columns} FROM told WHERE true
     ON CONFLICT (org, device, day, tool, model) DO UPDATE
     SET ${counted.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE excluded.rev > cell.rev`,
    [org, ...given.values],
  );
}

function cellRow(device: number, cell: Cell): (string | number | null)[] {
  const counts = [cell.in, cell.out, cell.cr, cell.cw, cell.cw1, cell.rs, cell.req];
  return [device, dayNumber(cell.day), cell.tool, cell.model, cell.rev, ...counts, flag(cell.est), cell.usd, cell.pv];
}

/** Their windows are to be added up; a row that says so already is only held. */
async function markDirty(sql: Sql, org: number, members: readonly number[]) {
  if (members.length === 0) return;
  const given = sql.given(
    ['whole'],
    members.map((member) => [member]),
    1,
  );
  await sql.run(
    `WITH told (member) AS (${given.text})
     INSERT INTO dirty (org, member, taken) SELECT CAST($1 AS BIGINT), member, 0 FROM told WHERE true
     ON CONFLICT (org, member) DO UPDATE SET taken = 0 WHERE dirty.taken <> 0`,
    [org, ...given.values],
  );
}

function inserted<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
