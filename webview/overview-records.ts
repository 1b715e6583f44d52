import type { RecordsView } from '../src/dashboard/protocol/overview.ts';
import { rowId } from '../src/dashboard/protocol/row-id.ts';
import type { ToolId } from '../src/usage/tool-id.ts';
import { el } from './dom.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { dayAndMonth } from './overview-calendar.ts';
import type { ViewContext } from './view.ts';

/** The best so far, each with a way to it where there is one. */
export function recordsPart(context: ViewContext) {
  const { formats } = context;
  const element = el('dl', { class: 'tb-records' });

  function record(name: string, value: string, words: string, session?: string): HTMLElement {
    return el(
      'div',
      { class: 'tb-figure' },
      el('dt', { class: 'tb-small tb-muted' }, name),
      el('dd', { class: 'tb-strong' }, value),
      el(
        'dd',
        { class: 'tb-small tb-muted' },
        session === undefined
          ? words
          : el(
              'button',
              {
                type: 'button',
                class: 'tb-link-button tb-small',
                'data-key': name,
                'aria-label': t('Show the session: {0}', name),
                onclick: () => context.go('sessions', session),
              },
              t('Show the session'),
            ),
      ),
    );
  }

  return {
    element,
    show({ bestDay, bestWeek, longestSession, mostSubagents }: RecordsView): void {
      replaceKeepingFocus(
        element,
        ...[
          bestDay && record(t('Best day'), formats.compact(bestDay.tokens, 2), formats.day(bestDay.day)),
          bestWeek &&
            record(t('Best week'), formats.compact(bestWeek.tokens, 2), t('from {0}', formats.day(bestWeek.monday))),
          longestSession &&
            record(t('Longest session'), formats.length(longestSession.activeMs), '', rowOf(longestSession)),
          mostSubagents && record(t('Most subagents'), formats.exact(mostSubagents.count), '', rowOf(mostSubagents)),
        ].filter((one) => one !== undefined),
      );
    },
    inShort: ({ bestDay }: RecordsView) =>
      bestDay === undefined
        ? t('none yet')
        : t('Best day {0}, {1}', dayAndMonth(bestDay.day, formats), formats.compact(bestDay.tokens)),
    answer({ bestDay, longestSession, mostSubagents }: RecordsView): string {
      const parts = [
        bestDay && t('Best day {0} with {1}', formats.day(bestDay.day), formats.compact(bestDay.tokens)),
        longestSession && t('longest session {0}', formats.length(longestSession.activeMs)),
        mostSubagents && t('most subagents {0}', formats.exact(mostSubagents.count)),
      ].filter((part) => part !== undefined);
      return parts.length === 0 ? t('none yet') : parts.join(' · ');
    },
  };
}

function rowOf({ tool, session }: { readonly tool: ToolId; readonly session: string }): string {
  return rowId({ list: 'sessions', tool, session });
}
