import { readPolicy } from '../http/policies.ts';
import type { ServerContext } from '../http/server-context.ts';
import { html } from './html.ts';
import type { Page, Viewer } from './page.ts';
import { card, fold, state } from './parts.ts';
import { policyNote, policyText, policyWords } from './policy-words.ts';
import { closedState } from './states.ts';

/** What the board is, for anyone: the policy in plain words, and the way in. */
export async function policyPage({ store, publicUrl }: ServerContext, viewer: Viewer | undefined): Promise<Page> {
  const organisation = await store.organisation({});
  const policy = organisation?.policy == null ? undefined : readPolicy(organisation.policy);
  if (policy === undefined) {
    return {
      title: 'A team board',
      viewer,
      current: 'policy',
      narrow: true,
      body: html`<h1>A team board, to be</h1>${state(
        'Nothing is shared here yet',
        html`<p>Whoever runs this server has not stated what the board is for. Until then nobody can be invited, and nothing is taken.</p>`,
      )}`,
    };
  }
  const closed = organisation?.closed ?? null;
  return {
    title: viewer === undefined ? `${policy.organisation}’s token board` : 'Policy',
    viewer,
    current: 'policy',
    narrow: true,
    body: html`<h1>${policy.organisation}’s token board</h1>
<p class="lead">How many tokens of AI coding tools ${policy.organisation} uses together, told by those who choose to. Nobody is on it who has not agreed to what stands here.</p>
${viewer === undefined ? html`<p class="doors"><a class="button main" href="/sign-in">Sign in</a> <span class="muted small">if you take part already</span></p>` : null}
${closed === null ? null : closedState(policy.organisation, closed)}
${card(
  'policy',
  `What ${policy.organisation} says it does`,
  policyNote(policy),
  policyWords(policy, publicUrl),
  fold('Read the full policy', policyText(policy)),
)}`,
  };
}
