import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { OidcConfig } from '../../../src/server/oidc/config.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { type Answer, type Member, type World, world } from '../http/world.ts';
import { type OidcServer, type OidcServerOptions, oidcServer } from '../servers/oidc.ts';
import { oidcConfigOf } from '../servers/oidc-config.ts';
import { type Browser, browser, type Place } from './browser.ts';

export const board = 'https://board.example.org';

/** A board whose people sign in, and their provider. */
export interface SignInWorld {
  readonly at: World;
  readonly provider: OidcServer;
  /** A new browser that reaches both. */
  browser(options?: { readonly stopAt?: string }): Browser;
  /** Begins a sign-in as an editor does. */
  begin(changes?: Readonly<Record<string, string | undefined>>): {
    readonly url: string;
    readonly verifier: string;
    readonly state: string;
  };
  exchange(code: string, verifier: string, device?: string): Promise<Answer>;
  /** The whole way of an editor, to what the server answers. */
  signIn(sub: string, device?: string): Promise<Answer>;
  /** Signs in, agrees to the policy, and is a member. */
  join(sub: string): Promise<Member>;
  end(): Promise<void>;
}

export interface SignInWorldOptions extends Partial<Omit<OidcServerOptions, 'board'>> {
  readonly kind?: Store['kind'];
  readonly config?: Partial<OidcConfig> | undefined;
  /** The board has a sign-in at all; default true. */
  readonly offered?: boolean;
  /** The provider is not there when the board starts. */
  readonly startsDown?: boolean;
}

export async function signInWorld({
  kind = 'sqlite',
  config = {},
  offered = true,
  startsDown = false,
  ...options
}: SignInWorldOptions = {}): Promise<SignInWorld> {
  const provider = await oidcServer({ board, ...options });
  const oidc: OidcConfig = { ...oidcConfigOf(provider), ...config };
  if (startsDown) await provider.stop();
  const at = await world(kind, { now: Date.now(), oidc: offered ? oidc : undefined }).catch(async (error) => {
    await provider.stop().catch(() => undefined);
    throw error;
  });
  for (const sub of ['ada', 'bob', 'cleo']) provider.accounts.set(sub, { sub, email: `${sub}@example.org` });
  const newBrowser: SignInWorld['browser'] = ({ stopAt } = {}) => browser({ [board]: () => at.server.address }, stopAt);

  const begin: SignInWorld['begin'] = (changes = {}) => {
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(24).toString('base64url');
    const url = new URL('/v1/auth/oidc/start', board);
    const asked = {
      kind: 'editor',
      challenge: createHash('sha256').update(verifier).digest('base64url'),
      redirect: 'vscode://tokenboard.tokenboard/signed-in?windowId=2',
      state,
      ...changes,
    };
    for (const [name, value] of Object.entries(asked)) if (value !== undefined) url.searchParams.set(name, value);
    return { url: url.href, verifier, state };
  };
  const client = { kind: 'editor', version: '1.0.0' };
  const exchange: SignInWorld['exchange'] = (code, verifier, device = randomUUID()) =>
    at.ask('POST', '/v1/auth/oidc/token', { body: { code, verifier, device, client } });
  const signIn: SignInWorld['signIn'] = async (sub, device) => {
    provider.person = sub;
    const { url, verifier } = begin();
    return await exchange(codeOf(await newBrowser().open(url)), verifier, device);
  };

  return {
    at,
    provider,
    browser: newBrowser,
    begin,
    exchange,
    signIn,
    async join(sub) {
      const { body, status, text } = await signIn(sub);
      if (status !== 200 || body.ticket === null) throw new Error(`No ticket for ${sub}: ${status} ${text}`);
      return await at.join(sub, {}, body.ticket.ticket);
    },
    async end() {
      await at.end();
      await provider.stop().catch(() => undefined);
    },
  };
}

/** The code that a browser hands back. */
export function codeOf({ leadsTo, text, status }: Place): string {
  const code = leadsTo === undefined ? null : new URL(leadsTo).searchParams.get('code');
  if (code === null) throw new Error(`No code: ${status} ${leadsTo} ${text}`);
  return code;
}
