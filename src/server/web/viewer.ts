import type { BoardInfo } from '../../team/protocol/board.ts';
import type { Me } from '../../team/protocol/me.ts';
import type { Session } from '../store/records.ts';
import type { Visit } from './ask.ts';
import { formToken } from './forms.ts';
import type { Viewer } from './page.ts';

/** Whoever is signed in, as the pages show it; on a board by the name that one has there. */
export async function viewerOf({ context, session }: Visit, me: Me, board?: BoardInfo): Promise<Viewer> {
  const organisation = session.policyVersion === 0 ? null : await context.policies.of(session.policyVersion);
  return {
    name: nameOf(me, board),
    organisation: organisation?.organisation ?? 'Tokenboard',
    formToken: formToken(context, session),
    leads: runsAll(session) || me.teams.some(({ role }) => role === 'owner'),
  };
}

/** Whether one is an owner or admin of the organisation. */
export function runsAll({ role }: Session): boolean {
  return role !== 'member';
}

/** By what a board names one; where it names one not at all, by what one would be named. */
function nameOf({ member, consent }: Me, board: BoardInfo | undefined): string {
  const name = board?.visibility === 'pseudonym' ? board.pseudonym : consent?.displayName;
  return name ?? `Member ${member}`;
}
