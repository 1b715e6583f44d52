import { badgeTitle } from '../src/dashboard/protocol/badge-titles.ts';
import type { BadgeView } from '../src/dashboard/protocol/badges.ts';
import { badgeArt } from './badge-art.ts';
import { badgeSentence, progressWords, tierTitle } from './badges-words.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { meter } from './meter.ts';

/** One badge: its art, tier and day, one sentence, and how far the next tier is. */
export function badgeCard(badge: BadgeView, formats: Formats): HTMLElement {
  const locked = badge.earned === 0;
  return el(
    'li',
    { class: `tb-badge ${locked ? 'tb-badge-locked' : ''}`, 'data-badge': badge.id },
    el(
      'div',
      { class: 'tb-badge-head' },
      badgeArt(badge),
      el(
        'div',
        { class: 'tb-badge-names' },
        el('h2', { class: 'tb-badge-title' }, badgeTitle(badge.id, t)),
        tierLine(badge),
        badge.earnedOn === undefined
          ? undefined
          : el(
              'p',
              { class: 'tb-muted tb-small', title: earlierDays(badge, formats) },
              formats.day(badge.earnedOn, 'long'),
            ),
      ),
    ),
    el('p', { class: 'tb-badge-sentence' }, badgeSentence(badge, formats)),
    el('div', { class: 'tb-badge-progress' }, ...progress(badge, formats)),
  );
}

function tierLine({ tiers, earned }: BadgeView): HTMLElement {
  const tier = tiers[earned - 1];
  if (tier === undefined) return el('p', { class: 'tb-muted' }, t('Locked'));
  const place = tiers.length === 1 ? t('one tier') : t('{0} of {1}', earned, tiers.length);
  return el('p', {}, `${tierTitle(tier)} `, el('span', { class: 'tb-muted' }, `· ${place}`));
}

/** The days of all tiers that are earned, for a pointer that rests on the last. */
function earlierDays({ tiers, earnedDays }: BadgeView, formats: Formats): string {
  return earnedDays
    .map((day, index) => {
      const tier = tiers[index];
      return tier === undefined ? '' : `${tierTitle(tier)} ${formats.day(day, 'long')}`;
    })
    .join(' · ');
}

function progress(badge: BadgeView, formats: Formats): readonly HTMLElement[] {
  const next = badge.tiers[badge.earned];
  if (next === undefined) return [el('p', { class: 'tb-badge-complete' }, icon('check'), t('Complete'))];
  const to = t('To {0}', tierTitle(next));
  const words = progressWords(badge, formats);
  return [
    el(
      'p',
      { class: 'tb-badge-next' },
      el('span', { class: 'tb-muted' }, to),
      el('span', { class: 'tb-badge-figures' }, words),
    ),
    el(
      'div',
      { class: 'tb-badge-meter' },
      meter({ label: `${to}: ${words}`, share: badge.progress, notches: notchesOf(badge) }),
    ),
  ];
}

/** A share counts from the tier that is earned, and what is to fall from where it is: there zero has no mark of its own. */
function notchesOf({ goals, earned, falling, unit }: BadgeView): readonly number[] {
  const before = goals[earned - 1];
  const next = goals[earned];
  return before === undefined || next === undefined || falling || unit === 'percent' ? [] : [before / next];
}
