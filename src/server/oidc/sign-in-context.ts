import type { OidcConfig } from './config.ts';
import { type Provider, providerOf } from './provider.ts';
import { type Seal, sealOf } from './seal.ts';

/** What the sign-in of an organisation is done with. */
export interface OidcSignIn {
  readonly config: OidcConfig;
  readonly provider: Provider;
  readonly seal: Seal;
  /** Something for the log; never a name. */
  readonly note: (facts: object, message: string) => void;
}

export interface SignInParts {
  readonly config: OidcConfig;
  /** The server's, from which those of the sign-in are derived. */
  readonly key: Buffer;
  readonly now: () => number;
  readonly note: OidcSignIn['note'];
}

/** The sign-in of a configuration. Nothing is asked of the provider yet. */
export function oidcSignIn({ config, key, now, note }: SignInParts): OidcSignIn {
  return { config, provider: providerOf(config, now), seal: sealOf(key), note };
}
