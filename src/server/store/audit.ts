import type { AuditAction } from '../../team/protocol/admin.ts';
import type { MetricId, Role, WindowId } from '../../team/protocol/terms.ts';
import type { Actor, AuditRecord } from './records.ts';
import type { Operation, Row, Sql } from './sql.ts';
import type { OrderOf } from './store.ts';

export interface Act {
  readonly org: number;
  readonly action: AuditAction;
  readonly by: Actor;
  readonly subject?: number | null;
  readonly board?: number | null;
  readonly reason?: string | null;
  readonly now: number;
}

/** Writes down an act. */
export async function writeDown(sql: Sql, act: Act): Promise<void> {
  await sql.run(
    `INSERT INTO audit (org, at, action, actor, role, subject, board, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      act.org,
      act.now,
      act.action,
      act.by.member,
      act.by.role,
      act.subject ?? null,
      act.board ?? null,
      act.reason ?? null,
    ],
  );
}

export const audit: Operation<OrderOf<'audit'>, readonly AuditRecord[]> = async (sql, order) => {
  const rows = await sql.all<AuditRow>(
    `SELECT ${auditColumns} FROM audit WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
    [order.org, order.before ?? Number.MAX_SAFE_INTEGER, order.limit],
  );
  return rows.map(auditRecord);
};

export const appendAudit: Operation<OrderOf<'appendAudit'>, void> = (sql, order) => writeDown(sql, order);

export const auditColumns = 'id, at, action, actor, role, subject, board, win, metric, reason';

export interface AuditRow extends Row {
  readonly id: number;
  readonly at: number;
  readonly action: AuditAction;
  readonly actor: number | null;
  readonly role: Role | null;
  readonly subject: number | null;
  readonly board: number | null;
  readonly win: WindowId | null;
  readonly metric: MetricId | null;
  readonly reason: string | null;
}

export function auditRecord({ win, ...row }: AuditRow): AuditRecord {
  return { ...row, window: win };
}
