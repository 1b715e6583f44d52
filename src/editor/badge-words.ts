import { badgeTitle } from '../dashboard/protocol/badge-titles.ts';
import type { BadgeView, Tier } from '../dashboard/protocol/badges.ts';
import type { Translate } from './words.ts';

/** What is told of badges that were earned, in their lasting order: `You have earned a badge: Cache Wizard, gold.` */
export function badgeMessage(badges: readonly BadgeView[], t: Translate): string {
  const names = badges.map((badge) => {
    const tier = badge.tiers[badge.earned - 1];
    const title = badgeTitle(badge.id, t);
    return tier === undefined ? title : t('{0}, {1}', title, tierName(tier, t));
  });
  return names.length === 1
    ? t('You have earned a badge: {0}.', names[0] ?? '')
    : t('You have earned {0} badges: {1}.', names.length, names.join('; '));
}

function tierName(tier: Tier, t: Translate): string {
  return {
    bronze: t('bronze'),
    silver: t('silver'),
    gold: t('gold'),
    platinum: t('platinum'),
    diamond: t('diamond'),
  }[tier];
}
