import Type, { type Static } from 'typebox';
import { closed } from './basics.ts';

/** Every problem that the server tells, with its HTTP status. Clients act by the code; codes never change. */
export const problems = {
  invalid_json: 400,
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  /** A refresh token was used twice: its family is revoked, sign in again. */
  token_reused: 401,
  /** The person has not agreed in the browser yet: ask again after the interval. */
  authorization_pending: 400,
  /** Asked before the interval was over; it is longer by now. */
  slow_down: 400,
  /** The person, the provider or its rules said no. */
  sign_in_denied: 403,
  /** It was used, took too long, or is not what was begun. */
  sign_in_expired: 410,
  /** The policy is another than the one agreed to, or none was. `policyVersion` tells which to read. */
  consent_required: 403,
  not_allowed: 403,
  /** A browser's page of another origin tried to write. */
  foreign_origin: 403,
  /** There is no such thing, or it belongs to others. */
  not_found: 404,
  invite_invalid: 404,
  method_not_allowed: 405,
  /** Another device of this member has the same counts. `device` tells which. */
  device_overlap: 409,
  too_many_devices: 409,
  policy_changed: 409,
  /** The owner has not stated the purpose yet. */
  policy_missing: 409,
  name_taken: 409,
  /** The last owner cannot leave or step down while others are there. */
  last_owner: 409,
  board_closed: 409,
  invite_used: 410,
  invite_expired: 410,
  /** The member was erased: the client stops and forgets. */
  member_erased: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid_request: 422,
  upgrade_required: 426,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problems;
const codes = Object.keys(problems) as ProblemCode[];

/** RFC 9457, `application/problem+json`. It never repeats what was sent. */
export const Problem = closed({
  /** `about:blank`: the code tells. */
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Enum(codes),
  detail: Type.Optional(Type.String()),
  /** With `consent_required` and `policy_changed`. */
  policyVersion: Type.Optional(Type.Integer()),
  /** With `device_overlap`: the other device's id. */
  device: Type.Optional(Type.Integer()),
  retryAfterSec: Type.Optional(Type.Integer()),
});
export type Problem = Static<typeof Problem>;
