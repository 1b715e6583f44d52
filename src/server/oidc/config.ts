import { readFileSync } from 'node:fs';
import { configError, isLoopback } from '../run/config-error.ts';

/** How an organisation's people sign in, and who of them may be on the board. Durations are milliseconds. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
  /** Lower case; empty where any verified or unverified address will do. */
  readonly emailDomains: readonly string[];
  /** The claim that holds a person's groups. */
  readonly groupClaim: string;
  /** Being in one of them is enough; empty where no group is asked for. */
  readonly groups: readonly string[];
  /** Its members are admins of the board; undefined where admins are made on the board. */
  readonly adminGroup: string | undefined;
  /** Scopes to ask for; undefined: what the rules need and the provider has. */
  readonly scope: string | undefined;
  /** More parameters of the request that a browser brings to the provider. */
  readonly parameters: Readonly<Record<string, string>>;
  /** At a refresh, the provider is asked again when it was not for so long. */
  readonly recheckMs: number;
  /** A provider that cannot be reached is done without for so long. */
  readonly graceMs: number;
  /** Whom the provider does not confirm any more is hidden at once and erased after so long. */
  readonly absenceMs: number;
}

export const oidcFlags = {
  'oidc-issuer': { type: 'string' },
  'oidc-client-id': { type: 'string' },
  'oidc-client-secret-file': { type: 'string' },
  'oidc-email-domain': { type: 'string', multiple: true },
  'oidc-group': { type: 'string', multiple: true },
  'oidc-group-claim': { type: 'string' },
  'oidc-admin-group': { type: 'string' },
  'oidc-everyone': { type: 'boolean' },
  'oidc-scope': { type: 'string' },
  'oidc-parameters': { type: 'string' },
  'oidc-recheck-minutes': { type: 'string' },
  'oidc-grace-hours': { type: 'string' },
  'oidc-absence-days': { type: 'string' },
} as const;

type Flag = keyof typeof oidcFlags;

export const oidcEnvironment: Readonly<Record<Flag, string>> = {
  'oidc-issuer': 'TOKENBOARD_OIDC_ISSUER',
  'oidc-client-id': 'TOKENBOARD_OIDC_CLIENT_ID',
  'oidc-client-secret-file': 'TOKENBOARD_OIDC_CLIENT_SECRET_FILE',
  'oidc-email-domain': 'TOKENBOARD_OIDC_EMAIL_DOMAINS',
  'oidc-group': 'TOKENBOARD_OIDC_GROUPS',
  'oidc-group-claim': 'TOKENBOARD_OIDC_GROUP_CLAIM',
  'oidc-admin-group': 'TOKENBOARD_OIDC_ADMIN_GROUP',
  'oidc-everyone': 'TOKENBOARD_OIDC_EVERYONE',
  'oidc-scope': 'TOKENBOARD_OIDC_SCOPE',
  'oidc-parameters': 'TOKENBOARD_OIDC_PARAMETERS',
  'oidc-recheck-minutes': 'TOKENBOARD_OIDC_RECHECK_MINUTES',
  'oidc-grace-hours': 'TOKENBOARD_OIDC_GRACE_HOURS',
  'oidc-absence-days': 'TOKENBOARD_OIDC_ABSENCE_DAYS',
};

/** A secret has no flag: whoever may list processes would read it. */
const secretVariable = 'TOKENBOARD_OIDC_CLIENT_SECRET';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

type Values = Readonly<Partial<Record<Flag, string | boolean | string[]>>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration of the sign-in; undefined where no issuer is named. Throws a `configError` that says what would be right. */
export function readOidcConfig(values: Values, env: Environment): OidcConfig | undefined {
  const told = (name: Flag): string | undefined => {
    const typed = values[name];
    if (typed === '') throw configError(`--${name} is empty.`);
    return typeof typed === 'string' ? typed : env[oidcEnvironment[name]] || undefined;
  };
  // A distinguished name has commas in it, so that groups stand between semicolons.
  const list = (name: Flag, separator: string): string[] => {
    const typed = values[name];
    const all = Array.isArray(typed) ? typed : (env[oidcEnvironment[name]] ?? '').split(separator);
    return all.map((one) => one.trim()).filter(Boolean);
  };
  const issuer = told('oidc-issuer');
  if (issuer === undefined) {
    const other = (Object.keys(oidcFlags) as Flag[]).find(
      (name) => values[name] !== undefined || env[oidcEnvironment[name]],
    );
    if (other !== undefined) throw configError(`--${other} needs --oidc-issuer, the address of your provider.`);
    return undefined;
  }
  const clientId = told('oidc-client-id');
  if (clientId === undefined) throw configError('--oidc-client-id is missing: your provider gives it to this board.');
  const emailDomains = list('oidc-email-domain', ',').map(domainOf);
  const groups = list('oidc-group', ';');
  const everyone =
    values['oidc-everyone'] === true || /^(?:1|true|yes)$/i.test(env[oidcEnvironment['oidc-everyone']] ?? '');
  if (emailDomains.length + groups.length === 0 && !everyone) {
    throw configError(
      'Say who may join: --oidc-email-domain, --oidc-group, or --oidc-everyone for everyone whom the provider lets in.',
    );
  }
  return {
    issuer: issuerOf(issuer, everyone),
    clientId,
    clientSecret: secretOf(told('oidc-client-secret-file'), env),
    emailDomains,
    groupClaim: told('oidc-group-claim') ?? 'groups',
    groups,
    adminGroup: told('oidc-admin-group'),
    scope: scopeOf(told('oidc-scope')),
    parameters: parametersOf(told('oidc-parameters')),
    recheckMs: whole('oidc-recheck-minutes', told('oidc-recheck-minutes') ?? '10', 0, 1440) * minuteMs,
    graceMs: whole('oidc-grace-hours', told('oidc-grace-hours') ?? '72', 1, 720) * hourMs,
    absenceMs: whole('oidc-absence-days', told('oidc-absence-days') ?? '7', 0, 30) * dayMs,
  };
}

function issuerOf(told: string, everyone: boolean): string {
  if (!URL.canParse(told)) throw configError('--oidc-issuer is an address, like https://login.example.org.');
  const { protocol, hostname, pathname, search, hash, username } = new URL(told);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw configError('--oidc-issuer must be https (http is for this machine alone).');
  }
  if (search !== '' || hash !== '' || username !== '')
    throw configError('--oidc-issuer has no query, fragment or user.');
  if (/^\/(?:common|organizations|consumers)\b/.test(pathname)) {
    throw configError('--oidc-issuer must name your own tenant: this one lets in the people of every organisation.');
  }
  if (hostname === 'accounts.google.com' && everyone) {
    throw configError('--oidc-everyone would let in everyone with a Google account: name your domain instead.');
  }
  return told;
}

function domainOf(told: string): string {
  const domain = told.toLowerCase().replace(/^@/, '');
  if (/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/.test(domain)) return domain;
  throw configError('--oidc-email-domain is a domain, like example.org.');
}

function secretOf(file: string | undefined, env: Environment): string | undefined {
  if (file === undefined) return env[secretVariable] || undefined;
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw configError(`--oidc-client-secret-file cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  if (secret === '') throw configError('--oidc-client-secret-file is empty.');
  return secret;
}

function scopeOf(told: string | undefined): string | undefined {
  if (told === undefined || told.split(/\s+/).includes('openid')) return told;
  throw configError('--oidc-scope must have openid in it.');
}

/** What makes a request safe is this server's to say. */
const reserved = new Set(
  'client_id client_secret code_challenge code_challenge_method nonce redirect_uri request request_uri response_mode response_type scope state'.split(
    ' ',
  ),
);

function parametersOf(told: string | undefined): Record<string, string> {
  const parameters = Object.fromEntries(new URLSearchParams(told ?? ''));
  const wrong = Object.keys(parameters).find((name) => reserved.has(name));
  if (wrong !== undefined) throw configError(`--oidc-parameters cannot set ${wrong}.`);
  return parameters;
}

function whole(name: Flag, told: string, least: number, most: number): number {
  const number = Number(told);
  if (/^\d{1,5}$/.test(told) && number >= least && number <= most) return number;
  throw configError(`--${name} is a whole number from ${least} to ${most}.`);
}
