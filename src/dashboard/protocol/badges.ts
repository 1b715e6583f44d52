export type Tier = 'bronze' | 'silver' | 'gold' | 'platinum' | 'diamond';

export interface BadgesView {
  /** In their lasting order. */
  readonly badges: readonly BadgeView[];
  readonly toasts: boolean;
}

/** How far a person is with one badge; words and art go by its id. */
export interface BadgeView {
  readonly id: string;
  /** Tiers there are, from the lowest. */
  readonly tiers: readonly Tier[];
  /** Tiers earned. */
  readonly earned: number;
  /** The local day on which the highest of them was earned. */
  readonly earnedOn: string | undefined;
  readonly unit:
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
  /** Where it stands, in its unit; null where nothing can be said yet. */
  readonly value: number | null;
  /** What each tier takes. */
  readonly goals: readonly number[];
  /** Less is better. */
  readonly falling: boolean;
  /** 0 to 1 towards the next tier; 1 when complete. */
  readonly progress: number;
}
