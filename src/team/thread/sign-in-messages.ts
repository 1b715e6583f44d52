import { type Failure, failed, type Result } from '../failure.ts';
import type { SignedIn } from '../protocol/sign-in.ts';
import { isOwnRedirect } from '../protocol/sign-in-redirect.ts';
import { browserSignIn, deviceSignIn, type SignIn } from '../sign-in.ts';
import type { FromTeamThread, ToTeamThread } from './thread-protocol.ts';

/** What the editor tells about a sign-in. */
export type SignInNews = Extract<ToTeamThread, { readonly kind: 'redirect' | 'signedIn' }>;

/** Nobody comes back with an answer after it. */
const patienceMs = 10 * 60_000;

/** Signing in by messages: the editor opens the browser, and hands over what comes back. */
export function signInMessages(send: (message: FromTeamThread) => void): {
  readonly signIn: SignIn;
  take(news: SignInNews): void;
} {
  let redirect: string | undefined;
  let waiting: ((query: string | null) => void) | undefined;
  let turn = 0;

  /** The browser hands the answer to this very window. */
  const byBrowser =
    (back: string): SignIn =>
    async (team, origin, device) => {
      const signIn = browserSignIn(team, origin, back);
      const answer = Promise.withResolvers<Result<SignedIn>>();
      const giveUp = (failure: Failure): void => answer.resolve(failed(failure));
      const timer = setTimeout(() => giveUp({ kind: 'cancelled' }), patienceMs);
      waiting = (query) => {
        if (query === null) return giveUp({ kind: 'cancelled' });
        // The answer to another window's question, or to an earlier one, changes nothing.
        signIn.finish(query, device)?.then(answer.resolve, answer.reject);
      };
      send({ kind: 'signIn', open: { url: signIn.url, code: undefined } });
      return await answer.promise.finally(() => clearTimeout(timer));
    };

  /** No browser reaches this window: it may be on another machine. */
  const byCode: SignIn = async (team, origin, device) => {
    const given = new AbortController();
    waiting = (query) => query === null && given.abort();
    const signIn = deviceSignIn(({ url, userCode }) => {
      send({ kind: 'signIn', open: { url, code: userCode } });
    }, given.signal);
    return await signIn(team, origin, device);
  };

  return {
    async signIn(team, origin, device) {
      // Of two sign-ins at once the first is given up.
      waiting?.(null);
      const my = ++turn;
      const mine = redirect !== undefined && isOwnRedirect(redirect) ? byBrowser(redirect) : byCode;
      try {
        return await mine(team, origin, device);
      } finally {
        if (my === turn) {
          waiting = undefined;
          send({ kind: 'signIn', open: null });
        }
      }
    },
    take(news) {
      if (news.kind === 'redirect') redirect = news.redirect;
      else waiting?.(news.query);
    },
  };
}
