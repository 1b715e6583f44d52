import { badgeTitle } from '../src/dashboard/protocol/badge-titles.ts';
import type { BadgesView, BadgeView } from '../src/dashboard/protocol/badges.ts';
import { badgeCard } from './badges-card.ts';
import { problem } from './card.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import type { View, ViewContext } from './view.ts';

type Shown = 'all' | 'earned' | 'close';

/** From half the way on the next tier is close. */
const close = 0.5;
const badgesExpected = 12;

/** All badges: what was earned and when, what comes next, and how far it is. */
export function badgesView(context: ViewContext): View {
  let shown = context.recall<Shown>('badges.shown') ?? 'all';
  let figures: BadgesView | undefined;
  const count = el('p', { class: 'tb-page-title' });
  const newest = el('p', { class: 'tb-muted tb-small' });
  const list = el('ul', { class: 'tb-badge-grid', 'aria-label': t('Badges'), 'aria-busy': 'true' });
  const told = el('p', { class: 'tb-hidden-text', role: 'status' });
  const note = el('div', { class: 'tb-badge-note' });
  const toasts = el('p', { class: 'tb-small tb-muted' });
  const choice = segments<Shown>({
    label: t('Which badges are shown'),
    choices: [
      { value: 'all', text: t('All') },
      { value: 'earned', text: t('Earned') },
      { value: 'close', text: t('Close to next') },
    ],
    value: shown,
    onChange(value) {
      shown = value;
      context.remember('badges.shown', value);
      draw();
      told.textContent = t('{0} badges shown', list.childElementCount);
    },
  });
  const formula = t(
    'Each badge is worked out on this machine from what was counted here, over all time, whatever the period or filter. A tier is earned on the first local day on which it was reached, and never lost. Figures over 30 days, and quiet nights, count whole days: today counts once it is over.',
  );
  const element = el(
    'div',
    { class: 'tb-badges' },
    el('div', { class: 'tb-badges-head' }, el('div', {}, count, newest), choice.element),
    list,
    note,
    told,
    el(
      'div',
      { class: 'tb-badges-foot' },
      toasts,
      el(
        'button',
        {
          type: 'button',
          class: 'tb-quiet-button',
          'aria-label': t('How is this computed? {0}', t('Badges')),
          onclick: () => context.explain('badges', t('Badges'), formula),
        },
        icon('info'),
        t('How is this computed?'),
      ),
    ),
  );
  list.append(
    ...Array.from({ length: badgesExpected }, () => el('li', { class: 'tb-badge tb-badge-waiting tb-block' })),
  );

  function draw(): void {
    if (figures === undefined) return;
    const badges = chosen(figures.badges, shown);
    replaceKeepingFocus(list, ...badges.map((badge) => badgeCard(badge, context.formats)));
    note.replaceChildren(...(badges.length === 0 ? [el('p', { class: 'tb-muted' }, emptySentence(shown))] : []));
  }

  async function show(): Promise<void> {
    try {
      figures = await context.ask({ ask: 'badges' });
    } catch (error) {
      list.removeAttribute('aria-busy');
      if (figures === undefined) list.replaceChildren();
      replaceKeepingFocus(
        note,
        problem(sentenceOf(error), () => void show()),
      );
      return;
    }
    list.removeAttribute('aria-busy');
    const earned = figures.badges.filter((badge) => badge.earned > 0);
    count.textContent = t('{0} of {1}', earned.length, figures.badges.length);
    newest.textContent = newestWords(earned, context);
    replaceKeepingFocus(toasts, ...toastWords(figures.toasts, (on) => context.act({ act: 'badgeToasts', on })));
    draw();
  }

  return { element, show };
}

function chosen(badges: readonly BadgeView[], shown: Shown): readonly BadgeView[] {
  if (shown === 'earned') return badges.filter(({ earned }) => earned > 0);
  if (shown === 'all') return badges;
  return badges
    .filter(({ earned, tiers, progress }) => earned < tiers.length && progress >= close)
    .toSorted((one, other) => other.progress - one.progress);
}

function emptySentence(shown: Shown): string {
  return shown === 'earned'
    ? t('None is earned yet: all are under All, each with what it takes.')
    : t('No next tier is close just now: from half the way on it is shown here.');
}

function newestWords(earned: readonly BadgeView[], { formats }: ViewContext): string {
  const newest = earned.reduce<BadgeView | undefined>(
    (latest, badge) => ((badge.earnedOn ?? '') > (latest?.earnedOn ?? '') ? badge : latest),
    undefined,
  );
  const parts = [
    t('earned'),
    newest?.earnedOn === undefined
      ? undefined
      : t('newest {0}, {1}', badgeTitle(newest.id, t), formats.day(newest.earnedOn, 'long')),
    t('computed on this machine'),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function toastWords(on: boolean, turn: (on: boolean) => void): readonly (Node | string)[] {
  const sentence = on ? t('A quiet toast announces a new badge once.') : t('New badges are not announced.');
  const label = on ? t('Turn off toasts for new badges') : t('Turn on toasts for new badges');
  return [
    `${sentence} `,
    el(
      'button',
      { type: 'button', class: 'tb-link-button', 'data-key': 'toasts', 'aria-label': label, onclick: () => turn(!on) },
      on ? t('Turn off') : t('Turn on'),
    ),
  ];
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
