import Type, { type Static } from 'typebox';
import { Count, closed, Day, Id, nullable } from './basics.ts';

export const allowanceUnits = ['tokens', 'microUsd'] as const;
export type AllowanceUnit = (typeof allowanceUnits)[number];
/** A calendar month or year, UTC. */
export const allowancePeriods = ['month', 'year'] as const;
export type AllowancePeriod = (typeof allowancePeriods)[number];

const Terms = {
  unit: Type.Enum([...allowanceUnits]),
  per: Type.Enum([...allowancePeriods]),
  /** Tokens of all four kinds, or micro-USD at list price, above 0. */
  amount: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
};

/** Percent of an amount in steps of 5, 0 to 100; 100 where all of it or more is used. */
const Percent = Type.Integer({ minimum: 0, maximum: 100, multipleOf: 5 });

/** `GET /v1/me/allowance`: what was granted to oneself and to one's teams, and what one has used of it. */
export const AllowanceList = closed({
  allowances: Type.Array(
    closed({
      ...Terms,
      /** One's own part, exact, of all one's machines, as the server has it. */
      used: Count,
      /** First and last day that count: of the period, but not from before one joined, nor before a year's was granted. */
      from: Day,
      to: Day,
      /** The team that shares it; null where it is one's own alone. */
      team: nullable(closed({ id: Id, name: Type.String() })),
      /** What all of the team have used of it, as of the last snapshot; null where the rules do not let it be told. */
      teamPercent: nullable(Percent),
    }),
  ),
});
export type AllowanceList = Static<typeof AllowanceList>;

/** `POST /v1/admin/allowances`: to one member, or to a team that shares it; one of the two is null. */
export const AllowanceDraft = closed({ member: nullable(Id), team: nullable(Id), ...Terms });
export type AllowanceDraft = Static<typeof AllowanceDraft>;

/** `PATCH /v1/admin/allowances/{id}`. */
export const AllowanceChange = closed({ amount: Terms.amount });

/** An allowance as those see it who grant it: never what a member used, a team's use under the rules alone. */
export const Allowance = closed({ id: Id, ...AllowanceDraft.properties, since: Day, teamPercent: nullable(Percent) });
export type Allowance = Static<typeof Allowance>;

/** `GET /v1/admin/allowances`. */
export const Allowances = closed({ allowances: Type.Array(Allowance) });
export type Allowances = Static<typeof Allowances>;
