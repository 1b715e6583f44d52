import { type Html, html } from './html.ts';
import { card } from './parts.ts';
import { momentWords } from './words.ts';

/** Where a member's browser is led to the organisation's sign-in, to be known by it from then on. */
const connectPath = '/v1/auth/oidc/start?kind=connect';

/** Whether the organisation's sign-in knows one, and how it comes to. */
export function connectCard(identity: { readonly checkedAt: number } | null): Html {
  if (identity !== null) {
    return card(
      'connect',
      'Your organisation’s sign-in',
      null,
      html`<p>Your account knows you here: sign in with it on any machine and in any browser.</p>
<p class="small muted">It last confirmed that you belong to the organisation ${momentWords(new Date(identity.checkedAt).toISOString())}. It is asked daily.</p>`,
    );
  }
  return card(
    'connect',
    'Your organisation’s sign-in',
    null,
    html`<p>You came by an invite. Connect your account, and signing in with it leads to you instead of making a second member.</p>
<p class="small muted">Kept of it are a keyed hash of its id and a sealed token, to ask daily whether you still belong to the organisation. Whoever does not any more is taken off the board. No name and no e-mail address is kept, and nothing that you share changes.</p>
<p><a class="button" href="${connectPath}">Connect my account</a></p>`,
  );
}
