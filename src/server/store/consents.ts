import type { Visibility } from '../../team/protocol/terms.ts';
import { writeDown } from './audit.ts';
import { policyOfNow } from './organisations.ts';
import type { ConsentDraft, StoredConsent } from './records.ts';
import { first, flag, insertRows, type Operation, type Row, type Sql } from './sql.ts';
import { standingChanged } from './standing-changed.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const setConsent: Operation<OrderOf<'setConsent'>, OutcomeOf<'setConsent'>> = async (sql, order) => {
  const { org, member, consent, now } = order;
  const policy = await policyOfNow(sql, org);
  const found = await first<{ role: 'owner' | 'admin' | 'member'; consent: number | null }>(
    sql,
    `SELECT role, consent FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (found === undefined) return 'gone';
  const by = { member, role: found.role };
  if (consent === null) {
    await sql.run('UPDATE consent SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL', [found.consent, now]);
    await sql.run('UPDATE member SET consent_version = 0 WHERE org = $1 AND member = $2', [org, member]);
    await writeDown(sql, { org, action: 'consent.withdraw', by, subject: member, now });
  } else {
    if (policy === null) return 'policy_missing';
    if (!agreesTo(consent, policy)) return 'policy_changed';
    await keepConsent(sql, org, member, consent, now);
    await writeDown(sql, { org, action: 'consent.give', by, subject: member, now });
  }
  await standingChanged(sql, org, [member]);
  return 'done';
};

/** Whether a consent names the very words of a policy. */
export function agreesTo(consent: ConsentDraft, policy: { version: number; sha256: string }): boolean {
  return consent.version === policy.version && consent.sha256 === policy.sha256;
}

/** Keeps a consent beside the earlier ones, as the one that holds. */
export async function keepConsent(sql: Sql, org: number, member: number, consent: ConsentDraft, now: number) {
  const kept = await first<{ id: number }>(
    sql,
    `INSERT INTO consent (org, member, version, sha256, visibility, models, badges, time_badges, display_name, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      org,
      member,
      consent.version,
      consent.sha256,
      consent.visibility,
      flag(consent.models),
      flag(consent.badges),
      flag(consent.timeBadges),
      consent.displayName,
      now,
    ],
  );
  if (kept === undefined) throw new Error('A consent was not kept.');
  await sql.run('UPDATE member SET consent = $3, consent_version = $4 WHERE org = $1 AND member = $2', [
    org,
    member,
    kept.id,
    consent.version,
  ]);
  if (!consent.badges) {
    await sql.run(`UPDATE device SET badges = '[]' WHERE org = $1 AND member = $2`, [org, member]);
  }
  await sql.run('UPDATE member_board SET visibility = NULL WHERE org = $1 AND member = $2', [org, member]);
  const chosen = new Map(consent.boards.map(({ board, visibility }) => [board, visibility]));
  await insertRows(
    sql,
    'member_board (org, member, board, visibility)',
    [...chosen].map(([board, visibility]) => [org, member, board, visibility]),
    'ON CONFLICT (org, member, board) DO UPDATE SET visibility = excluded.visibility',
  );
}

export const consentColumns = [
  'version',
  'sha256',
  'visibility',
  'models',
  'badges',
  'time_badges',
  'display_name',
  'at',
  'withdrawn_at',
] as const;

export interface ConsentRow extends Row {
  readonly version: number;
  readonly sha256: string;
  readonly visibility: Visibility;
  readonly models: number;
  readonly badges: number;
  readonly time_badges: number;
  readonly display_name: string | null;
  readonly at: number;
  readonly withdrawn_at: number | null;
}

export function consentOf(row: ConsentRow): StoredConsent {
  return {
    version: row.version,
    sha256: row.sha256,
    visibility: row.visibility,
    models: row.models === 1,
    badges: row.badges === 1,
    timeBadges: row.time_badges === 1,
    displayName: row.display_name,
    at: row.at,
    withdrawnAt: row.withdrawn_at,
  };
}
