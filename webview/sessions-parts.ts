import type { ListRow } from '../src/dashboard/protocol/sessions.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { paidWords } from './sessions-words.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

/** All figures of a row, since the list shows only those that it has room for. */
export function amountParts(row: ListRow, formats: Formats, longRequests?: number): HTMLElement {
  const { amounts } = row;
  const large = (title: string, value: string, note: string) =>
    el(
      'div',
      { class: 'tb-sum' },
      el('dt', { class: 'tb-muted tb-small' }, title),
      el('dd', { class: 'tb-sum-value' }, value),
      el('dd', { class: 'tb-muted tb-small' }, note),
    );
  const kinds = [
    t('output {0}', formats.compact(amounts.output)),
    t('cache writes {0}', formats.compact(amounts.cacheWrite)),
    t('input {0}', formats.compact(amounts.input)),
    t('cache reads {0}', formats.compact(amounts.cacheRead)),
  ];
  const requests =
    longRequests === undefined || longRequests === 0
      ? t('{0} tokens each', formats.compact(amounts.requests === 0 ? 0 : amounts.tokens / amounts.requests))
      : t('{0} with over 200K of input', formats.exact(longRequests));
  return el(
    'div',
    {},
    el(
      'dl',
      { class: 'tb-sums' },
      large(t('Tokens'), formats.compact(amounts.tokens), t('fresh {0}', formats.compact(amounts.fresh))),
      large(t('List price'), formats.money(amounts.costNanoUSD), costNote(row, formats)),
      large(t('Requests'), formats.exact(amounts.requests), requests),
      large(t('Cache share'), formats.percent(amounts.cacheShare), t('reads ÷ all input')),
      large(t('Active'), formats.length(row.activeMs), t('in quarters of an hour')),
      large(...fleetFigure(row, formats)),
    ),
    el('p', { class: 'tb-muted tb-small' }, kinds.join(' · ')),
  );
}

/** What can be done with a row. */
export function rowActions(context: ViewContext, id: string, more: readonly HTMLElement[] = []): HTMLElement {
  const told = el('span', { class: 'tb-muted tb-small', role: 'status' });
  const copy = button({
    text: t('Copy for pull request'),
    icon: 'copy',
    onClick: () => {
      void context.ask({ ask: 'pullRequest', id }).then(
        (text) => {
          context.act({ act: 'copy', text });
          told.textContent = t('Copied as Markdown.');
        },
        (error: unknown) => {
          told.textContent = error instanceof Error ? error.message : String(error);
        },
      );
    },
  });
  copy.dataset.key = `copy ${id}`;
  return el('div', { class: 'tb-row-actions' }, ...more, copy, told);
}

function costNote({ amounts, paidBy }: ListRow, formats: Formats): string {
  return amounts.unpricedTokens === 0
    ? paidWords(paidBy)
    : t('{0} tokens have no price', formats.compact(amounts.unpricedTokens));
}

function fleetFigure({ subagents, sessions, session }: ListRow, formats: Formats): [string, string, string] {
  if (session !== undefined)
    return [t('Subagents'), formats.exact(subagents), subagents === 0 ? t('none at work') : t('at work in it')];
  const fleet = subagents === 1 ? t('1 subagent') : t('{0} subagents', formats.exact(subagents));
  return [t('Sessions'), formats.exact(sessions), subagents === 0 ? t('no subagents') : fleet];
}
