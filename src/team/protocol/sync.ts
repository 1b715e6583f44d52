import Type, { type Static } from 'typebox';
import { Badge, Count, closed, Day, Instant, Model, nullable, Tool, Version } from './basics.ts';
import { maxBadges, maxCellsPerSync, maxCount, protocolVersion } from './limits.ts';

/**
 * The absolute totals of one device, UTC day, tool and model. A cell with a higher `rev` replaces the one before,
 * also with lower totals; all zeros remove it. `rev` is at least 1 and grows with each change of the cell.
 */
export const Cell = closed({
  day: Day,
  tool: Tool,
  model: Model,
  rev: Type.Integer({ minimum: 1, maximum: maxCount }),
  /** Input that was neither read from nor written to a cache. */
  in: Count,
  /** Output, reasoning included. */
  out: Count,
  /** Cache reads; cache writes of any lifetime; the part of `cw` that is kept for an hour. */
  cr: Count,
  cw: Count,
  cw1: Count,
  /** The part of `out` that was reasoning. */
  rs: Count,
  /** Requests. */
  req: Count,
  /** Some of it is estimated. */
  est: Type.Boolean(),
  /** List price in micro-USD of what has one; null when nothing in it has a price. */
  usd: nullable(Count),
  /** The version of the price table that `usd` comes from. */
  pv: Type.String({ pattern: '^[0-9A-Za-z._+-]{1,40}$' }),
});
export type Cell = Static<typeof Cell>;

/** `POST /v1/sync`. The device is the token's. */
export const SyncRequest = closed({
  v: Type.Literal(protocolVersion),
  /** The client's own count of changes; the answer repeats it as `ackSeq`. */
  seq: Count,
  /** The policy that was agreed to; 403 `consent_required` where it is another by now. */
  policyVersion: Type.Integer({ minimum: 1 }),
  client: Version,
  cells: Type.Array(Cell, { maxItems: maxCellsPerSync }),
  /** All badges that this device's owner shares, the favourite first; left out where the switch is off. */
  badges: Type.Optional(Type.Array(Badge, { maxItems: maxBadges, uniqueItems: true })),
});
export type SyncRequest = Static<typeof SyncRequest>;

/** Why a cell was not taken. The client sets it aside and goes on. */
export const cellRefusals = [
  /** After today, before the 35 days, or no day of the calendar. */
  'day_out_of_range',
  /** The device has 64 other cells on that day. */
  'too_many_cells',
  /** `cw1` above `cw`, `rs` above `out`, or more in a day than can be. */
  'impossible_counts',
  /** The server's catalogue does not have it, or the models switch is off: it belongs into the `other` cell of that day. */
  'unknown_model',
  /** The request has a cell of the same key before it. */
  'duplicate_cell',
] as const;
export type CellRefusal = (typeof cellRefusals)[number];

export const SyncAnswer = closed({
  applied: Type.Integer({ minimum: 0 }),
  /** The server has the same or a higher `rev`. */
  unchanged: Type.Integer({ minimum: 0 }),
  /** `i` is the cell's place in the request. */
  rejected: Type.Array(closed({ i: Type.Integer({ minimum: 0 }), code: Type.Enum([...cellRefusals]) })),
  ackSeq: Count,
  serverTime: Instant,
  nextSyncAfterSec: Type.Integer({ minimum: 1 }),
  policyVersion: Type.Integer({ minimum: 1 }),
});
export type SyncAnswer = Static<typeof SyncAnswer>;
