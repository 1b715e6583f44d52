import type { OidcConfig } from '../../../src/server/oidc/config.ts';
import type { OidcServer } from './oidc.ts';

const hourMs = 3_600_000;

/** How a board signs people in with this provider: everyone of example.org, asked about at each refresh. */
export function oidcConfigOf({ issuer, clientId, clientSecret }: OidcServer): OidcConfig {
  return {
    issuer,
    clientId,
    clientSecret,
    emailDomains: ['example.org'],
    groupClaim: 'groups',
    groups: [],
    adminGroup: undefined,
    scope: undefined,
    // A browser at this provider is asked for consent once, without which it gives no refresh token.
    parameters: { prompt: 'consent' },
    recheckMs: 0,
    graceMs: 72 * hourMs,
    absenceMs: 7 * 24 * hourMs,
  };
}
