import type { Problem } from './protocol/problem.ts';

/** Why a request had no answer that could be used, by what is to be done about it. */
export type TransportFailure =
  /** No way to the server: no network, no such host, nobody listens. */
  | 'offline'
  | 'timeout'
  /** The server cannot prove who it is. */
  | 'certificate'
  /** A web page answers in the server's place, like a hotel's sign-in. */
  | 'captive_portal'
  | 'redirected'
  | 'too_large'
  /** Something that this protocol does not know. */
  | 'bad_answer'
  /** The server, or what stands before it, cannot answer now. */
  | 'unavailable';

/** A refusal of the server is a `problem`; the others never reached it, or not as it should be. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfterMs?: number | undefined }
  | { readonly kind: TransportFailure; readonly retryAfterMs?: number | undefined }
  /** This client has no token (any more): sign in again. */
  | { readonly kind: 'signed_out'; readonly retryAfterMs?: undefined }
  /** The person did not go through with the sign-in. */
  | { readonly kind: 'cancelled'; readonly retryAfterMs?: undefined }
  /** The machine's policy forbids it; nothing was asked. */
  | { readonly kind: 'forbidden'; readonly retryAfterMs?: undefined };

/** What was asked for, or why it is not there. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export function succeeded<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** The stable code of a failure: a problem's own, else its kind. */
export function failureCode(failure: Failure): string {
  return failure.kind === 'problem' ? failure.problem.code : failure.kind;
}

/** Whether a failure is the server's problem of that code. */
export function isProblem(failure: Failure, code: Problem['code']): boolean {
  return failure.kind === 'problem' && failure.problem.code === code;
}
