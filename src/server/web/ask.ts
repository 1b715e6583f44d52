import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AnswerOf,
  type BodyOf,
  type EndpointName,
  endpoints,
  type ParamsOf,
  type QueryOf,
} from '../../team/protocol/endpoints.ts';
import { checkAccess } from '../http/access.ts';
import { isProblemError } from '../http/problem-error.ts';
import type { Handler, Handlers } from '../http/route.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { Session } from '../store/records.ts';

/** A browser that asks for a page, signed in as somebody. */
export interface Visit {
  readonly context: ServerContext;
  readonly handlers: Handlers;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: Session;
  readonly now: number;
}

type PartsOf<Name extends EndpointName> = {
  readonly [Part in 'params' | 'query' | 'body' as Part extends 'params'
    ? ParamsOf<Name> extends undefined
      ? never
      : 'params'
    : Part extends 'query'
      ? QueryOf<Name> extends undefined
        ? never
        : 'query'
      : BodyOf<Name> extends undefined
        ? never
        : 'body']: Part extends 'params' ? ParamsOf<Name> : Part extends 'query' ? QueryOf<Name> : BodyOf<Name>;
};

/**
 * Asks an endpoint of the protocol for a page: the same access, rates, rules and audit as for any other client. Throws the
 * problem that it answers.
 */
export async function ask<Name extends EndpointName>(
  { context, handlers, request, reply, session, now }: Visit,
  name: Name,
  parts: PartsOf<Name>,
): Promise<AnswerOf<Name>> {
  const { access } = endpoints[name];
  if (access !== 'public') checkAccess(access, session);
  request.session = session;
  await request.server.countAsked(name, request);
  const asked = { session, params: undefined, query: undefined, body: undefined, ...parts, now, reply } as unknown;
  const handler = handlers[name] as Handler<Name>;
  return (await handler(context, asked as Parameters<Handler<Name>>[1])) as AnswerOf<Name>;
}

/** The code of a problem that an endpoint has answered; undefined for anything else that was thrown. */
export function problemCode(error: unknown): string | undefined {
  return isProblemError(error) ? error.problem.code : undefined;
}
