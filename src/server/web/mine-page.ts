import type { BoardInfo } from '../../team/protocol/board.ts';
import type { Visit } from './ask.ts';
import { ask } from './ask.ts';
import { connectCard } from './connect-card.ts';
import { html } from './html.ts';
import { appearCard } from './mine-appear.ts';
import { allowancesCard, devicesCard, endCard, looksCard, sharedCard } from './mine-cards.ts';
import type { Page } from './page.ts';
import { state } from './parts.ts';
import { saidOf } from './said.ts';
import { viewerOf } from './viewer.ts';

/** All about oneself: as whom one stands, what is kept, who looked, from which machines, and the way out. */
export async function minePage(visit: Visit, { said }: { readonly said?: string }): Promise<Page> {
  const { context, session } = visit;
  const [me, usage, { views }, { devices }, { allowances }] = await Promise.all([
    ask(visit, 'me', {}),
    ask(visit, 'usage', { query: {} }),
    ask(visit, 'views', {}),
    ask(visit, 'devices', {}),
    ask(visit, 'allowance', {}),
  ]);
  const { store, oidc } = context;
  const identity = oidc && (await store.memberIdentity({ org: session.org, member: session.member }));
  const boards: readonly BoardInfo[] = me.consentRequired ? [] : (await ask(visit, 'boards', {})).boards;
  const policy = session.policyVersion === 0 ? undefined : await context.policies.of(session.policyVersion);
  const viewer = await viewerOf(visit, me, boards[0]);
  const names = new Map(boards.map(({ id, name }) => [id, name]));
  return {
    title: 'Mine',
    viewer,
    current: 'mine',
    body: html`<h1>What is yours</h1>
${saidOf(said)}
${session.closed === null ? null : state('The board is closed', html`<blockquote class="notice">${session.closed}</blockquote>`)}
${me.flag === null ? null : state('A person looked at your counts', html`<p>${me.flag.reason}</p><p class="muted">It changes nothing on a board, and ends by itself.</p>`)}
${me.hidden ? state('An admin has hidden you', html`<p>Nobody sees a row of yours, and you count in no board. Ask whoever runs it.</p>`) : null}
<div class="grid">
<div class="column">
${policy === undefined || me.consent === null || me.consentRequired ? notAgreed(me.consent !== null) : appearCard({ me, policy, boards, viewer })}
${looksCard(views, names)}
</div>
<div class="column">
${sharedCard(me, usage)}
${devicesCard(devices, viewer)}
${identity === undefined ? null : connectCard(identity)}
${allowances.length === 0 ? null : allowancesCard(allowances)}
${endCard(me, viewer)}
</div>
</div>`,
  };
}

/** Agreeing asks for what an upload looks like, which only the machine that would send it can show. */
export function notAgreed(before: boolean) {
  return state(
    before ? 'The policy has changed' : 'You share nothing at present',
    html`<p>${before ? 'Nothing of yours is taken, and nobody sees a row of yours, until you have read it and agreed again.' : 'You have taken back your consent, or not given it yet: nothing of yours is taken, and nobody sees a row of yours.'}</p>
<p>Read <a href="/policy">the policy</a>. To agree, open the Team tab of Tokenboard in your editor, or run <code>tokenboard team change</code>: they show exactly what would be sent.</p>`,
  );
}
