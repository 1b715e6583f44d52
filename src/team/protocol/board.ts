import Type, { type Static } from 'typebox';
import {
  Badge,
  BoardId,
  CadenceTerm,
  Count,
  closed,
  Day,
  Id,
  Instant,
  Metric,
  nullable,
  Text,
  VisibilityTerm,
  Window,
} from './basics.ts';

/** In the metric's unit; whole but for shares. */
const Value = Type.Number({ minimum: 0 });

/** Open; being counted for the first time; closed by the owner, whose words are the notice. */
export const BoardState = Type.Enum(['open', 'waiting', 'closed']);

/** One board that the asker may look at. */
export const BoardInfo = closed({
  id: BoardId,
  kind: Type.Enum(['organisation', 'team']),
  name: Type.String(),
  state: BoardState,
  notice: nullable(Text),
  cadence: CadenceTerm,
  windows: Type.Array(Window),
  metrics: Type.Array(Metric),
  defaultWindow: Window,
  defaultMetric: Metric,
  quiet: Type.Boolean(),
  /** How the asker stands on it. */
  visibility: VisibilityTerm,
  pseudonym: nullable(Type.String()),
});
export type BoardInfo = Static<typeof BoardInfo>;

/** `GET /v1/boards`. */
export const BoardList = closed({ boards: Type.Array(BoardInfo) });
export type BoardList = Static<typeof BoardList>;

/** The best in a metric of this window, who hold its badge. */
export const Title = closed({ badge: Badge, metric: Metric });
export type Title = Static<typeof Title>;

/** One person on a board. `value` has three significant digits. */
export const Row = closed({
  rank: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  named: Type.Boolean(),
  value: Value,
  badges: Type.Array(Badge, { maxItems: 3 }),
  titles: Type.Array(Title),
});
export type Row = Static<typeof Row>;

/** Why a sum is not told. */
export const withholdings = ['too_few', 'dominated', 'derivable', 'too_large'] as const;
export type Withholding = (typeof withholdings)[number];

/** Sums over a group of at least k people; all null and `withheld` told where the rules forbid them. */
export const Aggregate = closed({
  members: nullable(Type.Integer({ minimum: 0 })),
  /** Sum of the metric where it can be added (tokens, fresh, cost), else null. */
  sum: nullable(Count),
  median: nullable(Value),
  /** Quartiles and tenths: 10, 25, 50, 75, 90 per cent; null where there are too few. */
  spread: nullable(Type.Array(Value, { minItems: 5, maxItems: 5 })),
  /** Significant digits of all figures; null when exact. */
  digits: nullable(Type.Integer({ minimum: 1 })),
  withheld: nullable(Type.Enum([...withholdings])),
});
export type Aggregate = Static<typeof Aggregate>;

/** A team's line in team against team. */
export const TeamRow = closed({ team: Id, name: Type.String(), rank: nullable(Type.Integer()), aggregate: Aggregate });
export type TeamRow = Static<typeof TeamRow>;

/**
 * How members' values are distributed: bins from a lower bound (1, 2 or 5 times a power of ten) to the next bin's, with the
 * share of active members in each, in steps of 5 per cent. Null where the total is withheld or one bin would hold all.
 */
export const Histogram = Type.Array(closed({ from: Value, percent: Type.Integer({ minimum: 0, maximum: 100 }) }));

/** `GET /v1/boards/{id}?window=&metric=`: the published snapshot, the same bytes for everyone. */
export const Snapshot = closed({
  board: BoardId,
  name: Type.String(),
  state: BoardState,
  notice: nullable(Text),
  window: Window,
  metric: Metric,
  /** Grows with each snapshot of this board, window and metric; 0 while waiting or closed. */
  seq: Type.Integer({ minimum: 0 }),
  builtAt: nullable(Instant),
  nextAt: nullable(Instant),
  /** First and last day that are counted. */
  from: nullable(Day),
  to: nullable(Day),
  policyVersion: Type.Integer({ minimum: 0 }),
  quiet: Type.Boolean(),
  topN: Type.Integer(),
  rows: Type.Array(Row, { maxItems: 250 }),
  total: nullable(Aggregate),
  histogram: nullable(Histogram),
  teams: Type.Array(TeamRow),
});
export type Snapshot = Static<typeof Snapshot>;

/**
 * `GET /v1/boards/{id}/me`: one's own standing, exact; the place is that of the last half minute. Null where one has no value
 * in the metric.
 */
export const Standing = closed({
  board: BoardId,
  window: Window,
  metric: Metric,
  value: nullable(Value),
  /** Rank among all who take part, by the latest counts, and the share of them whom one is at or above. */
  rank: nullable(Type.Integer({ minimum: 1 })),
  percentile: nullable(Type.Number({ minimum: 0, maximum: 100 })),
  /** What is missing to the next better value, in three significant digits. */
  toNext: nullable(Value),
  /** One's rank in the published snapshot, where one stands in it. */
  listedRank: nullable(Type.Integer({ minimum: 1 })),
  visibility: VisibilityTerm,
  seq: Type.Integer({ minimum: 0 }),
});
export type Standing = Static<typeof Standing>;

/** The query of the two above; the board's defaults where left out. */
export const BoardQuery = closed({ window: Type.Optional(Window), metric: Type.Optional(Metric) });
export type BoardQuery = Static<typeof BoardQuery>;
