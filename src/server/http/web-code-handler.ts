import { webCodeMs } from '../../team/protocol/limits.ts';
import { problemError } from './problem-error.ts';
import type { Handlers } from './route.ts';
import { hashOf, newSecret } from './secrets.ts';

/** Opening the pages in a browser from an editor or a command. */
export const webCodeHandler: Pick<Handlers, 'webCode'> = {
  async webCode({ store, org }, { session, now }) {
    const code = newSecret();
    const expiresAt = now + webCodeMs;
    const { member, device } = session;
    // A browser that was signed in from a machine is signed out with it.
    const made = await store.openWeb({ org, member, device, as: 'code', hash: hashOf(code), expiresAt, now });
    if (!made) throw problemError('member_erased');
    return { code, expiresAt: new Date(expiresAt).toISOString() };
  },
};
