import type { AnswerOf } from '../../team/protocol/endpoints.ts';
import type { Device, Me, Usage } from '../../team/protocol/me.ts';
import { compact, exact } from '../../usage/format.ts';
import { shortMoney } from './figures.ts';
import { type Html, html } from './html.ts';
import type { Viewer } from './page.ts';
import { act, card, figure, fold, hidden } from './parts.ts';
import { dayWords, lookedAt, momentWords } from './words.ts';

type Views = AnswerOf<'views'>['views'];
type Allowances = AnswerOf<'allowance'>['allowances'];

const shownDays = 30;

/** What the server holds of one, and what one lets it have. */
export function sharedCard({ consent, joinedDay }: Me, { days }: Usage): Html {
  const lately = days.slice(-shownDays);
  const sum = (pick: (day: Usage['days'][number]) => number): number => lately.reduce((all, day) => all + pick(day), 0);
  const first = days[0];
  const also =
    consent === null
      ? []
      : [
          consent.models ? 'models by their names' : 'models as “other”',
          consent.badges ? (consent.timeBadges ? 'badges, also those that tell when you work' : 'badges') : 'no badges',
        ];
  return card(
    'shared',
    'What is shared',
    consent === null ? null : `agreed ${momentWords(consent.at)} · policy ${consent.policyVersion}`,
    first === undefined
      ? html`<p>The server has no figures of yours yet. They come with your machine’s first upload, of complete UTC days.</p>`
      : html`<dl class="figures three">
${figure('Fresh tokens', compact(sum(({ in: input, out, cw }) => input + out + cw)), 'input, output, cache writes')}
${figure(
  'Cache reads',
  compact(sum(({ cr }) => cr)),
  many(
    sum(({ req }) => req),
    'request',
  ),
)}
${figure('List price', shortMoney(sum(({ usd }) => usd)), 'not your bill')}
</dl><p class="muted small">Of the last ${many(lately.length, 'day')} with figures${days.length > lately.length ? `, of ${exact(days.length)} that are kept` : ''}. You joined on ${dayWords(joinedDay)}.</p>
${fold('Every day, exactly', daysTable(days))}`,
    also.length === 0
      ? null
      : html`<p class="small">Daily totals by tool; ${also.join('; ')}. What is shared is chosen where it is counted: in the Team tab of your editor, or with <code>tokenboard team change</code>.</p>`,
  );
}

function daysTable(days: Usage['days']): Html {
  const rows = days
    .toReversed()
    .map(
      (day) =>
        html`<tr><th scope="row">${day.day}${day.beforeJoining ? html` <span class="muted">for you alone</span>` : ''}</th><td class="number">${exact(day.in)}</td><td class="number">${exact(day.out)}</td><td class="number">${exact(day.cw)}</td><td class="number">${exact(day.cr)}</td><td class="number">${shortMoney(day.usd)}</td></tr>`,
    );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Days"><table class="plain"><caption>UTC days, all your machines added up</caption>
<thead><tr><th scope="col">Day</th><th scope="col" class="number">Input</th><th scope="col" class="number">Output</th><th scope="col" class="number">Cache writes</th><th scope="col" class="number">Cache reads</th><th scope="col" class="number">List price</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** How often one was looked at, and by whom. */
export function looksCard(views: Views, names: ReadonlyMap<number, string>): Html {
  const rows = views
    .toReversed()
    .map(
      ({ day, board, role, count }) =>
        html`<tr><th scope="row">${dayWords(day)}</th><td>${names.get(board) ?? 'A board'}</td><td>${role === 'member' ? 'members' : `${role}s`}</td><td class="number">${exact(count)}</td></tr>`,
    );
  return card(
    'looks',
    'Who looked',
    null,
    html`<p>${lookedAt(views)}</p><p class="small muted">One look a person and snapshot. Admins are counted like everyone.</p>`,
    views.length === 0
      ? null
      : fold(
          'By day',
          html`<div class="scroll" tabindex="0" role="region" aria-label="Looks by day"><table class="plain"><caption>Looks at boards with you on them</caption><thead><tr><th scope="col">Day</th><th scope="col">Board</th><th scope="col">By</th><th scope="col" class="number">Looks</th></tr></thead><tbody>${rows}</tbody></table></div>`,
        ),
  );
}

/** One's machines, whose counts add up. */
export function devicesCard(devices: readonly Device[], { formToken }: Viewer): Html {
  const rows = devices.map(({ id, addedDay, lastSyncDay, clients, current }) => {
    const name = `Machine added ${dayWords(addedDay)}`;
    const synced = lastSyncDay === null ? 'never synced' : `last sync ${dayWords(lastSyncDay)}`;
    const kinds = clients.filter((one) => one !== 'web').join(', ');
    return html`<li><p>${name}${current ? html` <span class="pill">opened this page</span>` : ''}</p>
<p class="small muted">${[synced, kinds].filter(Boolean).join(' · ')}</p>
<details class="confirm"><summary>Remove<span class="hidden-text"> the ${name.charAt(0).toLowerCase()}${name.slice(1)}</span></summary>
<p class="small">It is signed out, and its counts are taken off the board. What is counted on it stays on it.${current ? ' This browser is signed out as well, because it was opened from there.' : ''}</p>
${act('/me/devices/remove', formToken, html`<button type="submit">Remove it</button>`, { device: String(id) })}</details></li>`;
  });
  return card(
    'devices',
    'Your machines',
    'their counts add up',
    devices.length === 0 ? html`<p>No machine sends anything of yours.</p>` : html`<ul class="rows">${rows}</ul>`,
  );
}

/** What was granted, and what is left of it. */
export function allowancesCard(allowances: Allowances): Html {
  const rows = allowances.map(({ unit, per, amount, used, to, team, teamPercent }) => {
    const format = unit === 'tokens' ? compact : shortMoney;
    const left =
      team === null
        ? format(Math.max(0, amount - used))
        : teamPercent === null
          ? 'not told'
          : `about ${100 - teamPercent}%`;
    return html`<tr><th scope="row">${team === null ? 'You' : team.name}</th><td class="number">${format(amount)} a ${per}</td><td class="number">${format(used)}</td><td class="number">${left}</td><td>${dayWords(to)}</td></tr>`;
  });
  return card(
    'allowances',
    'Allowances',
    null,
    html`<div class="scroll" tabindex="0" role="region" aria-label="Allowances"><table class="plain"><caption class="hidden-text">What was granted and what is left</caption><thead><tr><th scope="col">For</th><th scope="col" class="number">Granted</th><th scope="col" class="number">Used by you</th><th scope="col" class="number">Left</th><th scope="col">Until</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  );
}

/** Taking one's data along, stopping, leaving. */
export function endCard({ consent }: Me, { formToken, organisation }: Viewer): Html {
  return card(
    'end',
    'Take it along, stop, or leave',
    null,
    html`<ul class="rows">
<li><form method="post" action="/me/export">${hidden({ form: formToken })}<button type="submit">Export what they have on me</button></form><p class="small muted">All of it, as JSON: counts, consents, machines, pseudonyms, the record of who looked.</p></li>
${consent === null ? null : html`<li><details class="confirm"><summary class="button">Stop sharing</summary><p class="small">You are off every board at once, and nothing more is taken until you agree again where you count. What is there stays until it is past its time, or you leave.</p>${act('/me/stop', formToken, html`<button type="submit">Stop sharing</button>`)}</details></li>`}
<li><a class="button" href="/me/leave">Leave ${organisation}</a><p class="small muted">You are hidden at once, and everything about you is erased.</p></li>
</ul>`,
  );
}

/** `1 day`, `30 days` */
function many(count: number, what: string): string {
  return `${exact(count)} ${what}${count === 1 ? '' : 's'}`;
}
