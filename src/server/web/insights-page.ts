import type { Insights } from '../../team/protocol/insights.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import { compact, exact } from '../../usage/format.ts';
import { problemError } from '../http/problem-error.ts';
import { ask, type Visit } from './ask.ts';
import { shortMoney } from './figures.ts';
import { type Html, html } from './html.ts';
import type { Page } from './page.ts';
import { bar, card, figure, fold, state } from './parts.ts';
import { closedState } from './states.ts';
import { runsAll, viewerOf } from './viewer.ts';
import { watermark } from './watermark.ts';
import { daysWords, dayWords, firstSnapshot, momentWords, withheldWords } from './words.ts';

interface Group {
  readonly id: number;
  readonly name: string;
}

/** How a group that one runs works with AI tools: sums and shares of many, never a person. */
export async function insightsPage(visit: Visit, { team }: { readonly team?: string }): Promise<Page> {
  const groups = await groupsOf(visit);
  const group = groups.find(({ id }) => String(id) === (team ?? String(groups[0]?.id)));
  if (group === undefined) throw problemError('not_found');
  const [insights, me] = await Promise.all([
    ask(visit, 'insights', { params: { id: group.id } }),
    ask(visit, 'me', {}),
  ]);
  const viewer = await viewerOf(visit, me);
  const built = insights.builtAt === null ? '' : momentWords(insights.builtAt);
  return {
    title: 'Insights',
    viewer,
    current: 'insights',
    body: html`<h1>Insights: ${insights.name}</h1>
<div class="bar-of-controls"><p class="muted small">${insights.from === null || insights.to === null ? '' : `${daysWords(insights.from, insights.to)}, complete UTC days`}</p>${groupList(groups, group)}</div>
<div class="board">${content(insights)}${built === '' ? null : watermark(`${viewer.name} · ${built}`)}</div>`,
  };
}

async function groupsOf(visit: Visit): Promise<readonly Group[]> {
  const { context, session } = visit;
  const { teams } = await ask(visit, 'teams', {});
  if (!runsAll(session)) return teams.filter(({ role }) => role === 'owner');
  const { organisation } = await context.policies.of(session.policyVersion);
  return [{ id: organisationBoard, name: `All of ${organisation}` }, ...teams];
}

function groupList(groups: readonly Group[], chosen: Group): Html | null {
  if (groups.length < 2) return null;
  const options = groups.map(
    ({ id, name }) => html`<option value="${id}"${id === chosen.id ? html` selected` : ''}>${name}</option>`,
  );
  return html`<div class="controls"><form method="get" action="/insights" data-at-once class="lists">
<span><label class="hidden-text" for="team">Whose insights</label><select id="team" name="team">${options}</select></span>
<button type="submit">Show</button></form></div>`;
}

function content(insights: Insights): Html {
  const { name, notice, k, withheld, allowances } = insights;
  if (insights.state === 'closed') return html`<div class="wide">${closedState(name, notice)}</div>`;
  if (insights.state === 'waiting') {
    return html`<div class="wide">${state('Waiting for the first insights', html`<p>${firstSnapshot.daily}</p>`)}</div>`;
  }
  const granted = allowances.length === 0 ? null : allowancesCard(allowances, k);
  if (withheld !== null) {
    const told = withheldWords(withheld, k);
    return html`<div class="wide">${state('Nothing can be told', html`<p>Insights are ${told}. They say how a group works, and never a person.</p>`)}</div>${granted}`;
  }
  return html`${groupCard(insights)}${mixCard('tools', 'Tools', insights.tools, k)}${mixCard('models', 'Models', insights.models, k)}${granted}`;
}

function groupCard({ name, members, participation, median, quartiles, activeDays, cacheShare, k }: Insights): Html {
  const [low = null, high = null] = quartiles ?? [];
  const share = (value: number | null): string => (value === null ? '–' : `${value}%`);
  return card(
    'insights',
    `How ${name} works with AI tools`,
    null,
    html`<dl class="figures">
${figure('Members', members === null ? '–' : exact(members), participation === null ? 'used tokens in these days' : `about ${participation}% of those in 90 days`)}
${figure('Tokens in the middle', median === null ? '–' : compact(median), low === null || high === null ? 'too few for quartiles' : `half are between ${compact(low)} and ${compact(high)}`)}
${figure('Active days', activeDays === null ? '–' : exact(activeDays), 'of 30, in the middle')}
${figure('Cache share', share(cacheShare), 'of all input')}
</dl>`,
    fold(
      'How is this computed?',
      html`<p>Tokens of all four kinds, as each tool reports them, of those members who share by their own choice. Every figure covers at least ${k} people: a middle is the mean of the ${k} around it, shares are in steps of 5%, and what one or two people make most of is withheld.</p>
<p>They are published once a day. Nothing here is a measure of anybody’s work.</p>`,
    ),
  );
}

type Mix = Insights['tools'] | Insights['models'];

function mixCard(id: string, title: string, mix: Mix, k: number): Html {
  if (mix === null) {
    return card(
      id,
      title,
      null,
      html`<p class="muted">Withheld: too few people, or one of them makes most of it (k = ${k}).</p>`,
    );
  }
  const rows = mix.map(
    (part) =>
      html`<tr><th scope="row">${part.id === null ? 'All others' : id === 'tools' ? toolName(part.id) : part.id}</th><td class="bar-cell" aria-hidden="true">${bar(part.percent / 100, true)}</td><td class="number">${part.percent}%</td></tr>`,
  );
  return card(
    id,
    title,
    'share of all tokens, in steps of 5%',
    html`<table class="teams"><caption class="hidden-text">${title}, share of all tokens</caption><thead><tr><th scope="col">${title.slice(0, -1)}</th><td class="bar-cell"></td><th scope="col" class="number">Share</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function allowancesCard(allowances: Insights['allowances'], k: number): Html {
  const rows = allowances.map(({ name, unit, per, amount, to, percent }) => {
    const format = unit === 'tokens' ? compact : shortMoney;
    return html`<tr><th scope="row">${name}</th><td class="number">${format(amount)} a ${per}</td><td class="number">${percent === null ? 'withheld' : `${percent}%`}</td><td>${dayWords(to)}</td></tr>`;
  });
  return html`<div class="wide">${card(
    'allowances',
    'Allowances',
    `what at least ${k} people share`,
    html`<div class="scroll" tabindex="0" role="region" aria-label="Allowances"><table class="plain"><caption class="hidden-text">Allowances of teams and how much of them is used</caption><thead><tr><th scope="col">Team</th><th scope="col" class="number">Granted</th><th scope="col" class="number">Used</th><th scope="col">Until</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  )}</div>`;
}

/** `claude-code` is `Claude Code`. */
function toolName(id: string): string {
  return id
    .split('-')
    .map((word) => (word === 'cli' ? 'CLI' : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
