import type { JoinOffer } from '../src/dashboard/protocol/team.ts';
import { problem } from './card.ts';
import { el } from './dom.ts';
import { consentPage } from './join-consent.ts';
import { hostOf } from './join-policy.ts';
import { setUpPage } from './join-set-up.ts';
import { joinDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import { namedInput } from './owner-fields.ts';
import { stateCard } from './team-states.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';
import type { View, ViewContext } from './view.ts';

/** What an invite leads to: the consent, for an owner without a policy the set-up, without an invite a place to paste one. */
export function joinView(context: ViewContext): View {
  const element = el('div', { class: 'tb-join' });
  let turn = 0;

  async function show(link?: string): Promise<void> {
    const mine = ++turn;
    element.setAttribute('aria-busy', 'true');
    try {
      const offer = await context.askTeam({ ask: 'joinOffer', link });
      if (mine !== turn) return;
      element.removeAttribute('aria-busy');
      element.replaceChildren(...pageOf(offer));
    } catch (error) {
      if (mine !== turn) return;
      element.removeAttribute('aria-busy');
      element.replaceChildren(...noInvite(sentenceOf(error)));
    }
  }

  function pageOf(offer: JoinOffer): readonly HTMLElement[] {
    if (offer.forbidden !== undefined) {
      return [
        stateCard(
          'lock',
          t('Sharing is not allowed on this machine'),
          el('p', {}, offer.forbidden),
          el('p', { class: 'tb-muted' }, t('Nothing has been sent to {0}.', hostOf(offer.origin))),
          button({ text: t('Close'), onClick: () => void cancel() }),
        ),
      ];
    }
    if (offer.policy === null) return setUpPage(context, offer, () => void cancel());
    return consentPage(context, offer, offer.policy, () => void cancel());
  }

  function noInvite(sentence: string): readonly HTMLElement[] {
    let typed = '';
    const field = namedInput(t('Invite link'), '', (text) => {
      typed = text;
    });
    field.placeholder = 'https://…';
    field.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') void show(typed);
    });
    return [
      el('h1', { class: 'tb-page-title' }, t('Join a team’s token board')),
      problem(sentence, () => void show()),
      el(
        'div',
        { class: 'tb-paste' },
        el(
          'p',
          {},
          t('Paste the link that you were invited with. It is opened on this machine; nothing is sent by pasting it.'),
        ),
        el(
          'div',
          { class: 'tb-paste-row' },
          field,
          button({ text: t('Open'), look: 'primary', onClick: () => void show(typed) }),
        ),
      ),
      button({ text: t('Cancel'), onClick: () => void cancel() }),
    ];
  }

  async function cancel(): Promise<void> {
    turn++;
    context.remember(joinDraft, undefined);
    await context.askTeam({ ask: 'cancelJoin' }).catch(() => undefined);
    element.replaceChildren();
    context.go('overview');
  }

  return { element, show: () => show() };
}
