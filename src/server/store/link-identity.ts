import { writeDown } from './audit.ts';
import { confirm, keepIdentity } from './identities.ts';
import { first, type Operation } from './sql.ts';
import type { OrderOf, OutcomeOf } from './store.ts';

export const linkIdentity: Operation<OrderOf<'linkIdentity'>, OutcomeOf<'linkIdentity'>> = async (sql, order) => {
  const { org, member, person, now } = order;
  const known = await first<{ member: number }>(
    sql,
    `SELECT member FROM member WHERE org = $1 AND member = $2 ${sql.lock('member')}`,
    [org, member],
  );
  if (known === undefined) return 'gone';
  const own = await first<{ subject: string }>(sql, 'SELECT subject FROM identity WHERE org = $1 AND member = $2', [
    org,
    member,
  ]);
  if (own !== undefined && own.subject !== person.subject) return 'connected_otherwise';
  if (own === undefined) {
    if (!(await keepIdentity(sql, org, member, person))) return 'taken';
    await writeDown(sql, { org, action: 'member.connect', by: { member, role: null }, subject: member, now });
  }
  // The provider's word on groups holds from now on, as after any sign-in.
  await confirm(sql, org, person, now);
  return 'connected';
};

export const memberIdentity: Operation<OrderOf<'memberIdentity'>, OutcomeOf<'memberIdentity'>> = async (
  sql,
  { org, member },
) => {
  const found = await first<{ checked_at: number }>(
    sql,
    'SELECT checked_at FROM identity WHERE org = $1 AND member = $2',
    [org, member],
  );
  return found === undefined ? null : { checkedAt: found.checked_at };
};
