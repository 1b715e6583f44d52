import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { ProblemCode } from '../../team/protocol/problem.ts';
import { isProblemError, type ProblemDetails, problemOf } from './problem-error.ts';

/** What the framework refuses, by its own codes. */
const frameworkCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_VALIDATION: 'invalid_request',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'not_found',
  FST_UNDER_PRESSURE: 'unavailable',
};

/** Answers every error as a problem document that repeats nothing of what was sent. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (isProblemError(error)) {
      const { code, ...rest } = error.problem;
      return answer(reply, code, rest);
    }
    const code = codeOf(error);
    if (code === 'internal_error') request.log.error({ problem: error.message, at: error.stack }, 'a request failed');
    return answer(reply, code, code === 'unavailable' ? { retryAfterSec: soonSec() } : {});
  });
  app.setNotFoundHandler((request, reply) => {
    const known =
      app.hasRoute({ method: 'GET', url: request.url }) || app.hasRoute({ method: 'POST', url: request.url });
    return answer(reply, known ? 'method_not_allowed' : 'not_found', {});
  });
}

/** Not the same for all, who would come back together. */
function soonSec(): number {
  return 5 + Math.floor(Math.random() * 56);
}

/** The problem that the framework's refusal, or any other error, is. */
export function codeOf(error: FastifyError): ProblemCode {
  const known = frameworkCodes[error.code];
  if (known !== undefined) return known;
  if (error.validation !== undefined) return 'invalid_request';
  if (error.statusCode === 400) return 'invalid_json';
  if (error.statusCode === 413) return 'body_too_large';
  return error.statusCode === 503 ? 'unavailable' : 'internal_error';
}

function answer(reply: FastifyReply, code: ProblemCode, details: ProblemDetails): FastifyReply {
  const problem = problemOf(code, details);
  if (details.retryAfterSec !== undefined) reply.header('retry-after', String(details.retryAfterSec));
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
}
