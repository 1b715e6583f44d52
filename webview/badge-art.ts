import type { BadgeView } from '../src/dashboard/protocol/badges.ts';
import { type BadgeLook, badgeBox, badgeShapes, pipShapes, type Shape, smallBadgeShapes } from './badge-shapes.ts';
import { svg } from './dom.ts';

/** The picture of a badge as it stands: its frame, its glyph, and a pip for each tier. Words say the same beside it. */
export function badgeArt(badge: Pick<BadgeView, 'id' | 'tiers' | 'earned'>): SVGSVGElement {
  const look = lookOf(badge);
  const pips = svg('g', { transform: 'translate(0 41)' }, ...pipShapes(badge.tiers.length, badge.earned).map(drawn));
  return svg(
    'svg',
    { class: `badge-art badge-${look}`, viewBox: '-30 -34 60 80', width: 60, height: 80, 'aria-hidden': 'true' },
    ...badgeShapes(badge.id, look).map(drawn),
    pips,
  );
}

/** The picture of a badge for a line of text, below 40 px. */
export function smallBadgeArt(badge: Pick<BadgeView, 'id' | 'tiers' | 'earned'>, size: number): SVGSVGElement {
  const look = lookOf(badge);
  const half = badgeBox / 2;
  return svg(
    'svg',
    {
      class: `badge-art badge-${look}`,
      viewBox: `${-half} ${-half} ${badgeBox} ${badgeBox}`,
      width: size,
      height: size,
      'aria-hidden': 'true',
    },
    ...smallBadgeShapes(badge.id, look).map(drawn),
  );
}

function lookOf({ tiers, earned }: Pick<BadgeView, 'tiers' | 'earned'>): BadgeLook {
  return tiers[earned - 1] ?? 'locked';
}

function drawn({ name, attributes }: Shape): SVGElement {
  return svg(name, attributes);
}
