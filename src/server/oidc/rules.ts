import type { OidcConfig } from './config.ts';

/** What a provider says of a person: the claims of the ID token and, where needed, of the user info. */
export type Claims = Readonly<Record<string, unknown>>;

/** `unclear`: the provider does not say what the rules ask for, so nothing can be concluded. */
export type Verdict = 'in' | 'out' | 'unclear';

type Rules = Pick<OidcConfig, 'emailDomains' | 'groupClaim' | 'groups' | 'adminGroup'>;

/** Whether a person may be on the board, by domain and by group. An address counts only where the provider has verified it. */
export function verdictOn(claims: Claims, rules: Rules): Verdict {
  const verdicts = [byDomain(claims, rules), byGroup(claims, rules)];
  if (verdicts.includes('out')) return 'out';
  return verdicts.includes('unclear') ? 'unclear' : 'in';
}

/** The role that the provider gives; undefined where it gives none, or does not say. */
export function roleOf(claims: Claims, { adminGroup, groupClaim }: Rules): 'admin' | 'member' | undefined {
  if (adminGroup === undefined) return undefined;
  const groups = groupsOf(claims, groupClaim);
  return groups === undefined ? undefined : groups.includes(adminGroup) ? 'admin' : 'member';
}

/** Whether the claims lack something that the rules look at, so that the user info is to be asked as well. */
export function isLacking(claims: Claims, { emailDomains, groups, adminGroup, groupClaim }: Rules): boolean {
  const lacksEmail = emailDomains.length > 0 && (claims.email === undefined || claims.email_verified === undefined);
  const lacksGroups = (groups.length > 0 || adminGroup !== undefined) && groupsOf(claims, groupClaim) === undefined;
  return lacksEmail || lacksGroups;
}

function byDomain({ email, email_verified: verified }: Claims, { emailDomains }: Rules): Verdict {
  if (emailDomains.length === 0) return 'in';
  if (typeof email !== 'string' || verified === undefined) return 'unclear';
  if (verified !== true && verified !== 'true') return 'out';
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return emailDomains.includes(domain) ? 'in' : 'out';
}

function byGroup(claims: Claims, { groups, groupClaim }: Rules): Verdict {
  if (groups.length === 0) return 'in';
  const told = groupsOf(claims, groupClaim);
  if (told === undefined) return 'unclear';
  return told.some((group) => groups.includes(group)) ? 'in' : 'out';
}

/** A claim of that very name, else one that is nested as dots say (`realm_access.roles`); undefined where there is none. */
function groupsOf(claims: Claims, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : nested(claims, name.split('.'));
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
}

function nested(claims: Claims, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Claims)[key];
  }
  return value;
}
