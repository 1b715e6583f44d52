import type { OwnerView, TeamStatus } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import { policyNote, policyWords } from './join-policy.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { allowancesPanel } from './owner-allowances.ts';
import { closePanel } from './owner-close.ts';
import { invitesPanel } from './owner-invites.ts';
import { membersPanel } from './owner-members.ts';
import { keptPolicy, policyForm } from './owner-policy-form.ts';
import { teamsPanel } from './owner-teams.ts';
import { panel } from './team-explain.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

export interface OwnerPart {
  readonly context: ViewContext;
  readonly view: OwnerView;
  readonly status: TeamStatus;
  /** What the server answered after something was done. */
  readonly take: (view: OwnerView) => void;
}

export interface OwnerOptions {
  readonly context: ViewContext;
  readonly take: (view: OwnerView) => void;
}

/** Under which name the page keeps what is filled in of a policy. */
const policyDraft = 'owner.policy';

/** For owners and admins: the policy, invites, members, teams, and the way to close. Never what anyone uses. */
export function ownerPage({ context, take }: OwnerOptions) {
  const element = el('div', { class: 'tb-owner' });
  let changing: boolean | undefined;
  let drawn = '';

  function show(view: OwnerView, status: TeamStatus, place: HTMLElement): void {
    if (place.firstElementChild !== element) place.replaceChildren(element);
    changing ??= keptPolicy(context, policyDraft, view.policy).recall() !== undefined;
    const key = JSON.stringify([view, status.role, changing]);
    // What is half filled in stays as it is.
    if (key === drawn) return;
    drawn = key;
    const part: OwnerPart = { context, view, status, take };
    const redraw = (next: boolean) => {
      changing = next;
      show(view, status, place);
    };
    const stated = view.policy !== null;
    replaceKeepingFocus(
      element,
      policyPanel(part, changing || !stated, redraw),
      ...(stated
        ? [invitesPanel(part), teamsPanel(part), allowancesPanel(part), membersPanel(part), closePanel(part)]
        : []),
    );
  }

  return { show };
}

function policyPanel(
  { context, view, status, take }: OwnerPart,
  changing: boolean,
  redraw: (changing: boolean) => void,
) {
  const { policy } = view;
  if (changing && status.role === 'owner') {
    const form = policyForm({
      context,
      name: policyDraft,
      policy,
      submit: policy === null ? t('State the policy') : t('Change the policy'),
      cancel: () => redraw(false),
      async act(draft) {
        const next = await context.askTeam({ ask: 'statePolicy', draft });
        redraw(false);
        take(next);
      },
    });
    return panel({ title: t('The policy'), name: 'owner-policy' }, form);
  }
  if (policy === null) {
    return panel(
      { title: t('The policy'), name: 'owner-policy' },
      el(
        'p',
        { class: 'tb-muted' },
        t('None is stated yet, which only an owner can do. Invites can be made after that.'),
      ),
    );
  }
  const change = button({ text: t('Change the policy'), onClick: () => redraw(true) });
  change.dataset.key = 'change policy';
  return panel(
    {
      title: t('The policy'),
      name: 'owner-policy',
      note: policyNote(policy, context.formats),
      controls: status.role === 'owner' ? [change] : [],
    },
    ...policyWords(policy, status.origin, context.formats),
    ...(status.role === 'owner'
      ? [
          el(
            'p',
            { class: 'tb-footnote' },
            t('A change asks everyone again: nobody shares anything until they have agreed.'),
          ),
        ]
      : []),
  );
}
