import { createHash, randomBytes } from 'node:crypto';
import type { TokenPair } from '../../team/protocol/join.ts';
import { accessTokenMs, refreshTokenMs } from '../../team/protocol/limits.ts';
import type { TokenHashes } from '../store/records.ts';

/** 32 random bytes as they stand in a link or a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the store keeps of a secret: SHA-256 in hex. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A new pair of tokens: as the client is told it once, and as it is kept. */
export function newTokens(now: number): { readonly told: TokenPair; readonly kept: TokenHashes } {
  const [access, refresh] = [newSecret(), newSecret()];
  const [accessExpiresAt, refreshExpiresAt] = [now + accessTokenMs, now + refreshTokenMs];
  return {
    told: {
      accessToken: access,
      accessExpiresAt: new Date(accessExpiresAt).toISOString(),
      refreshToken: refresh,
      refreshExpiresAt: new Date(refreshExpiresAt).toISOString(),
    },
    kept: { access: hashOf(access), accessExpiresAt, refresh: hashOf(refresh), refreshExpiresAt },
  };
}
