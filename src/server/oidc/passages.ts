import { hashOf, newSecret } from '../http/secrets.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { PassageKind, SignedInPerson } from '../store/port-sign-in.ts';
import type { OidcSignIn } from './sign-in-context.ts';

/** What is kept while someone signs in, sealed under the hash of a secret that only the asker has. */
export interface Passages {
  /** A browser on its way to the provider and back. */
  readonly state: {
    readonly nonce: string;
    readonly verifier: string;
    /** Hash of the browser's mark. */
    readonly browser: string;
    readonly goal: Goal;
  };
  /** An editor that is to exchange a code. */
  readonly code: { readonly person: SignedInPerson; readonly challenge: string };
  /** The page of a device whose code was entered. */
  readonly device: { readonly hash: string };
  /** The page of a device where a person has signed in and is asked whether to go on. */
  readonly answer: { readonly person: SignedInPerson; readonly hash: string; readonly browser: string };
}

/** What a sign-in is for. */
export type Goal =
  | { readonly kind: 'editor'; readonly challenge: string; readonly redirect: string; readonly state: string }
  | { readonly kind: 'web' }
  | { readonly kind: 'connect'; readonly member: number }
  | { readonly kind: 'device'; readonly hash: string };

const minuteMs = 60_000;
const holdMs: Readonly<Record<PassageKind, number>> = {
  state: 10 * minuteMs,
  code: minuteMs,
  device: 10 * minuteMs,
  answer: 10 * minuteMs,
};

/** Keeps something for a while; gives the secret that leads to it. */
export async function keep<Kind extends PassageKind>(
  { store, org, now }: ServerContext,
  { seal }: OidcSignIn,
  kind: Kind,
  body: Passages[Kind],
): Promise<string> {
  const secret = newSecret();
  const sealed = seal.seal(kind, JSON.stringify(body));
  await store.keepPassage({
    org,
    hash: hashOf(secret),
    kind,
    body: sealed,
    expiresAt: now() + holdMs[kind],
    now: now(),
  });
  return secret;
}

/** Takes it, once; undefined where it is gone, too old or another's. */
export async function take<Kind extends PassageKind>(
  { store, org, now }: ServerContext,
  { seal }: OidcSignIn,
  kind: Kind,
  secret: string,
): Promise<Passages[Kind] | undefined> {
  const body = await store.passage({ org, hash: hashOf(secret), kind, take: true, now: now() });
  const text = body === null ? undefined : seal.open(kind, body);
  return text === undefined ? undefined : (JSON.parse(text) as Passages[Kind]);
}
