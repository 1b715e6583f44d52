import type { JoinChoice, ShareView, TeamQuestion, TeamStatus } from '../../dashboard/protocol/team.ts';
import { look } from '../boards.ts';
import { changeChoices, newDeviceLink, readMeta } from '../change.ts';
import { exportOwnData } from '../own-data.ts';
import type { Consent } from '../protocol/consent.ts';
import type { Policy } from '../protocol/policy.ts';
import { type Role, roles } from '../protocol/terms.ts';
import { choiceOf, choicesFrom } from './join-answers.ts';
import { ask, joined, settled, type Talk } from './talk.ts';
import { nextUpload } from './upload-preview.ts';

type BoardChoices = Extract<TeamQuestion, { readonly ask: 'changeShare' }>['boards'];

/** Everything about one's own sharing, and what can be changed of it. */
export interface ShareAnswers {
  share(): Promise<ShareView>;
  change(choice: JoinChoice, boards: BoardChoices): Promise<ShareView>;
  renewPseudonym(board: number): Promise<ShareView>;
  removeDevice(device: number): Promise<ShareView>;
  addMachine(): Promise<{ readonly link: string; readonly expiresAt: number }>;
}

export function shareAnswers(talk: Talk, status: () => Promise<TeamStatus>): ShareAnswers {
  const { team, say } = talk;
  /** The policy that a person has before the eyes, and so agrees to. */
  let shown: Policy | undefined;
  let history: { readonly until: string; readonly consents: readonly Consent[] } | undefined;

  async function share(): Promise<ShareView> {
    const { consent } = joined(talk);
    const [boards, devices, views, policy, consents] = await Promise.all([
      look(team, 'boards'),
      look(team, 'devices'),
      look(team, 'views'),
      currentPolicy(),
      consentHistory(),
    ]);
    const view = {
      status: await status(),
      policy,
      choice: choiceOf(talk),
      boards: (boards.value?.boards ?? []).map(({ id, name, visibility, pseudonym }) => {
        const chosen = consent?.boards.find(({ board }) => board === id)?.visibility;
        return { id, name, visibility: chosen ?? visibility, pseudonym };
      }),
      next: await nextUpload(team),
      consents,
      devices: devices.value?.devices ?? [],
      views: views.value === undefined ? undefined : looks(views.value),
    };
    shown = policy;
    return view;
  }

  /** The one agreed to; where it is another by now, or none was agreed to yet, that one. */
  async function currentPolicy(): Promise<Policy | undefined> {
    const { halt, membership } = team.store.state();
    if (membership === null) return undefined;
    if (membership.policy !== null && membership.consent !== null && halt?.kind !== 'consent') return membership.policy;
    const meta = await readMeta(team, membership.origin);
    return (meta.ok ? meta.value.policy : membership.policy) ?? undefined;
  }

  /** Told by the export alone, which is written down: so only where something was agreed to since. */
  async function consentHistory(): Promise<readonly Consent[]> {
    const me = await look(team, 'me');
    const latest = me.value?.consent ?? undefined;
    if (latest === undefined) return [];
    if (history?.until !== latest.at) {
      const told = await exportOwnData(team);
      if (!told.ok) return [latest];
      history = { until: latest.at, consents: told.value.consents };
    }
    return history.consents;
  }

  return {
    share,
    async change(choice, boards) {
      const changed = await changeChoices(team, choicesFrom(choice, [...boards]), shown);
      if (changed.kind === 'choices') throw new Error(say.refusal(changed));
      if (changed.kind === 'off') throw new Error(say.code('off'));
      talk.wake();
      await look(team, 'me');
      talk.changed();
      return await share();
    },
    async renewPseudonym(board) {
      await ask(talk, 'pseudonym', { body: { board } });
      talk.changed();
      return await share();
    },
    async removeDevice(device) {
      await ask(talk, 'removeDevice', { params: { id: device } });
      // Two devices with the same counts were one too many.
      team.store.change((state) => (state.halt?.kind === 'overlap' ? { ...state, halt: null, nextAt: 0 } : state));
      talk.wake();
      return await share();
    },
    async addMachine() {
      const { link, expiresAt } = await settled(talk, await newDeviceLink(team));
      return { link, expiresAt: Date.parse(expiresAt) };
    },
  };
}

function looks({
  total,
  views,
}: {
  readonly total: number;
  readonly views: readonly { readonly role: Role; readonly count: number }[];
}): NonNullable<ShareView['views']> {
  const byRole = roles.map((role) => ({
    role,
    count: views.filter((view) => view.role === role).reduce((sum, { count }) => sum + count, 0),
  }));
  return { total, byRole: byRole.filter(({ count }) => count > 0) };
}
