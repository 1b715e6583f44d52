import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';

/** Someone of the organisation. */
export interface Account {
  readonly sub: string;
  email?: string;
  verified?: boolean;
  groups?: readonly string[];
  disabled?: boolean;
}

/** A real OpenID provider on this machine, whose people sign in without being asked. */
export interface OidcServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By their `sub`. */
  readonly accounts: Map<string, Account>;
  /** Who sits before every browser; null cancels. */
  person: string | null;
  /** Refresh tokens that were exchanged. */
  readonly renewals: () => number;
  /** How often its keys were asked for. */
  readonly keyRequests: () => number;
  /** Puts another signing key in the place of the one before. */
  rotateKeys(): Promise<void>;
  /** Nobody listens any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface OidcServerOptions {
  /** Where the board is reached. */
  readonly board: string;
  readonly refreshTokens?: boolean;
  readonly idTokenSec?: number;
}

const clientId = 'tokenboard';
const clientSecret = 'a secret of the board, with signs: %&=+/';

/** Starts a provider on a free port. */
export async function oidcServer({
  board,
  refreshTokens = true,
  idTokenSec = 60,
}: OidcServerOptions): Promise<OidcServer> {
  const accounts = new Map<string, Account>();
  let [renewals, keyRequests, keys] = [0, 0, 0];
  let person: string | null = 'ada';
  let provider: Provider;

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/jwks')) keyRequests++;
    if (request.url?.startsWith('/interaction/')) void sitDown(request, response);
    else void provider.callback()(request, response);
  });

  /** Signs in and agrees, as whoever sits there. */
  async function sitDown(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, prompt, grantId } = await provider.interactionDetails(request, response);
    if (person === null) {
      const denied = { error: 'access_denied', error_description: 'cancelled' };
      return await provider.interactionFinished(request, response, denied);
    }
    const grant =
      (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: person, clientId });
    grant.addOIDCScope(String(params.scope));
    const result = { login: { accountId: person }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, prompt.name === 'login' ? { login: result.login } : result, {
      mergeWithLastSubmission: true,
    });
  }

  async function make(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: `key-${++keys}`, alg: 'RS256', use: 'sig' } as JWK;
    provider = new Provider(issuer, configuration(key));
    provider.on('grant.success', ({ oidc }) => {
      if (oidc.params?.grant_type === 'refresh_token') renewals++;
    });
  }

  function configuration(key: JWK): Configuration {
    return {
      jwks: { keys: [key] },
      cookies: { keys: ['of a test'] },
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [`${board}/v1/auth/oidc/callback`],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      scopes: refreshTokens ? ['openid', 'offline_access'] : ['openid'],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      issueRefreshToken: async () => refreshTokens,
      rotateRefreshToken: true,
      ttl: {
        IdToken: idTokenSec,
        AccessToken: 60,
        AuthorizationCode: 60,
        Grant: 86_400,
        Session: 86_400,
        Interaction: 600,
        RefreshToken: 86_400,
      },
      async findAccount(_context, sub) {
        const found = accounts.get(sub);
        if (found === undefined || found.disabled === true) return undefined;
        const { email, verified = true, groups } = found;
        return {
          accountId: sub,
          claims: async () => ({
            sub,
            ...(email === undefined ? {} : { email, email_verified: verified }),
            ...(groups === undefined ? {} : { groups: [...groups] }),
          }),
        };
      },
    };
  }

  async function listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  }
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  await make();
  return {
    issuer,
    clientId,
    clientSecret,
    accounts,
    get person() {
      return person;
    },
    set person(sub) {
      person = sub;
    },
    renewals: () => renewals,
    keyRequests: () => keyRequests,
    rotateKeys: make,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    start: () => listen(port),
  };
}
