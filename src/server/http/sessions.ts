import type { Session } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { problemError } from './problem-error.ts';
import { hashOf } from './secrets.ts';

/** Finds out whose access token it is. What is known is asked again after a second, so that a revoked one ends within it. */
export interface Sessions {
  /** Throws a problem where the header has no token that holds. */
  of(authorization: string | undefined, now: number): Promise<Session>;
  /** Forgets what is known of a member, or of all (null), whose standing has just been changed here. */
  forget(member: number | null): void;
}

const knownMs = 1000;
const mostKnown = 5000;
const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/;

export function sessions(store: Store): Sessions {
  const known = new Map<string, { readonly session: Session | 'erased' | null; readonly at: number }>();
  return {
    async of(authorization, now) {
      if (authorization === undefined) throw problemError('token_missing');
      const secret = bearer.exec(authorization)?.[1];
      if (secret === undefined) throw problemError('token_invalid');
      const access = hashOf(secret);
      let entry = known.get(access);
      if (entry === undefined || now - entry.at >= knownMs || now < entry.at) {
        entry = { session: await store.session({ access }), at: now };
        if (known.size >= mostKnown) known.clear();
        known.set(access, entry);
      }
      const { session } = entry;
      if (session === null) throw problemError('token_invalid');
      if (session === 'erased') throw problemError('member_erased');
      if (session.accessExpiresAt <= now) throw problemError('token_expired');
      return session;
    },
    forget(member) {
      for (const [access, { session }] of known) {
        const theirs = member === null || (session !== null && session !== 'erased' && session.member === member);
        if (theirs) known.delete(access);
      }
    },
  };
}
