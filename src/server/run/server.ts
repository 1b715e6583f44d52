import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { loadPrices, pricesVersion } from '../../pricing/price-list.ts';
import { type Builder, builderOn } from '../boards/builder.ts';
import { type Leader, startLeader } from '../boards/leader.ts';
import { createApp } from '../http/app.ts';
import { policyCache } from '../http/policies.ts';
import { hashOf, newSecret } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import { sessions } from '../http/sessions.ts';
import { snapshotCache } from '../http/snapshot-cache.ts';
import { type MembershipRounds, startMembershipRounds } from '../oidc/rounds.ts';
import { oidcSignIn } from '../oidc/sign-in-context.ts';
import type { Organisation } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { ServeConfig } from './config.ts';
import { counts } from './counts.ts';
import { eraseAgain, erasureList } from './erasure-list.ts';
import { createHealthApp } from './health-app.ts';

/** A backend that listens. */
export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:4127`. */
  readonly address: string;
  /** Where people reach it. */
  readonly publicUrl: string;
  readonly healthAddress: string | undefined;
  readonly leader: Leader;
  /** What asks the provider of the sign-in about members. */
  readonly membership: MembershipRounds;
  /** The link by which the first owner comes in; undefined once there is one. */
  readonly setUpLink: string | undefined;
  /** Lets requests finish that are under way, then closes everything. */
  stop(): Promise<void>;
}

export interface ServerParts {
  readonly config: ServeConfig;
  readonly store: Store;
  readonly key: Buffer;
  readonly log: Logger;
  readonly version: string;
  readonly now?: () => number;
  /** Turned away above it, milliseconds of the event loop’s delay; nobody with 0. */
  readonly mostDelayMs?: number;
  /** Builds the boards; in this process where left out. */
  readonly build?: Builder;
}

const setUpDays = 14;
const dayMs = 86_400_000;

/** Starts the backend on an open store. Throws where a port is taken. */
export async function startServer({
  config,
  store,
  key,
  log,
  version,
  now = Date.now,
  mostDelayMs = 1000,
  build = builderOn(store),
}: ServerParts): Promise<RunningServer> {
  const erased = erasureList(join(config.data, 'erased'), key);
  const { organisation, secret } = await findOrganisation(store, now());
  const { org } = organisation;
  const again = await eraseAgain(store, org, erased, now());
  if (again > 0) log.warn({ members: again }, 'members of a restored backup were erased again');
  const prices = await loadPrices();
  let address = '';
  const context: ServerContext = {
    store,
    org,
    sessions: sessions(store),
    snapshots: snapshotCache(store, org),
    policies: policyCache(store),
    now,
    version,
    get publicUrl() {
      return config.publicUrl ?? address;
    },
    pricesVersion,
    knowsModel: (model) => prices.ratesOf({ model, time: now() }) !== undefined,
    key,
    erasures: erased,
    oidc:
      config.oidc && oidcSignIn({ config: config.oidc, key, now, note: (facts, message) => log.warn(facts, message) }),
  };
  const answers = counts();
  const app = await createApp(context, {
    log,
    trustedProxies: config.trustedProxies,
    secure: config.publicUrl?.startsWith('https:') === true,
    prepare: answers.count,
    mostDelayMs,
  });
  const leader = startLeader({ store, log, now, build });
  const health = await createHealthApp(store, () => answers.text(leader));
  let healthAddress: string | undefined;
  try {
    address = await listen(app, config.host, config.port);
    if (config.healthPort !== undefined) healthAddress = await listen(health, config.host, config.healthPort);
  } catch (error) {
    await Promise.all([app.close(), health.close(), leader.stop()]);
    throw error;
  }
  const membership = startMembershipRounds(context);
  void leader.work();
  return {
    address,
    publicUrl: context.publicUrl,
    healthAddress,
    leader,
    membership,
    setUpLink: organisation.owned ? undefined : `${context.publicUrl}/setup#${secret}`,
    async stop() {
      await closed(app);
      await closed(health);
      await leader.stop();
      await membership.stop();
      await store.close();
    },
  };
}

/** The organisation of the database, made at the first start. */
async function findOrganisation(
  store: Store,
  now: number,
): Promise<{ readonly organisation: Organisation; readonly secret: string }> {
  const secret = newSecret();
  const organisation = await store.createOrganisation({
    setUpInvite: hashOf(secret),
    expiresAt: now + setUpDays * dayMs,
    now,
  });
  return { organisation, secret };
}

/** Takes no new requests, lets those finish that are under way, and then ends connections that were kept for further ones. */
async function closed(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
  }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw taken ? new Error(`Port ${port} is taken: choose another with --port, or stop what uses it.`) : error;
  }
  const { port: chosen } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`;
}
