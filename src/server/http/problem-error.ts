import { type Problem, type ProblemCode, problems } from '../../team/protocol/problem.ts';

/** What a problem may tell besides its code. */
export type ProblemDetails = Pick<Problem, 'detail' | 'policyVersion' | 'device' | 'retryAfterSec'>;

/** An error that is answered as a problem document. */
export interface ProblemError extends Error {
  readonly problem: Problem;
}

const titles: Partial<Record<ProblemCode, string>> = {
  consent_required: 'The policy has to be agreed to first',
  member_erased: 'The member was erased',
  not_found: 'There is no such thing',
  rate_limited: 'Too many requests',
  unavailable: 'Not available at the moment',
  internal_error: 'The server has failed',
};

/** The problem document of a code. */
export function problemOf(code: ProblemCode, details: ProblemDetails = {}): Problem {
  const title = titles[code] ?? code.replaceAll('_', ' ');
  return { type: 'about:blank', title, status: problems[code], code, ...details };
}

/** An error to throw from a handler. */
export function problemError(code: ProblemCode, details: ProblemDetails = {}): ProblemError {
  return Object.assign(new Error(code), { problem: problemOf(code, details) });
}

export function isProblemError(error: unknown): error is ProblemError {
  return error instanceof Error && 'problem' in error;
}
