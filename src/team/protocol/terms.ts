/** The closed vocabularies of the protocol. Their words are stored and synced, so they never change. */

/** Rolling windows of complete UTC days that end yesterday; `today` exists on hourly and live boards alone. */
export const windowIds = ['today', '7d', '30d', '90d'] as const;
export type WindowId = (typeof windowIds)[number];
export const defaultWindow: WindowId = '30d';

/** Days of a window. */
export const windowDays: Readonly<Record<WindowId, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };

export const metricIds = ['tokens', 'fresh', 'cost', 'cacheShare', 'activeDays', 'models'] as const;
export type MetricId = (typeof metricIds)[number];
export const defaultMetric: MetricId = 'fresh';

/** What a metric counts: whole tokens, whole micro-USD, a share from 0 to 1, whole days, whole models. */
export type MetricUnit = 'tokens' | 'microUsd' | 'share' | 'days' | 'models';

export interface MetricTerm {
  readonly unit: MetricUnit;
  /** In terms of a cell's fields, as it is shown beside every figure. */
  readonly formula: string;
  /** The windows in which it is counted. */
  readonly windows: readonly WindowId[];
}

export const metrics: Readonly<Record<MetricId, MetricTerm>> = {
  tokens: { unit: 'tokens', formula: 'in + out + cr + cw', windows: windowIds },
  fresh: { unit: 'tokens', formula: 'in + out + cw', windows: windowIds },
  cost: { unit: 'microUsd', formula: 'usd: list price of each request, not a bill', windows: windowIds },
  cacheShare: { unit: 'share', formula: 'cr / (in + cr + cw), where in + cr + cw >= 1000000', windows: windowIds },
  activeDays: { unit: 'days', formula: 'days with in + out + cr + cw > 0', windows: ['7d', '30d', '90d'] },
  // Cells are kept for 35 days, so models are not known for longer.
  models: {
    unit: 'models',
    formula: 'models with in + out + cr + cw >= 100000 each',
    windows: ['today', '7d', '30d'],
  },
};

/** How often a board is published: shortly after midnight UTC, each hour, each five minutes. */
export const cadences = ['daily', 'hourly', 'live'] as const;
export type Cadence = (typeof cadences)[number];
export const cadenceMs: Readonly<Record<Cadence, number>> = { daily: 86_400_000, hourly: 3_600_000, live: 300_000 };

/** As what a member stands on a board: by display name, by the board's own pseudonym, in its sums alone. */
export const visibilities = ['named', 'pseudonym', 'aggregate'] as const;
export type Visibility = (typeof visibilities)[number];

/** In the organisation. An admin may all that an owner may but change the policy, close, and make owners. */
export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

/** In a team. */
export const teamRoles = ['owner', 'member'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** What speaks to the server; each has a token family of its own. */
export const clientKinds = ['editor', 'command', 'web'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** The board of the whole organisation. A team's board has the team's id. */
export const organisationBoard = 0;

/** Stands for a model that is in no public catalogue, and for all where the models switch is off. */
export const otherModel = 'other';
