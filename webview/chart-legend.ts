import { swatch } from './composition.ts';
import { el, svg } from './dom.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';

export interface LegendEntry {
  readonly id: string;
  /** A class that fills its swatch. */
  readonly className: string;
  readonly title: string;
  readonly total: string;
  readonly shown: boolean;
}

/** The chart's legend: text with totals, of which each is a switch. */
export function chartLegend(onToggle: (id: string) => void) {
  const list = el('div', { class: 'tb-legend', role: 'group', 'aria-label': t('Shown in the chart') });
  const median = el('span', { class: 'tb-legend-median' });
  const element = el('div', { class: 'tb-legend-row' }, list, median);
  return {
    element,
    show(entries: readonly LegendEntry[], medianWords: string | undefined): void {
      replaceKeepingFocus(list, ...entries.map(entryOf));
      median.replaceChildren(...(medianWords === undefined ? [] : [dots(), medianWords]));
    },
  };

  function entryOf({ id, className, title, total, shown }: LegendEntry): HTMLElement {
    return el(
      'button',
      {
        type: 'button',
        class: 'tb-legend-entry',
        'aria-pressed': String(shown),
        'data-key': id,
        title: shown ? t('Hide {0}', title) : t('Show {0}', title),
        onclick: () => onToggle(id),
      },
      swatch(shown ? className : 'tb-fill-none'),
      el('span', { class: 'tb-cut' }, title),
      el('span', { class: 'tb-muted' }, total),
    );
  }
}

function dots(): SVGSVGElement {
  return svg(
    'svg',
    { width: 18, height: 2, 'aria-hidden': 'true' },
    svg('line', { class: 'tb-median-line', x1: 0, x2: 18, y1: 1, y2: 1, 'stroke-dasharray': '2 3' }),
  );
}
