import type { TeamBoardView } from '../src/dashboard/protocol/team.ts';
import { type MetricId, metrics, type WindowId } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import { metricTitle, windowTitle } from './team-values.ts';
import { daysWords } from './team-words.ts';
import { dropdown } from './ui.ts';

interface Choice {
  readonly board?: number;
  readonly window?: WindowId;
  readonly metric?: MetricId | undefined;
}

/** What a board shows: which board, which metric, which days. */
export function boardControls(formats: Formats, choose: (choice: Choice) => void) {
  const element = el('div', { class: 'tb-board-controls' });
  let shown = '';

  function show(view: TeamBoardView | undefined, ranking: boolean): void {
    element.hidden = view === undefined;
    if (view === undefined) return;
    const { boards, snapshot } = view;
    const { board, metric, window, from, to } = snapshot;
    const key = JSON.stringify([boards, board, metric, window, from, to, ranking]);
    if (key === shown) return;
    shown = key;
    const info = boards.find(({ id }) => id === board);
    const windows = (info?.windows ?? [window]).filter((one) => metrics[metric].windows.includes(one));
    const offered = info?.metrics ?? [metric];
    const days = from === null || to === null ? '' : daysWords(from, to, formats);
    replaceKeepingFocus(
      element,
      ...(boards.length < 2
        ? []
        : [
            keyed(
              'board',
              dropdown({
                label: t('Board'),
                choices: boards.map(({ id, name }) => ({ value: String(id), text: name })),
                value: String(board),
                onChange: (id) => choose({ board: Number(id), metric: undefined }),
              }),
            ),
          ]),
      ...(ranking || days === ''
        ? []
        : [el('span', { class: 'tb-days tb-small tb-muted' }, t('{0}, complete UTC days', days))]),
      ...(offered.length < 2 ? [] : metricChoice(offered, metric, ranking)),
      segments({
        label: t('Days'),
        choices: windows.map((value) => ({ value, text: windowTitle(value), short: shortWindow(value) })),
        value: window,
        onChange: (next) => choose({ window: next }),
      }).element,
    );
  }

  /** A row above the ranking where there is room, else a list. */
  function metricChoice(offered: readonly MetricId[], metric: MetricId, ranking: boolean): readonly HTMLElement[] {
    const onChange = (next: MetricId) => {
      // Not every metric is counted in every window.
      const counted = metrics[next].windows;
      choose(counted.includes('30d') ? { metric: next } : { metric: next, window: '30d' });
    };
    const choices = offered.map((value) => ({ value, text: metricTitle(value) }));
    const list = keyed('metric', dropdown({ label: t('Metric'), choices, value: metric, onChange }));
    if (!ranking) return [list];
    const row = segments({ label: t('Metric'), choices, value: metric, onChange }).element;
    row.classList.add('tb-roomy');
    list.classList.add('tb-scarce');
    return [row, list];
  }

  return { element, show };
}

function keyed(key: string, element: HTMLElement): HTMLElement {
  element.dataset.key = key;
  return element;
}

function shortWindow(window: WindowId): string {
  return { today: t('Today'), '7d': t('7 d'), '30d': t('30 d'), '90d': t('90 d') }[window];
}
