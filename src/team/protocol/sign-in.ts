import Type, { type Static } from 'typebox';
import { closed, Instant, nullable, Secret, Uuid } from './basics.ts';
import { Client, JoinAnswer } from './join.ts';

/** SHA-256 of a verifier in base64url: a secret's shape. */
const Challenge = Secret;
/** A client's own mark, by which it knows an answer as the one to its question. */
const State = Type.String({ pattern: '^[A-Za-z0-9_-]{16,128}$' });

/**
 * `GET /v1/auth/oidc/start`, opened in a browser: leads to the organisation's sign-in. An editor names its PKCE challenge, its
 * state, and where the browser hands the answer back; a page needs nothing, and connects the member who is signed in on it where it
 * says so; a device names the secret of the page `/device`.
 */
export const SignInQuery = closed({
  kind: Type.Enum(['editor', 'web', 'connect', 'device']),
  challenge: Type.Optional(Challenge),
  redirect: Type.Optional(Type.String({ maxLength: 300 })),
  state: Type.Optional(State),
  device: Type.Optional(Secret),
});
export type SignInQuery = Static<typeof SignInQuery>;

const Answer = Type.Optional(Type.String({ maxLength: 4096 }));
/** `GET /v1/auth/oidc/callback`, where the provider sends the browser; some providers say more than is asked for. */
export const SignInCallback = Type.Object({ code: Answer, state: Answer, error: Answer, iss: Answer });
export type SignInCallback = Static<typeof SignInCallback>;

/** `POST /v1/auth/oidc/token`: the code that the browser handed back, once and within a minute, with the PKCE verifier. */
export const CodeExchange = closed({
  code: Secret,
  verifier: Type.String({ pattern: '^[A-Za-z0-9._~-]{43,128}$' }),
  device: Uuid,
  client: Client,
});
export type CodeExchange = Static<typeof CodeExchange>;

/**
 * What a sign-in has come to: tokens for a member, with this machine as one of the member's; for anyone else a ticket that
 * `POST /v1/join` takes in an invite's place, with the consent. About the latter nothing is kept but the ticket.
 */
export const SignedIn = closed({
  member: nullable(JoinAnswer),
  ticket: nullable(closed({ ticket: Secret, expiresAt: Instant })),
});
export type SignedIn = Static<typeof SignedIn>;

/** `POST /v1/auth/device`: begins a sign-in in a browser anywhere else. */
export const DeviceStart = closed({ client: Client });
export const DeviceCodes = closed({
  deviceCode: Secret,
  /** What a person enters on the page: `BCDF-GHJK`. */
  userCode: Type.String({ pattern: '^[B-Z]{4}-[B-Z]{4}$' }),
  url: Type.String(),
  /** Seconds between two polls, at least. */
  interval: Type.Integer({ minimum: 1 }),
  expiresIn: Type.Integer({ minimum: 1 }),
});
export type DeviceCodes = Static<typeof DeviceCodes>;

/**
 * `POST /v1/auth/device/token`: `authorization_pending` until the person has agreed in the browser, `slow_down` when asked too
 * soon, `sign_in_denied`, `sign_in_expired`.
 */
export const DevicePoll = closed({ deviceCode: Secret, device: Uuid, client: Client });
export type DevicePoll = Static<typeof DevicePoll>;
