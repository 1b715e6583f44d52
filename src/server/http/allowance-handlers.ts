import type { AllowanceList, Allowances } from '../../team/protocol/allowance.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import type { InsightBody } from '../boards/insights.ts';
import { utcDay } from '../boards/schedule.ts';
import type { Session } from '../store/records.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import type { ServerContext } from './server-context.ts';
import { actor } from './team-handlers.ts';

/** Granting tokens or USD, and what is left of them. */
export const allowanceHandlers: Pick<
  Handlers,
  'allowance' | 'allowances' | 'grantAllowance' | 'changeAllowance' | 'removeAllowance'
> = {
  allowance: (context, { session, now }) => ownAllowances(context, session, now),

  allowances: (context) => listed(context),

  async grantAllowance(context, { session, body, now }) {
    if ((body.member === null) === (body.team === null)) {
      throw problemError('invalid_request', { detail: 'An allowance is for one member, or for one team.' });
    }
    const { store, org } = context;
    if ((await store.grantAllowance({ org, ...body, by: actor(session), now })) === 'gone') {
      throw problemError('not_found');
    }
    return listed(context);
  },

  async changeAllowance(context, { session, params, body, now }) {
    const { store, org } = context;
    const order = { org, allowance: params.id, amount: body.amount, by: actor(session), now };
    if (!(await store.changeAllowance(order))) throw problemError('not_found');
    return listed(context);
  },

  async removeAllowance(context, { session, params, now }) {
    const { store, org } = context;
    const removed = await store.removeAllowance({ org, allowance: params.id, by: actor(session), now });
    if (!removed) throw problemError('not_found');
    return listed(context);
  },
};

/** A member's own allowances, and those that the member's teams share. */
export async function ownAllowances(context: ServerContext, { member }: Session, now: number): Promise<AllowanceList> {
  const { store, org } = context;
  const [own, pools] = await Promise.all([store.allowanceUse({ org, member, today: utcDay(now) }), poolsOf(context)]);
  return {
    allowances: own.map(({ id, unit, per, amount, used, from, to, team, teamName }) => ({
      ...{ unit, per, amount, used, from, to },
      team: team === null ? null : { id: team, name: teamName ?? '' },
      teamPercent: pools.get(id) ?? null,
    })),
  };
}

async function listed(context: ServerContext): Promise<Allowances> {
  const { store, org } = context;
  const [all, pools] = await Promise.all([store.allowances({ org }), poolsOf(context)]);
  return { allowances: all.map((one) => ({ ...one, teamPercent: pools.get(one.id) ?? null })) };
}

/** How much of each team's allowance is used, as it was published last; none while all is closed. */
async function poolsOf({ store, org }: ServerContext): Promise<ReadonlyMap<number, number | null>> {
  const published = await store.insights({ org, board: organisationBoard });
  if (published === null) return new Map();
  const { allowances } = JSON.parse(published.body) as InsightBody;
  return new Map(allowances.map(({ id, percent }) => [id, percent]));
}
