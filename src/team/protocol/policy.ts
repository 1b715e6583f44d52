import Type, { type Static } from 'typebox';
import { CadenceTerm, Count, closed, Instant, Metric, nullable, Sha256, Text, Version, Window } from './basics.ts';
import { maxGroup, maxTopN, minGroup } from './limits.ts';

/** A sum of tokens or micro-USD that the organisation sets itself for a month or a year. */
export const Budget = closed({
  unit: Type.Enum(['tokens', 'microUsd']),
  per: Type.Enum(['month', 'year']),
  amount: Count,
});
export type Budget = Static<typeof Budget>;

/** What the owner decides; the server makes the policy's words of it. */
export const PolicyDraft = closed({
  /** What the board is for, in the owner's words; shown to everyone who is asked to take part. */
  purpose: Type.String({ minLength: 1, maxLength: 1000 }),
  /** The organisation's name as it is shown. */
  organisation: Type.String({ minLength: 1, maxLength: 80 }),
  /** Whom to ask; null where not told. */
  contact: nullable(Type.String({ maxLength: 200 })),
  /** The works agreement or other ground on which it is held; null where there is none. */
  worksAgreement: nullable(Type.String({ maxLength: 500 })),
  /** Whether pay or performance is judged by it; null where not told. True or null: no named boards. */
  usedForPay: nullable(Type.Boolean()),
  cadence: CadenceTerm,
  k: Type.Integer({ minimum: minGroup, maximum: maxGroup }),
  topN: Type.Integer({ minimum: 1, maximum: maxTopN }),
  /** No names for anyone. */
  quiet: Type.Boolean(),
  /** The metrics that boards show; the default is one of them. */
  metrics: Type.Array(Metric, { minItems: 1, maxItems: 6, uniqueItems: true }),
  defaultMetric: Metric,
  budget: nullable(Budget),
});
export type PolicyDraft = Static<typeof PolicyDraft>;

/** A policy as everyone is asked about it. A change makes a new version, and everyone is asked again. */
export const Policy = closed({
  ...PolicyDraft.properties,
  version: Type.Integer({ minimum: 1 }),
  /** The whole policy in plain words, and the SHA-256 of these words, which a consent repeats. */
  text: Text,
  sha256: Sha256,
  since: Instant,
  /** False when it is used for pay or performance, when that is not told, or in quiet mode. */
  namedBoards: Type.Boolean(),
  /** The fields that leave a machine, and who sees what. */
  fields: Type.Array(Type.String()),
  seenBy: Type.Array(Type.String()),
  retentionDays: closed({ cells: Type.Integer(), days: Type.Integer(), audit: Type.Integer() }),
});
export type Policy = Static<typeof Policy>;

export const MetricInfo = closed({
  id: Metric,
  unit: Type.Enum(['tokens', 'microUsd', 'share', 'days', 'models']),
  formula: Type.String(),
  windows: Type.Array(Window),
});

/** `GET /v1/meta`, public. `policy` is null until the owner has stated the purpose. */
export const Meta = closed({
  protocol: closed({ min: Type.Integer(), max: Type.Integer() }),
  server: Version,
  policy: nullable(Policy),
  /** The owner's words when the board is closed, else null. */
  closed: nullable(Text),
  metrics: Type.Array(MetricInfo),
  pricesVersion: Type.String(),
  /** Whether people join and sign in with the organisation's provider. */
  signIn: Type.Boolean(),
  limits: closed({
    cellsPerSync: Type.Integer(),
    bodyBytes: Type.Integer(),
    cellAgeDays: Type.Integer(),
    devices: Type.Integer(),
  }),
});
export type Meta = Static<typeof Meta>;
