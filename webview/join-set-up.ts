import type { JoinOffer } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import { hostOf } from './join-policy.ts';
import { joinDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import { policyForm } from './owner-policy-form.ts';
import { panel } from './team-explain.ts';
import type { ViewContext } from './view.ts';

/** The owner's link, before anything is stated: what the board is for comes first. */
export function setUpPage(context: ViewContext, offer: JoinOffer, cancel: () => void): readonly HTMLElement[] {
  const form = policyForm({
    context,
    name: joinDraft,
    policy: null,
    submit: t('State the policy'),
    cancel,
    async act(draft) {
      await context.askTeam({ ask: 'statePolicy', draft });
      context.remember('team', { part: 'owner' });
      context.go('team');
    },
  });
  return [
    el('h1', { class: 'tb-page-title' }, t('Set up the board of {0}', hostOf(offer.origin))),
    el(
      'p',
      { class: 'tb-join-lead' },
      t(
        'You opened the owner’s link. Say first what the board is for: everyone whom you invite reads this before deciding. Nothing of yours is shared by it.',
      ),
    ),
    panel({ title: t('The policy'), name: 'set-up' }, form),
  ];
}
