import type { Metric } from '../src/dashboard/protocol/amounts.ts';
import type { ChartSplit, ChartView } from '../src/dashboard/protocol/chart.ts';
import type { Machines } from '../src/dashboard/protocol/machines.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import { card } from './card.ts';
import { chartLegend } from './chart-legend.ts';
import { chartPicture } from './chart-picture.ts';
import { chartTable } from './chart-table.ts';
import { type WalkedChart, walkedChart } from './chart-walk.ts';
import {
  amountInWords,
  binLabel,
  binName,
  chartTitle,
  metricName,
  metrics,
  seriesName,
  splitName,
  splits,
  stepInWords,
} from './chart-words.ts';
import { withDataTable } from './data-table.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { menu } from './menu.ts';
import { segments } from './segments.ts';
import { adjusted, detailedParts, shownParts } from './shown-parts.ts';
import type { SeriesColor } from './time-chart.ts';
import type { ViewContext } from './view.ts';

interface Kept {
  readonly split: ChartSplit;
  readonly metric: Metric;
}

const named: readonly SeriesColor[] = ['series-0', 'series-1', 'series-2', 'series-3'];
const kinds: readonly SeriesColor[] = ['output', 'cacheWrite', 'input', 'cacheRead'];
const cent = 1e7;

/** The card with sums over time, stacked by a split that can be chosen. */
export function chartCard(context: ViewContext) {
  const { formats } = context;
  let { split, metric }: Kept = { split: 'tool', metric: 'tokens', ...context.recall<Kept>('overview.chart') };
  let scope: Scope | undefined;
  let machines: Machines | undefined;
  let view: ChartView | undefined;
  let hidden: ReadonlySet<string> = new Set();
  let turn = 0;

  const splitText = el('span', {}, splitName(split));
  const splitButton = el('button', { type: 'button', class: 'tb-quiet-button' }, splitText, icon('chevron-down'));
  const splitMenu = menu({
    button: splitButton,
    label: t('Split the chart'),
    align: 'left',
    items: () =>
      splits.map((one) => ({ text: splitName(one), checked: one === split, choose: () => chooseSplit(one) })),
  });
  const metricRow = segments({
    label: t('What the chart shows'),
    choices: metrics.map((value) => ({ value, text: metricName(value) })),
    value: metric,
    onChange(value) {
      metric = value;
      keep();
      draw();
    },
  });
  const part = card({
    id: 'chart',
    title: t('Tokens per day'),
    formula: t(
      'Each bar sums up what was used in its time, in your time zone. At most four series are named, the largest of the period; Other is all the rest. The dotted line is the median over the days that had any use.',
    ),
    context,
    controls: [metricRow.element],
  });
  part.note(splitMenu);
  const legend = chartLegend((id) => {
    hidden = new Set(hidden.has(id) ? [...hidden].filter((one) => one !== id) : [...hidden, id]);
    draw();
  });
  const walked: WalkedChart = walkedChart();
  const charted = withDataTable(walked.element, () =>
    view === undefined ? el('div') : chartTable(view, metric, formats),
  );
  const save = el(
    'button',
    { type: 'button', class: 'tb-quiet-button', 'data-key': 'save', onclick: savePicture },
    icon('device-camera'),
    t('Save as PNG'),
  );
  const hours = el('p', { class: 'tb-small tb-muted', hidden: true }, t('Of your other machines no hours are known.'));
  const whole = [legend.element, hours, charted.element, el('div', { class: 'tb-chart-foot' }, charted.button, save)];

  async function show(next: Scope, whose: Machines | undefined): Promise<void> {
    const mine = ++turn;
    machines = whose;
    const other = JSON.stringify(next) !== JSON.stringify(scope);
    scope = next;
    if (view === undefined) part.loading('row', 'chart');
    try {
      const answer = await context.ask({ ask: 'chart', scope: next, split, machines });
      if (mine !== turn) return;
      view = answer;
      if (other) walked.leave();
      if (!part.body.contains(charted.element)) part.fill(...whole);
      draw();
    } catch (error) {
      if (mine !== turn) return;
      view = undefined;
      part.fail(error instanceof Error ? error.message : String(error), () => void show(next, whose));
    }
  }

  function chooseSplit(next: ChartSplit): void {
    split = next;
    hidden = new Set();
    // A request has no kind.
    if (split === 'kind' && metric === 'requests') metric = 'tokens';
    keep();
    if (scope !== undefined) void show(scope, machines);
  }

  function keep(): void {
    context.remember('overview.chart', { split, metric } satisfies Kept);
  }

  function colorOf(index: number, id: string): SeriesColor {
    if (split === 'kind') return kinds.find((kind) => kind === id) ?? 'series-other';
    return id === 'other' ? 'series-other' : (named[index] ?? 'series-other');
  }

  function totals(of: ChartView): readonly { readonly value: number; readonly text: string }[] {
    const values = of.series.map((series) => series[metric].reduce((sum, value) => sum + value, 0));
    const total = values.reduce((sum, value) => sum + value, 0);
    const texts =
      metric === 'cost'
        ? adjusted(total, values, cent).map((cents) => formats.money(cents * cent))
        : shownParts(total, values, formats);
    return values.map((value, i) => ({ value, text: texts[i] ?? '' }));
  }

  function draw(): void {
    if (view === undefined) return;
    const shownView = view;
    const { grain, bins, series, medianActiveDay, span } = shownView;
    part.setTitle(chartTitle(metric, grain));
    splitText.textContent = splitName(split);
    hours.hidden = shownView.hoursOfOthers !== false;
    metricRow.show(metric);
    metricRow.disable('requests', split === 'kind' ? t('A request has no kind of token') : undefined);
    const sums = totals(shownView);
    legend.show(
      series.flatMap(({ id, title }, i) =>
        (sums[i]?.value ?? 0) === 0
          ? []
          : [
              {
                id,
                className: `tb-fill-${colorOf(i, id)}`,
                title: seriesName(id, title),
                total: sums[i]?.text ?? '',
                shown: !hidden.has(id),
              },
            ],
      ),
      medianActiveDay === undefined
        ? undefined
        : t('median active day {0}', amountInWords(metric, medianActiveDay[metric], formats)),
    );
    // Today's end lies ahead; a range's may be long past.
    const lastIsNow = Date.now() - span.to < 86_400_000 && grain === 'day';
    walked.show({
      label: labelOf(shownView, sums),
      picture: {
        labels: bins.map(({ name }, i) =>
          binLabel(name, grain, lastIsNow && i === bins.length - 1, formats, bins.length),
        ),
        lastIsNow,
        series: series.flatMap((one, i) =>
          hidden.has(one.id) ? [] : [{ color: colorOf(i, one.id), values: one[metric] }],
        ),
        stepInWords: (value, step) => stepInWords(metric, value, step, formats),
        median: medianActiveDay?.[metric],
      },
      titles: series.filter(({ id }) => !hidden.has(id)).map(({ id, title }) => seriesName(id, title)),
      binName: (bin) => binName(bins[bin]?.name ?? '', grain, formats),
      amounts: (values, total) =>
        metric === 'cost' || metric === 'requests'
          ? values.map((value) => amountInWords(metric, value, formats, true))
          : detailedParts(total, values, formats),
      amount: (value) =>
        metric === 'cost' || metric === 'requests'
          ? amountInWords(metric, value, formats, true)
          : (detailedParts(value, [value], formats)[0] ?? ''),
    });
    charted.renew();
  }

  function labelOf(of: ChartView, sums: ReturnType<typeof totals>): string {
    const parts = of.series.map(({ id, title }, i) => `${seriesName(id, title)} ${sums[i]?.text ?? ''}`);
    return t(
      '{0}, {1}: {2}. Arrow keys walk along the bars.',
      chartTitle(metric, of.grain),
      splitName(split),
      parts.join(', '),
    );
  }

  function savePicture(): void {
    if (view === undefined) return;
    const { since, until } = view.span;
    const colors = walked.chart().colors();
    const sums = totals(view);
    context.act({
      act: 'savePicture',
      name: `tokenboard-${metric}-${since}-${until}.png`,
      url: chartPicture({
        canvas: walked.canvas,
        title: chartTitle(metric, view.grain),
        note: `${splitName(split)} · ${formats.day(since, 'long')} – ${formats.day(until, 'long')}`,
        legend: view.series.flatMap(({ id, title }, i) =>
          hidden.has(id)
            ? []
            : [{ color: colors[colorOf(i, id)], text: `${seriesName(id, title)} ${sums[i]?.text ?? ''}` }],
        ),
        colors,
      }),
    });
  }

  return { ...part, show };
}
