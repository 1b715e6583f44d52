import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import underPressure from '@fastify/under-pressure';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RouteShorthandOptions,
} from 'fastify';
import { type Endpoint, type EndpointName, endpoints } from '../../team/protocol/endpoints.ts';
import { maxBodyBytes } from '../../team/protocol/limits.ts';
import { Problem } from '../../team/protocol/problem.ts';
import { signInPages } from '../oidc/routes.ts';
import { webPages } from '../web/routes.ts';
import { checkAccess } from './access.ts';
import { answerSchema } from './answer-schema.ts';
import { boundBodies } from './bounded-body.ts';
import { answerErrors } from './errors.ts';
import { refuseForeignOrigin } from './foreign-origin.ts';
import { allHandlers } from './handlers.ts';
import { joinPage } from './join-page.ts';
import { problemError } from './problem-error.ts';
import { countRates, rateOfEndpoint } from './rates.ts';
import type { Handler } from './route.ts';
import type { ServerContext } from './server-context.ts';
import { setUpPage } from './set-up-page.ts';
import { validatorCompiler } from './validator.ts';

export interface AppOptions {
  readonly log: FastifyBaseLogger;
  /** Whose `X-Forwarded-For` is believed: addresses or ranges, none by default. */
  readonly trustedProxies: readonly string[];
  /** Whether people reach it by https. */
  readonly secure: boolean;
  /** Called on the app before it has any route, for hooks. */
  readonly prepare?: (app: FastifyInstance) => void;
  /** Turned away above it, milliseconds of the event loop's delay. */
  readonly mostDelayMs: number;
}

/** The backend's HTTP interface, made of the protocol's endpoints. */
export async function createApp(context: ServerContext, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log,
    // What was asked, by whom and from where is nobody's business: answers are counted, not logged.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 64 },
    requestTimeout: 30_000,
  });
  app.setValidatorCompiler(validatorCompiler);
  options.prepare?.(app);
  app.removeContentTypeParser('text/plain');
  answerErrors(app);
  boundBodies(app);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    hsts: options.secure,
  });
  await app.register(underPressure, {
    maxEventLoopDelay: options.mostDelayMs,
    pressureHandler: async (_request, _reply, _type, value) => {
      // A loop that was busy from one look to the next has no delay at all, which is taken for an endless one; it is over.
      if (value !== Number.POSITIVE_INFINITY) throw problemError('unavailable', { retryAfterSec: 5 });
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tokenboard', version: context.version, description: 'The sync backend of a team board.' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform({ schema, url }) {
      const name = (schema as { operationId?: EndpointName } | undefined)?.operationId;
      return { schema: name === undefined ? schema : schemaOf(name, endpoints[name]), url };
    },
  });
  await countRates(app, context);
  const handlers = allHandlers();
  await app.register(async (routes) => {
    for (const name of Object.keys(endpoints) as EndpointName[]) {
      route(routes, context, name, handlers[name] as Handler<EndpointName>);
    }
    routes.get('/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
  joinPage(app);
  setUpPage(app);
  await signInPages(app, context);
  webPages(app, context, handlers);
  await app.ready();
  return app;
}

function route(app: FastifyInstance, context: ServerContext, name: EndpointName, handler: Handler<EndpointName>): void {
  const endpoint: Endpoint = endpoints[name];
  const { method, access } = endpoint;
  const texts = new WeakMap<object, Buffer>();
  const described = schemaOf(name, endpoint);
  const url = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
  const settings: RouteShorthandOptions = {
    schema: { ...described, response: answerSchema(described.response) },
    // Counted by the plug-in, after what follows.
    config: { rateLimit: rateOfEndpoint(name, context) },
    async onRequest(request) {
      if (method !== 'GET') refuseForeignOrigin(request, context.publicUrl);
      if (access !== 'public') {
        request.session = await context.sessions.of(request.headers.authorization, context.now());
        checkAccess(access, request.session);
      }
    },
  };
  app.route({
    ...settings,
    method,
    url,
    async handler(request, reply) {
      const { body, query, params, session } = request;
      const asked = { session, body, query, params, now: context.now(), reply } as unknown;
      const answer = await handler(context, asked as Parameters<typeof handler>[1]);
      if (endpoint.page === true) return reply;
      if (endpoint.answer === null) return reply.header('cache-control', 'no-store').code(204).send();
      const etag = reply.getHeader('etag');
      reply.header('cache-control', etag === undefined ? 'no-store' : 'private, no-cache');
      if (etag !== undefined && names(request.headers['if-none-match'], String(etag))) return reply.code(304).send();
      if (etag === undefined) return reply.send(answer);
      // What has a tag is the same for all who ask, and as long as a page: it is written out once.
      const page: object = Object(answer);
      const known = texts.get(page) ?? Buffer.from(String(reply.serialize(page)));
      texts.set(page, known);
      return reply.type('application/json; charset=utf-8').send(known);
    },
  });
}

/** Whether a header names an entity tag; a proxy that compresses makes it a weak one. */
function names(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) === true;
}

function schemaOf(name: EndpointName, { access, params, query, body, answer, page }: Endpoint) {
  const nothing = page === true ? { 302: { type: 'null' } } : { 204: { type: 'null' } };
  return {
    operationId: name,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(access === 'public' ? {} : { security: [{ token: [] }] }),
    response: { ...(answer === null ? nothing : { 200: answer }), '4xx': Problem, '5xx': Problem },
  };
}
