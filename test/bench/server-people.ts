import { Client } from 'pg';
import type { Store } from '../../src/server/store/store.ts';
import type { Policy } from '../../src/team/protocol/policy.ts';

const sums = 'tin, tout, tcr, tcw, tcw1, trs, req, est_tokens, usd, unpriced';

/**
 * Fills a PostgreSQL board with so many members in so many teams, each with so many days of use: a few use as much as all
 * others, as in life. Two in five stand by name, one in five under a pseudonym. The day before `today` is the last one.
 */
export async function fillBoard(url: string, store: Store, policy: Policy, order: FillOrder): Promise<number> {
  const { members, teams, days, now } = order;
  const { org } = await store.createOrganisation({ setUpInvite: 'x', expiresAt: now, now });
  const by = { member: null, role: null };
  const { version, sha256 } = policy;
  await store.setPolicy({ org, by, version, sha256, body: JSON.stringify(policy), now });
  const client = new Client({ connectionString: url });
  await client.connect();
  const today = Math.floor(now / 86_400_000);
  const run = (statement: string, ...values: number[]) => client.query(statement, values);
  await run(
    `INSERT INTO consent (id, org, member, version, sha256, visibility, models, badges, time_badges, display_name, at)
     SELECT n, $1::bigint, n * 104729, 1, '${sha256}',
       CASE WHEN n % 5 < 2 THEN 'named' WHEN n % 5 = 2 THEN 'pseudonym' ELSE 'aggregate' END,
       1, 1, 0, 'Person ' || n, 0 FROM generate_series(1, $2::bigint) AS n`,
    org,
    members,
  );
  await run(
    `INSERT INTO member (org, member, role, joined_day, hidden, mark, consent, consent_version)
     SELECT $1::bigint, n * 104729, 'member', 0, 0, 0, n, 1 FROM generate_series(1, $2::bigint) AS n`,
    org,
    members,
  );
  await run(
    `INSERT INTO device (org, device, member, device_key, added_at, badges)
     SELECT $1::bigint, n, n * 104729, 'k' || n, 0, '["cache-wizard"]' FROM generate_series(1, $2::bigint) AS n`,
    org,
    members,
  );
  await run(
    `INSERT INTO team (org, team, name, name_key)
     SELECT $1::bigint, n, 'Team ' || n, 'team ' || n FROM generate_series(1, $2::bigint) AS n`,
    org,
    teams,
  );
  await run(
    `INSERT INTO team_member (org, team, member, role)
     SELECT $1::bigint, 1 + n % $3::bigint, n * 104729, 'member' FROM generate_series(1, $2::bigint) AS n`,
    org,
    members,
    teams,
  );
  await run(
    `INSERT INTO member_day (org, member, day, ${sums})
     SELECT $1::bigint, n * 104729, $3::bigint - d, use, use / 10, use * 8, use / 2, 0, 0, 40, 0, use * 3, 0
     FROM generate_series(1, $2::bigint) AS n, generate_series(1, $4::bigint) AS d,
       LATERAL (SELECT (exp(9 + 4 * random() + (n % 7)::float8 / 3) + d)::bigint AS use) AS uses`,
    org,
    members,
    today,
    days,
  );
  await run('INSERT INTO dirty (org, member, taken) SELECT org, member, 0 FROM member WHERE org = $1', org);
  await run('ANALYZE');
  await client.end();
  return org;
}

export interface FillOrder {
  readonly members: number;
  readonly teams: number;
  readonly days: number;
  readonly now: number;
}
