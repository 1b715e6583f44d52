import { compact, exact, usd } from '../usage/format.ts';
import type { Figures } from './figures.ts';
import { everything } from './history.ts';
import { listRow } from './list-rows.ts';
import { oneRow } from './one-row.ts';
import type { Amounts } from './protocol/amounts.ts';
import type { ListRow } from './protocol/sessions.ts';
import { ranked } from './ranking.ts';
import { visit } from './selection.ts';
import { addTo, amountsAt, sumTable } from './sum-table.ts';

const mostModels = 8;

/** What a row came to in all, as Markdown for the description of a pull request. Names no folder. Empty once the row is gone. */
export function pullRequestText(figures: Figures, id: string): string {
  const found = oneRow(figures, id);
  if (found === undefined) return '';
  const { names, settings, clock } = figures;
  const row = listRow(figures, found.groups, 0);
  const models = sumTable(names.models.length);
  visit(figures.cube, everything, found.selection, (_, series, __, sums, place) =>
    addTo(models, names.series[series]?.modelIndex ?? 0, sums, place),
  );
  const reported = settings.costSource === 'reported';
  const money = reported ? 'Reported cost' : 'List price';
  const [since, until] = [clock.zone.dayOf(row.start), clock.zone.dayOf(row.end - 1)];
  const order = ranked(models).slice(0, mostModels);
  return [
    `### AI usage${nameOf(row, found.groups.kind)}`,
    '',
    `${amountsText(row.amounts, money.toLowerCase())}, ${since === until ? since : `${since} to ${until}`}.`,
    `${counted(row.sessions, 'session')}, ${(row.activeMs / 3_600_000).toFixed(1)} active hours${
      row.subagents === 0 ? '' : `, ${counted(row.subagents, 'subagent')}`
    }; ${row.tools.map(({ title }) => title).join(', ')}.`,
    '',
    `| Model | Tokens | Fresh | Requests | ${money} |`,
    '|---|--:|--:|--:|--:|',
    ...order.map((model) => {
      const amounts = amountsAt(models, model, settings.costSource);
      const cells = [
        (names.models[model] ?? '').replaceAll('|', '\\|'),
        compact(amounts.tokens, { decimals: 2 }),
        compact(amounts.fresh, { decimals: 2 }),
        exact(amounts.requests),
        moneyText(amounts),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
  ].join('\n');
}

function nameOf(row: ListRow, kind: string): string {
  const [branch] = row.branches;
  if (kind === 'branches' && branch !== undefined) return ` on ${code(branch)}`;
  return kind === 'projects' && row.project.title !== '' ? ` in ${code(lastPart(row.project.title))}` : '';
}

/** A title is a whole path where nothing shorter tells it apart. */
function lastPart(title: string): string {
  return title.split(/[/\\]/).findLast((part) => part !== '') ?? title;
}

function amountsText(amounts: Amounts, money: string): string {
  const price = amounts.costNanoUSD === null ? '' : `, ${money} ${moneyText(amounts)}`;
  const unpriced = amounts.unpricedTokens === 0 ? '' : ` (without ${compact(amounts.unpricedTokens)} unpriced tokens)`;
  const tokens = `**${compact(amounts.tokens, { decimals: 2 })} tokens** (${compact(amounts.fresh, { decimals: 2 })} fresh)`;
  return `${tokens} in ${counted(amounts.requests, 'request')}${price}${unpriced}`;
}

function moneyText({ costNanoUSD }: Amounts): string {
  return costNanoUSD === null ? '–' : usd(costNanoUSD, { cents: true });
}

function counted(count: number, word: string): string {
  return `${exact(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A name between backticks, of which it may hold some itself. */
function code(name: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...name.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = name.startsWith('`') || name.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${name.replaceAll(/[\r\n]+/g, ' ')}${pad}${fence}`;
}
