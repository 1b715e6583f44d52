import type { ToolId } from '../../usage/tool-id.ts';
import { type AuditRow, auditColumns, auditRecord, writeDown } from './audit.ts';
import { type ConsentRow, consentColumns, consentOf } from './consents.ts';
import { daysOf, member, views } from './members.ts';
import type { MemberExport, StoredCell } from './records.ts';
import { dayName, first, type Operation, type Row } from './sql.ts';
import type { OrderOf } from './store.ts';

export const exportMember: Operation<OrderOf<'exportMember'>, MemberExport | null> = async (sql, order) => {
  const record = await member(sql, order);
  if (record === null) return null;
  const by = { member: order.member, role: record.role };
  await writeDown(sql, { org: order.org, action: 'data.export', by, subject: order.member, now: order.now });
  const values = [order.org, order.member];
  const consents = await sql.all<ConsentRow>(
    `SELECT ${consentColumns.join(', ')} FROM consent WHERE org = $1 AND member = $2 ORDER BY id`,
    values,
  );
  const cells = await sql.all<FullCellRow>(
    `SELECT c.* FROM device v CROSS JOIN cell c
     WHERE c.org = v.org AND c.device = v.device AND v.org = $1 AND v.member = $2 ORDER BY c.device, c.day, c.tool, c.model`,
    values,
  );
  const audit = await sql.all<AuditRow>(
    `SELECT ${auditColumns} FROM audit WHERE org = $1 AND (actor = $2 OR subject = $2) ORDER BY id`,
    values,
  );
  const identity = await first<{ checked_at: number }>(
    sql,
    'SELECT checked_at FROM identity WHERE org = $1 AND member = $2',
    values,
  );
  return {
    member: record,
    consents: consents.map(consentOf),
    cells: cells.map(cellOf),
    days: await daysOf(sql, order.org, order.member),
    audit: audit.map(auditRecord),
    views: await views(sql, order),
    confirmedAt: identity?.checked_at ?? null,
  };
};

interface FullCellRow extends Row {
  readonly device: number;
  readonly day: number;
  readonly tool: ToolId;
  readonly model: string;
  readonly rev: number;
  readonly tin: number;
  readonly tout: number;
  readonly tcr: number;
  readonly tcw: number;
  readonly tcw1: number;
  readonly trs: number;
  readonly req: number;
  readonly est: number;
  readonly usd: number | null;
  readonly pv: string;
}

function cellOf(row: FullCellRow): StoredCell {
  return {
    device: row.device,
    day: dayName(row.day),
    tool: row.tool,
    model: row.model,
    rev: row.rev,
    in: row.tin,
    out: row.tout,
    cr: row.tcr,
    cw: row.tcw,
    cw1: row.tcw1,
    rs: row.trs,
    req: row.req,
    est: row.est === 1,
    usd: row.usd,
    pv: row.pv,
  };
}
