import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockSkew,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  getJwksCache,
  None,
  ResponseBodyError,
  refreshTokenGrant,
  type ServerMetadata,
  setJwksCache,
  skipSubjectCheck,
} from 'openid-client';
import type { OidcConfig } from './config.ts';
import { type Claims, isLacking } from './rules.ts';

/** What a provider says of a person. */
export interface Told {
  /** The provider's name for the person; undefined where it does not say it again. */
  readonly sub: string | undefined;
  readonly claims: Claims;
  readonly refreshToken: string | undefined;
}

/**
 * Why there is nothing told. `invalid`: the answer is not to be believed, or does not belong to the question. `refused`: the
 * provider does not let the person in (any more). `unavailable`: it cannot be reached, or is not set up for this server.
 */
export type ProviderFailure = 'invalid' | 'refused' | 'unavailable';

/** Its `failure` says why; its message is for the operator, and holds nothing about a person. */
export interface ProviderError extends Error {
  readonly failure: ProviderFailure;
}

/** What a sign-in's answer has to fit. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The organisation's provider. Every call throws a `ProviderError`. */
export interface Provider {
  /** Where a browser is sent to sign in. */
  authorizationUrl(redirect: string, ask: Expected & { readonly challenge: string }): Promise<URL>;
  /** What the provider says of whoever came back; `answer` is the address that the browser was sent to. */
  redeem(answer: URL, expected: Expected): Promise<Told>;
  /** What it says now of someone who was here before. */
  renew(refreshToken: string): Promise<Told>;
  /** Asks the provider for its addresses, where they are not known yet. */
  warm(): Promise<void>;
}

const timeoutSec = 10;
/** Clocks may differ by so much. */
const toleranceSec = 120;
const metadataMs = 3_600_000;
/** After a failure, the provider is asked for its addresses again at once but by so many at a time. */
const retryMs = 2000;
/** Older than what the library lets pass without another look when a key is missing. */
const agedSec = 61;

/** The provider of a configuration. Nothing is asked of it yet. */
export function providerOf(config: OidcConfig, now: () => number): Provider {
  const insecure = config.issuer.startsWith('http:');
  let metadata: { readonly found: ServerMetadata; readonly at: number } | undefined;
  let asking: Promise<ServerMetadata> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  let keys: ReturnType<typeof getJwksCache>;

  async function discover(): Promise<ServerMetadata> {
    const execute = insecure ? [allowInsecureRequests] : [];
    const found = await discovery(new URL(config.issuer), config.clientId, {}, None(), {
      execute,
      timeout: timeoutSec,
    });
    return found.serverMetadata();
  }

  /** Known for an hour; after that what was known serves until the provider answers again. */
  async function known(): Promise<ServerMetadata> {
    const age = metadata === undefined ? Number.POSITIVE_INFINITY : performance.now() - metadata.at;
    if (metadata !== undefined && age < metadataMs) return metadata.found;
    if (metadata !== undefined && performance.now() - failedAt < retryMs) return metadata.found;
    asking ??= discover().finally(() => {
      asking = undefined;
    });
    try {
      const found = await asking;
      metadata = { found, at: performance.now() };
      return found;
    } catch (error) {
      failedAt = performance.now();
      if (metadata === undefined) throw error;
      return metadata.found;
    }
  }

  /** A configuration of its own for each question, with the keys as old, so that a new key is looked for at once. */
  async function asked<Answer>(work: (client: Configuration) => Promise<Answer>): Promise<Answer> {
    try {
      const server = await known();
      const client = new Configuration(server, config.clientId, clientMetadata(), authentication(server));
      client.timeout = timeoutSec;
      if (insecure) allowInsecureRequests(client);
      enableNonRepudiationChecks(client);
      if (keys !== undefined) setJwksCache(client, keys);
      try {
        return await work(client);
      } finally {
        const used = getJwksCache(client);
        if (used !== undefined && used.uat !== keys?.uat) keys = { jwks: used.jwks, uat: used.uat - agedSec };
      }
    } catch (error) {
      throw providerError(error);
    }
  }

  function clientMetadata() {
    return { [clockSkew]: Math.round((now() - Date.now()) / 1000), [clockTolerance]: toleranceSec };
  }

  function authentication({ token_endpoint_auth_methods_supported: methods }: ServerMetadata) {
    if (config.clientSecret === undefined) return None();
    // What is left out means Basic, but nearly everyone takes both, and only one way of writing a secret in a body is known.
    const basic = methods !== undefined && !methods.includes('client_secret_post');
    return basic ? ClientSecretBasic(config.clientSecret) : ClientSecretPost(config.clientSecret);
  }

  async function completed(
    client: Configuration,
    tokens: Awaited<ReturnType<typeof refreshTokenGrant>>,
  ): Promise<Told> {
    const idToken = tokens.claims();
    if (idToken !== undefined && idToken.iat > now() / 1000 + toleranceSec)
      throw failed('invalid', 'iat in the future');
    let claims: Claims = idToken ?? {};
    const hasMore = client.serverMetadata().userinfo_endpoint !== undefined;
    if (hasMore && (isLacking(claims, config) || idToken === undefined)) {
      claims = { ...claims, ...(await fetchUserInfo(client, tokens.access_token, idToken?.sub ?? skipSubjectCheck)) };
    }
    const { sub } = claims;
    return { sub: typeof sub === 'string' ? sub : undefined, claims, refreshToken: tokens.refresh_token };
  }

  return {
    authorizationUrl: (redirect, { challenge, state, nonce }) =>
      asked(async (client) =>
        buildAuthorizationUrl(client, {
          ...config.parameters,
          redirect_uri: redirect,
          scope: config.scope ?? scopeFor(config, client.serverMetadata()),
          code_challenge: challenge,
          code_challenge_method: 'S256',
          state,
          nonce,
        }),
      ),
    redeem: (answer, { state, nonce, verifier }) =>
      asked(async (client) => {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        return await completed(client, await authorizationCodeGrant(client, answer, checks));
      }),
    renew: (refreshToken) =>
      asked(async (client) => {
        const tokens = await refreshTokenGrant(client, refreshToken).catch((error: unknown) => {
          const isRefusal = error instanceof ResponseBodyError && error.error === 'invalid_grant';
          throw isRefusal ? failed('refused', 'invalid_grant') : failed('unavailable', reasonOf(error));
        });
        return await completed(client, tokens);
      }),
    warm: () => asked(async () => {}),
  };
}

/** What the rules need, and a refresh token from providers that give one for a scope. */
function scopeFor(config: OidcConfig, { scopes_supported: scopes = [] }: ServerMetadata): string {
  const wanted = ['openid', ...(config.emailDomains.length > 0 ? ['email'] : [])];
  if (scopes.includes('offline_access')) wanted.push('offline_access');
  if (config.groupClaim !== 'groups' || config.groups.length + (config.adminGroup === undefined ? 0 : 1) === 0) {
    return wanted.join(' ');
  }
  return [...wanted, ...(scopes.includes('groups') ? ['groups'] : [])].join(' ');
}

function failed(failure: ProviderFailure, message: string): ProviderError {
  return Object.assign(new Error(message), { failure });
}

/** What happens in a grant is the answer's fault, unless the provider did not answer or refuses this very server. */
function providerError(error: unknown): ProviderError {
  if (error instanceof Error && 'failure' in error) return error as ProviderError;
  return failed(failureOf(error), reasonOf(error));
}

const clientFaults = new Set(['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'server_error']);
const transportCodes = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof AuthorizationResponseError) {
    return /^(?:server_error|temporarily_unavailable)$/.test(error.error) ? 'unavailable' : 'refused';
  }
  if (error instanceof ResponseBodyError) return clientFaults.has(error.error) ? 'unavailable' : 'invalid';
  if (error instanceof ClientError && !transportCodes.has(error.code ?? '') && error.code !== undefined)
    return 'invalid';
  return 'unavailable';
}

/** Codes alone: a message of the provider's may name a person. */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error;
  const { code, cause, message } = error as { code?: string; cause?: { code?: string }; message?: string };
  return code ?? cause?.code ?? message ?? 'unknown';
}
