import type { FastifyReply } from 'fastify';
import type { AnswerOf, BodyOf, EndpointName, endpoints, ParamsOf, QueryOf } from '../../team/protocol/endpoints.ts';
import type { Session } from '../store/records.ts';
import type { ServerContext } from './server-context.ts';

/** The session of an endpoint for which a token is asked. */
type SessionOf<Name extends EndpointName> = (typeof endpoints)[Name]['access'] extends 'public' ? undefined : Session;

/** A request that has passed its schemas and its endpoint's access. */
export interface Asked<Name extends EndpointName> {
  readonly session: SessionOf<Name>;
  readonly body: BodyOf<Name>;
  readonly query: QueryOf<Name>;
  readonly params: ParamsOf<Name>;
  readonly now: number;
  /** For headers; what is answered is what the handler gives back. */
  readonly reply: FastifyReply;
}

export type Handler<Name extends EndpointName> = (
  context: ServerContext,
  asked: Asked<Name>,
) => Promise<AnswerOf<Name> extends undefined ? void : AnswerOf<Name>>;

export type Handlers<Name extends EndpointName = EndpointName> = { readonly [Key in Name]: Handler<Key> };
