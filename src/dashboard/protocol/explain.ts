export type Card =
  | 'tokens'
  | 'limits'
  | 'chart'
  | 'models'
  | 'projects'
  | 'calendar'
  | 'when'
  | 'records'
  | 'forecast'
  | 'sessions'
  | 'session'
  | 'prices'
  | 'efficiency'
  | 'habits'
  | 'burn'
  | 'billing'
  | 'badges';

/** What a card's figures rest on; the formula is the card's own sentence. */
export interface ExplainView {
  readonly card: Card;
  readonly requests: number;
  readonly tools: readonly { readonly title: string; readonly requests: number; readonly estimatedTokens: number }[];
  readonly pricesVersion: string;
  readonly unpricedTokens: number;
  readonly estimatedTokens: number;
  /** Whether estimates count: a setting may leave them out. */
  readonly estimates: boolean;
  readonly zone: string;
  readonly since: string;
  readonly until: string;
}
