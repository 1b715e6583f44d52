import type { BadgeView } from '../../badges/badge.ts';

export type { BadgeView, Tier } from '../../badges/badge.ts';

export interface BadgesView {
  /** In their lasting order. */
  readonly badges: readonly BadgeView[];
  readonly toasts: boolean;
}
