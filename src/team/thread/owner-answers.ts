import type { OwnerView, TeamQuestion } from '../../dashboard/protocol/team.ts';
import { readMeta } from '../change.ts';
import type { Policy } from '../protocol/policy.ts';
import { ask, joined, settled, type Talk } from './talk.ts';

type OwnerAsk =
  | 'owner'
  | 'statePolicy'
  | 'revokeInvite'
  | 'createTeam'
  | 'grantAllowance'
  | 'removeAllowance'
  | 'removeMember'
  | 'hideMember'
  | 'closeBoard'
  | 'openBoard';

/** What owners and admins ask and change. */
export type OwnerQuestion = Extract<TeamQuestion, { readonly ask: OwnerAsk }>;

/** Does what an owner asks for, and shows how things stand after it. */
export async function ownerAnswer(talk: Talk, question: OwnerQuestion): Promise<OwnerView> {
  await act(talk, question);
  if (question.ask !== 'owner') talk.changed();
  return await ownerView(talk);
}

async function act(talk: Talk, question: OwnerQuestion): Promise<void> {
  switch (question.ask) {
    case 'owner':
      return;
    case 'statePolicy':
      noticePolicy(talk, await ask(talk, 'setPolicy', { body: question.draft }));
      return;
    case 'revokeInvite':
      await ask(talk, 'revokeInvite', { params: { id: question.invite } });
      return;
    case 'createTeam':
      await ask(talk, 'createTeam', { body: { name: question.name } });
      return;
    case 'grantAllowance':
      await ask(talk, 'grantAllowance', { body: question.draft });
      return;
    case 'removeAllowance':
      await ask(talk, 'removeAllowance', { params: { id: question.allowance } });
      return;
    case 'removeMember':
      await ask(talk, 'removeMember', { params: { id: question.member } });
      return;
    case 'hideMember': {
      const { member, hidden, reason } = question;
      await ask(talk, 'changeMember', { params: { id: member }, body: { hidden, reason } });
      return;
    }
    case 'closeBoard':
      await ask(talk, 'close', { body: { notice: question.notice, erase: question.erase } });
      return;
    case 'openBoard':
      await ask(talk, 'reopen');
      return;
  }
}

/** An owner is asked for consent to the new policy like everyone. */
function noticePolicy({ team }: Talk, { version, organisation }: Policy): void {
  team.store.change((state) =>
    state.membership === null
      ? state
      : {
          ...state,
          membership: { ...state.membership, organisation },
          halt: { kind: 'consent', policyVersion: version },
        },
  );
}

/** An invite's link, told this once. */
export async function createInvite(
  talk: Talk,
  { uses, days, team, role }: Extract<TeamQuestion, { readonly ask: 'createInvite' }>,
): Promise<{ readonly url: string }> {
  const body = { uses, days, team, role, teamRole: 'member' as const };
  const { url } = await ask(talk, 'createInvite', { body });
  return { url };
}

async function ownerView(talk: Talk): Promise<OwnerView> {
  const { origin } = joined(talk);
  const [meta, { invites }, { teams }, { allowances }, members] = await Promise.all([
    readMeta(talk.team, origin),
    ask(talk, 'invites'),
    ask(talk, 'teams'),
    ask(talk, 'allowances'),
    allMembers(talk),
  ]);
  const { policy, closed } = await settled(talk, meta);
  return { policy, invites, members, teams: teams.map(({ id, name }) => ({ id, name })), allowances, closed };
}

async function allMembers(talk: Talk): Promise<OwnerView['members']> {
  const members: OwnerView['members'][number][] = [];
  for (let after = 0; ; ) {
    const page = await ask(talk, 'members', { query: { after, limit: 500 } });
    members.push(...page.members);
    if (page.next === null) return members;
    after = page.next;
  }
}
