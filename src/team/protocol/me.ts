import Type, { type Static } from 'typebox';
import { AllowanceList } from './allowance.ts';
import {
  BoardId,
  ClientTerm,
  Count,
  closed,
  Day,
  Id,
  Instant,
  Model,
  nullable,
  RoleTerm,
  Secret,
  TeamRoleTerm,
  Tool,
} from './basics.ts';
import { Consent } from './consent.ts';
import { Cell } from './sync.ts';

/** Why a person looked at a member's counts; the member knows, and it ends by itself. */
export const Flag = closed({ reason: Type.String(), since: Instant, until: Instant });
export type Flag = Static<typeof Flag>;

/** `GET /v1/me`. */
export const Me = closed({
  member: Id,
  role: RoleTerm,
  joinedDay: Day,
  /** The device whose token asks. */
  device: Id,
  consent: nullable(Consent),
  /** The policy of now is another than the one agreed to, or none was. */
  consentRequired: Type.Boolean(),
  teams: Type.Array(closed({ id: Id, name: Type.String(), role: TeamRoleTerm })),
  flag: nullable(Flag),
  hidden: Type.Boolean(),
});
export type Me = Static<typeof Me>;

/** Counts of several devices added up; exact. */
const Counts = {
  in: Count,
  out: Count,
  cr: Count,
  cw: Count,
  cw1: Count,
  rs: Count,
  req: Count,
  /** Tokens of cells that hold estimates. */
  estTokens: Count,
  usd: Count,
  /** Tokens of cells without any price. */
  unpricedTokens: Count,
};

/** `GET /v1/me/usage`: the day totals of 92 days, and of 35 days by tool and model. */
export const Usage = closed({
  days: Type.Array(
    closed({
      day: Day,
      ...Counts,
      /** From before one joined: for oneself alone, in no board. */
      beforeJoining: Type.Boolean(),
    }),
  ),
  models: Type.Array(closed({ day: Day, tool: Tool, model: Model, ...Counts })),
});
export type Usage = Static<typeof Usage>;
/** `others`: what one's other devices than the asking one hold, of the 35 days in which devices are told apart. */
export const UsageQuery = closed({ devices: Type.Optional(Type.Enum(['all', 'others'])) });

export const Device = closed({
  id: Id,
  addedDay: Day,
  lastSyncDay: nullable(Day),
  clients: Type.Array(ClientTerm),
  /** The device whose token asks. */
  current: Type.Boolean(),
});
export type Device = Static<typeof Device>;

/** `GET /v1/me/devices`. */
export const DeviceList = closed({ devices: Type.Array(Device) });
/** `POST /v1/me/devices`: a code for `POST /v1/join` on another machine, for ten minutes and once. */
export const DeviceCode = closed({ code: Secret, expiresAt: Instant });

/** `POST /v1/me/web-code`: signs a browser in as oneself at `/sign-in#code`, once and within a minute. */
export const WebCode = closed({ code: Secret, expiresAt: Instant });
export type WebCode = Static<typeof WebCode>;

/** `GET /v1/me/views`: how often boards were looked at while one stood on them, by day, board and viewers' role. */
export const Views = closed({
  total: Type.Integer({ minimum: 0 }),
  views: Type.Array(closed({ day: Day, board: BoardId, role: RoleTerm, count: Type.Integer({ minimum: 1 }) })),
});
export type Views = Static<typeof Views>;

/** `GET /v1/me/export`: all that is kept about oneself, but for secrets. */
export const Export = closed({
  exportedAt: Instant,
  me: Me,
  consents: Type.Array(Consent),
  devices: Type.Array(Device),
  cells: Type.Array(closed({ device: Id, ...Cell.properties })),
  days: Usage.properties.days,
  allowances: AllowanceList.properties.allowances,
  pseudonyms: Type.Array(closed({ board: BoardId, pseudonym: Type.String() })),
  badges: Type.Array(Type.String()),
  /** Of who signs in with the organisation's provider: when it last confirmed one. What it is told by is a hash and a sealed token. */
  signIn: nullable(closed({ confirmedAt: Instant })),
  /** Audit entries in which one acted or was acted upon. */
  audit: Type.Array(closed({ at: Instant, action: Type.String(), byMe: Type.Boolean(), board: nullable(BoardId) })),
  views: Views.properties.views,
});
export type Export = Static<typeof Export>;
