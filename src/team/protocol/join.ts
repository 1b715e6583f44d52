import Type, { type Static } from 'typebox';
import { ClientTerm, closed, Id, Instant, Secret, Uuid, Version } from './basics.ts';
import { ConsentChoice } from './consent.ts';

/** Who asks: a kind of client and its version. */
export const Client = closed({ kind: ClientTerm, version: Version });
export type Client = Static<typeof Client>;

/** An access token for 15 minutes and the refresh token of its family, which holds for 30 days and once only. */
export const TokenPair = closed({
  accessToken: Secret,
  accessExpiresAt: Instant,
  refreshToken: Secret,
  refreshExpiresAt: Instant,
});
export type TokenPair = Static<typeof TokenPair>;

/**
 * `POST /v1/join`: an invite for a member, a device and its tokens. With the code of `POST /v1/me/devices` it adds a
 * device to the member who asked for the code. `consent` is left out by a device's code and by the owner's set-up
 * link before there is a policy; else it is needed (403 `consent_required`).
 */
export const JoinRequest = closed({
  invite: Secret,
  /** The id of the home that holds the logs, made once by the client. It is kept hashed. */
  device: Uuid,
  client: Client,
  consent: Type.Optional(ConsentChoice),
  /**
   * Random, made once for an invite by the client. Asked again with it, from the same device within an hour, the server
   * gives that member new tokens in place of those whose answer was lost, and takes the consent of now. It is kept hashed.
   */
  attempt: Type.Optional(Secret),
});
export type JoinRequest = Static<typeof JoinRequest>;

export const JoinAnswer = closed({
  member: Id,
  device: Id,
  /** The first whole day that counts for boards: the UTC day of joining. */
  joinedDay: Type.String(),
  tokens: TokenPair,
});
export type JoinAnswer = Static<typeof JoinAnswer>;

/** `POST /v1/auth/refresh`: 401 `token_reused` revokes the family, 410 `member_erased` ends it for good. */
export const RefreshRequest = closed({ refreshToken: Secret });
export type RefreshRequest = Static<typeof RefreshRequest>;

/** `POST /v1/auth/token`: a family of its own for another client on the same device (a command beside an editor). */
export const SiblingRequest = closed({ client: Client });
export type SiblingRequest = Static<typeof SiblingRequest>;
