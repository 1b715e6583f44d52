import { createHash } from 'node:crypto';
import type { Policy } from '../../src/team/protocol/policy.ts';

/** Runs a statement with values for `$1` and on. */
export type Execute = (statement: string, values: readonly (string | number)[]) => Promise<unknown>;

export interface FillOrder {
  readonly kind: 'sqlite' | 'postgres';
  readonly policy: Policy;
  readonly members: number;
  readonly teams: number;
  readonly days: number;
  /** So many of them have an access token: see `secretOf`. */
  readonly signedIn: number;
  readonly now: number;
}

const dayMs = 86_400_000;
/** Ids are spread like random ones. */
const idStep = 104_729;
const id = `CAST(${idStep} AS BIGINT)`;
const sums = 'tin, tout, tcr, tcw, tcw1, trs, req';

/** A member's id by number. */
export function memberOf(number: number): number {
  return number * idStep;
}

/** The access token of a member by number, 1 and up. */
export function secretOf(number: number): string {
  return createHash('sha256').update(`member ${number}`).digest('base64url');
}

/**
 * Fills an organisation with so many members in so many teams, each with a device, and two models on each of so many days
 * before today: a few use as much as all others, and no two alike, as in life. Two in five stand by name, one in five under a pseudonym. Nothing
 * is added up yet.
 */
export async function fillBoard(run: Execute, org: number, order: FillOrder): Promise<void> {
  const { kind, policy, members, teams, days, signedIn, now } = order;
  const today = Math.floor(now / dayMs);
  const each = (name: string, last: number, from = 1): string =>
    kind === 'postgres'
      ? `generate_series(${from}, ${last}) AS ${name}(n)`
      : `(WITH RECURSIVE s(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM s WHERE n < ${last}) SELECT n FROM s) AS ${name}`;
  const everybody = each('p', members);
  const { use, out, read, written } = usedBy('p.n', 'd.n');
  await run(
    `INSERT INTO consent (id, org, member, version, sha256, visibility, models, badges, time_badges, display_name, at)
     SELECT p.n, ${org}, p.n * ${id}, 1, '${policy.sha256}',
       CASE WHEN p.n % 5 < 2 THEN 'named' WHEN p.n % 5 = 2 THEN 'pseudonym' ELSE 'aggregate' END,
       1, 1, 0, 'Person ' || p.n, 0 FROM ${everybody}`,
    [],
  );
  await run(
    `INSERT INTO member (org, member, role, joined_day, hidden, mark, consent, consent_version)
     SELECT ${org}, p.n * ${id}, 'member', ${today - 60}, 0, 0, p.n, 1 FROM ${everybody}`,
    [],
  );
  await run(
    `INSERT INTO device (org, device, member, device_key, added_at, badges)
     SELECT ${org}, p.n * ${id} + 1, p.n * ${id}, 'k' || p.n, 0, '["cache-wizard"]' FROM ${everybody}`,
    [],
  );
  await run(
    `INSERT INTO team (org, team, name, name_key) SELECT ${org}, t.n, 'Team ' || t.n, 'team ' || t.n FROM ${each('t', teams)}`,
    [],
  );
  await run(
    `INSERT INTO team_member (org, team, member, role)
     SELECT ${org}, 1 + p.n % ${teams}, p.n * ${id}, 'member' FROM ${everybody}`,
    [],
  );
  await run(
    `INSERT INTO member_day (org, member, day, ${sums}, est_tokens, usd, unpriced)
     SELECT ${org}, p.n * ${id}, ${today} - d.n, 2 * ${use}, 2 * ${out}, 2 * ${read}, 2 * ${written}, 0, 0, 80, 0, ${use} * 6, 0
     FROM ${each('d', days)} CROSS JOIN ${everybody}`,
    [],
  );
  await run(
    `INSERT INTO cell (org, device, day, tool, model, rev, ${sums}, est, usd, pv)
     SELECT ${org}, p.n * ${id} + 1, ${today} - d.n, CASE WHEN p.n % 3 = 0 THEN 'codex' ELSE 'claude-code' END,
       CASE (p.n + m.n) % 3 WHEN 0 THEN 'claude-opus-4-5' WHEN 1 THEN 'claude-sonnet-4-5' ELSE 'gpt-5' END,
       1, ${use}, ${out}, ${read}, ${written}, 0, 0, 40, 0, ${use} * 3, 'bench'
     FROM ${each('d', days)} CROSS JOIN ${everybody} CROSS JOIN ${each('m', 1, 0)}`,
    [],
  );
  await run(
    `INSERT INTO family (org, family, member, device, client, created_at)
     SELECT ${org}, p.n, p.n * ${id}, p.n * ${id} + 1, 'editor', 0 FROM ${each('p', signedIn)}`,
    [],
  );
  for (let first = 1; first <= signedIn; first += 500) {
    const rows = Array.from({ length: Math.min(500, signedIn - first + 1) }, (_, index) => {
      const hash = createHash('sha256')
        .update(secretOf(first + index))
        .digest('hex');
      return `('${hash}', ${org}, ${first + index}, 'access', ${now + dayMs})`;
    });
    await run(`INSERT INTO token (hash, org, family, kind, expires_at) VALUES ${rows.join(', ')}`, []);
  }
}

/** Tokens of a model on a day, whole numbers that differ, of which a few in a hundred are large; each person has shares of their own. */
function usedBy(person: string, day: string) {
  const use = `(CAST(1 AS BIGINT) * (2000 + (${person} * 7919 + ${day} * 104) % 9973) * (1 + ${person} % 7) * (CASE WHEN ${person} % 97 = 0 THEN 60 ELSE 1 END))`;
  return {
    use,
    out: `(${use} * (50 + ${person} * 31 % 97) / 1000)`,
    read: `(${use} * (400 + ${person} * 57 % 809) / 100)`,
    written: `(${use} * (25 + ${person} * 43 % 53) / 100)`,
  };
}
