import Type, { type Static } from 'typebox';
import { BoardId, closed, Instant, Name, nullable, Sha256, VisibilityTerm } from './basics.ts';

/** How one stands on one board. */
export const BoardVisibility = closed({ board: BoardId, visibility: VisibilityTerm });

/** `PUT /v1/consent`: what a person agrees to. It replaces the consent before whole. */
export const ConsentChoice = closed({
  /** The version and words of the policy that were read; 409 `policy_changed` where it is another by now. */
  policyVersion: Type.Integer({ minimum: 1 }),
  policySha256: Sha256,
  /** On every board that `boards` does not name. */
  visibility: VisibilityTerm,
  boards: Type.Array(BoardVisibility, { maxItems: 100 }),
  /** Whether models are told; else every model is `other`. */
  models: Type.Boolean(),
  badges: Type.Boolean(),
  /** Also badges that tell when one works. */
  timeBadges: Type.Boolean(),
  /** Shown where one stands by name; null where one never does. */
  displayName: nullable(Name),
});
export type ConsentChoice = Static<typeof ConsentChoice>;

/** A consent as the server keeps it. */
export const Consent = closed({ ...ConsentChoice.properties, at: Instant });
export type Consent = Static<typeof Consent>;

/** `POST /v1/me/pseudonym`: a new pseudonym on a board, at once. */
export const PseudonymRequest = closed({ board: BoardId });
export const PseudonymAnswer = closed({ board: BoardId, pseudonym: Type.String() });
