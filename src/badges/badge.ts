export type Tier = 'bronze' | 'silver' | 'gold' | 'platinum' | 'diamond';

export type BadgeUnit =
  | 'tokens'
  | 'models'
  | 'tools'
  | 'percent'
  | 'activeMs'
  | 'days'
  | 'months'
  | 'subagents'
  | 'times'
  | 'tokensPerRequest';

/** How far a person is with one badge; words and art go by its id. */
export interface BadgeView {
  readonly id: string;
  /** Tiers there are, from the lowest. */
  readonly tiers: readonly Tier[];
  /** Tiers earned. */
  readonly earned: number;
  /** The local day on which each earned tier was first reached, from the lowest. */
  readonly earnedDays: readonly string[];
  /** The last of them: that of the highest tier. */
  readonly earnedOn: string | undefined;
  readonly unit: BadgeUnit;
  /** Where it stands, in its unit, a percentage from 0 to 100; null where nothing can be said yet. */
  readonly value: number | null;
  /** What each tier takes. */
  readonly goals: readonly number[];
  /** Less is better. */
  readonly falling: boolean;
  /** 0 to 1 towards the next tier; 1 when complete. */
  readonly progress: number;
}
