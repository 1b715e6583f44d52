import { badgeTitle } from '../src/dashboard/protocol/badge-titles.ts';
import type { Tier } from '../src/dashboard/protocol/badges.ts';
import type { Row } from '../src/team/protocol/board.ts';
import type { WindowId } from '../src/team/protocol/terms.ts';
import { smallBadgeArt } from './badge-art.ts';
import { tierTitle } from './badges-words.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';

const size = 26;
const tiers: readonly Tier[] = ['bronze', 'silver', 'gold', 'platinum', 'diamond'];
/** What a badge that tells no tier looks like: a plain frame. */
const plain: Tier = 'silver';
const made = new Map<string, SVGSVGElement>();

/** At most three small badges with their names. */
export function rowBadges(badges: readonly string[]): HTMLElement | undefined {
  if (badges.length === 0) return undefined;
  return el(
    'span',
    { class: 'tb-row-badges' },
    ...badges.slice(0, 3).map((id) => {
      const { badge, tier } = read(id);
      const name = tier === undefined ? badgeTitle(badge, t) : t('{0}, {1}', badgeTitle(badge, t), tierTitle(tier));
      return el('span', { role: 'img', 'aria-label': name, title: name }, artOf(id));
    }),
  );
}

/** `Cache Wizard of the month` */
export function titleWords({ titles }: Row, window: WindowId): string {
  return titles
    .map(({ badge }) => {
      const name = badgeTitle(read(badge).badge, t);
      if (window === '7d') return t('{0} of the week', name);
      if (window === '90d') return t('{0} of the quarter', name);
      return window === 'today' ? t('{0} of the day', name) : t('{0} of the month', name);
    })
    .join(', ');
}

/** Drawing is dear and copying is not: a board has hundreds. */
function artOf(id: string): SVGSVGElement {
  let art = made.get(id);
  if (art === undefined) {
    const { badge, tier = plain } = read(id);
    art = smallBadgeArt({ id: badge, tiers: [tier], earned: 1 }, size);
    made.set(id, art);
  }
  return art.cloneNode(true) as SVGSVGElement;
}

/** A badge's id, with its tier at the end where it is shared. */
function read(id: string): { readonly badge: string; readonly tier: Tier | undefined } {
  const tier = tiers.find((one) => id.endsWith(`-${one}`));
  return { badge: tier === undefined ? id : id.slice(0, -tier.length - 1), tier };
}
