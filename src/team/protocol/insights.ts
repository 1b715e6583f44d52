import Type, { type Static } from 'typebox';
import { allowancePeriods, allowanceUnits } from './allowance.ts';
import { BoardId, Count, closed, Day, Id, Instant, Model, nullable, Text, Tool } from './basics.ts';
import { withholdings } from './board.ts';

/** Percent in steps of 5: finer ones would tell of single members. */
const Percent = Type.Integer({ minimum: 0, maximum: 100, multipleOf: 5 });
/** Two significant digits. */
const Value = Type.Number({ minimum: 0 });

/** Shares of the tokens; `id` null is all others together. Null where the rules do not let a mix be told. */
const mixOf = <const Term extends typeof Tool | typeof Model>(term: Term) =>
  nullable(Type.Array(closed({ id: nullable(term), percent: Percent })));

/**
 * `GET /v1/teams/{id}/insights`, for a team's owners, and with 0 of the organisation for its admins: how a group of at least k
 * people works with AI tools in the last 30 complete UTC days. Published with the daily snapshot; sums and shares of many, never a
 * person.
 */
export const Insights = closed({
  board: BoardId,
  name: Type.String(),
  state: Type.Enum(['open', 'waiting', 'closed']),
  notice: nullable(Text),
  builtAt: nullable(Instant),
  nextAt: nullable(Instant),
  from: nullable(Day),
  to: nullable(Day),
  policyVersion: Type.Integer({ minimum: 0 }),
  /** The least number of people in a figure. */
  k: Type.Integer(),
  /** Why nothing is told; null where something is. */
  withheld: nullable(Type.Enum([...withholdings])),
  /** Who used tokens in these days, and their share of those who did in 90 days. */
  members: nullable(Count),
  participation: nullable(Percent),
  /** Tokens of a member in the middle, and at 25 and 75 per cent: each the mean of the k members around it. */
  median: nullable(Value),
  quartiles: nullable(Type.Array(Value, { minItems: 2, maxItems: 2 })),
  /** Days with tokens at 50 per cent, likewise. */
  activeDays: nullable(Value),
  /** cr / (in + cr + cw) of all together. */
  cacheShare: nullable(Percent),
  tools: mixOf(Tool),
  models: mixOf(Model),
  /** What was granted to the team, or to each of the organisation's teams, and how much of it is used. */
  allowances: Type.Array(
    closed({
      team: Id,
      name: Type.String(),
      unit: Type.Enum([...allowanceUnits]),
      per: Type.Enum([...allowancePeriods]),
      amount: Count,
      from: Day,
      to: Day,
      percent: nullable(Percent),
    }),
  ),
});
export type Insights = Static<typeof Insights>;

/** The figures of a group, as they are published. */
export type InsightFigures = Pick<
  Insights,
  'withheld' | 'members' | 'participation' | 'median' | 'quartiles' | 'activeDays' | 'cacheShare' | 'tools' | 'models'
>;
