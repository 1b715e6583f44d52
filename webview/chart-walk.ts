import { chartTooltip } from './chart-tooltip.ts';
import { el } from './dom.ts';
import { type ChartPicture, chartBox, type TimeChart, timeChart } from './time-chart.ts';

export interface WalkedPicture {
  /** One sentence for screen readers. */
  readonly label: string;
  readonly picture: ChartPicture;
  /** Of the series, in their order. */
  readonly titles: readonly string[];
  readonly binName: (bin: number) => string;
  readonly amount: (value: number) => string;
  /** A bin's values as they are shown with its total. */
  readonly amounts: (values: readonly number[], total: number) => readonly string[];
}

/** A chart whose bars are walked along with the pointer and the arrow keys; a box tells the figures of the one. */
export function walkedChart() {
  const { box, canvas } = chartBox();
  const tooltip = chartTooltip();
  const told = el('div', { class: 'tb-hidden-text', role: 'status' });
  const target = el('div', { class: 'tb-chart', role: 'img', tabindex: 0, 'data-key': 'chart' }, box);
  const element = el('div', { class: 'tb-chart-frame' }, target, tooltip.element, told);
  let chart: TimeChart | undefined;
  let shown: WalkedPicture | undefined;
  let bin: number | undefined;

  function goTo(next: number | undefined, aloud: boolean): void {
    bin = next;
    chart?.mark(next);
    if (next === undefined || shown === undefined || chart === undefined) {
      tooltip.hide();
      return;
    }
    const { picture, titles, binName, amount, amounts } = shown;
    const values = picture.series.map((series) => series.values[next] ?? 0);
    const total = values.reduce((sum, value) => sum + value, 0);
    const head = { title: binName(next), total: amount(total) };
    const texts = amounts(values, total);
    const rows = picture.series.map(({ color }, i) => ({
      className: `tb-fill-${color}`,
      title: titles[i] ?? '',
      value: texts[i] ?? '',
    }));
    const x = chart.middleOf(next);
    const half = Math.abs(chart.middleOf(1) - chart.middleOf(0)) / 2;
    tooltip.show(head, [...rows].reverse(), {
      x,
      half,
      width: chart.width(),
      leftIsEmptier: leftIsEmptier(picture, next),
    });
    if (aloud)
      told.textContent = [`${head.title}: ${head.total}`, ...rows.map(({ title, value }) => `${title} ${value}`)].join(
        ', ',
      );
  }

  target.addEventListener('pointermove', (event) => {
    const at = chart?.binAt(event.clientX - canvas.getBoundingClientRect().left);
    if (at !== bin) goTo(at, false);
  });
  target.addEventListener('pointerleave', () => goTo(undefined, false));
  target.addEventListener('blur', () => goTo(undefined, false));
  target.addEventListener('keydown', (event) => {
    const last = (shown?.picture.labels.length ?? 0) - 1;
    if (last < 0) return;
    const from = bin ?? last + (event.key === 'ArrowLeft' ? 1 : 0);
    const to = { ArrowLeft: from - 1, ArrowRight: bin === undefined ? last : from + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      goTo(Math.min(last, Math.max(0, to)), true);
    } else if (event.key === 'Escape' && bin !== undefined) {
      event.preventDefault();
      goTo(undefined, false);
    }
  });

  return {
    element,
    canvas,
    chart(): TimeChart {
      chart ??= timeChart(canvas);
      return chart;
    },
    show(next: WalkedPicture): void {
      shown = next;
      target.setAttribute('aria-label', next.label);
      // A canvas has a size only once it stands in the page.
      chart ??= timeChart(canvas);
      chart.show(next.picture);
      if (bin !== undefined) goTo(bin < next.picture.labels.length ? bin : undefined, false);
    },
    leave: () => goTo(undefined, false),
  };
}

export type WalkedChart = ReturnType<typeof walkedChart>;

/** Whether the bars to the left of a bin are lower than those to its right: there a box covers less. */
function leftIsEmptier({ series, labels }: ChartPicture, bin: number): boolean {
  const reach = Math.max(1, Math.round(labels.length / 5));
  const highest = (from: number, to: number) => {
    let most = 0;
    for (let at = Math.max(0, from); at < Math.min(labels.length, to); at++) {
      most = Math.max(
        most,
        series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
      );
    }
    return most;
  };
  return highest(bin - reach, bin) <= highest(bin + 1, bin + 1 + reach);
}
