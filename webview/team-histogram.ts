import type { Snapshot } from '../src/team/protocol/board.ts';
import { withDataTable } from './data-table.ts';
import { el, svg } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { table } from './table.ts';
import type { MetricFormat } from './team-values.ts';

export interface HistogramOptions {
  readonly bins: NonNullable<Snapshot['histogram']>;
  readonly median: number | null;
  /** One's own value; null where there is none. */
  readonly own: number | null;
  readonly format: MetricFormat;
  readonly formats: Formats;
  /** Under the chart: what is counted. */
  readonly caption: string;
}

const height = 300;
const top = 44;
const bottom = 24;
const right = 44;

/** How members are distributed over bins of 1, 2 and 5, with the median and one's own place. */
export function histogramChart(options: HistogramOptions) {
  const { bins, median, own, format, formats, caption } = options;
  const words = el('span', {}, caption);
  const told = el('span', { class: 'tb-hidden-text', role: 'status' });
  const label = t(
    'Histogram of {0} in {1} bins. The median is {2}, you are at {3}.',
    caption,
    bins.length,
    median === null ? '–' : format.short(median),
    own === null ? '–' : format.short(own),
  );
  const target = el('div', {
    class: 'tb-histogram',
    role: 'img',
    tabindex: 0,
    'aria-label': label,
    'data-key': 'bins',
  });
  const chart = el(
    'div',
    {},
    target,
    el('p', { class: 'tb-histogram-foot' }, words, el('span', {}, t('share of members'))),
    told,
  );
  let at: number | undefined;

  function draw(): void {
    const width = target.clientWidth;
    if (width > 0) target.replaceChildren(picture(options, width, at));
  }

  function point(bin: number | undefined): void {
    if (bin === at) return;
    at = bin;
    const said = bin === undefined ? caption : binWords(bin);
    words.textContent = said;
    told.textContent = bin === undefined ? '' : said;
    draw();
  }

  function binWords(index: number): string {
    return t('{0}: {1} of members', boundsWords(index), formats.percent((bins[index]?.percent ?? 0) / 100, 0));
  }

  function boundsWords(index: number): string {
    const from = format.short(bins[index]?.from ?? 0);
    const next = bins[index + 1];
    return next === undefined ? t('from {0}', from) : t('{0} to {1}', from, format.short(next.from));
  }

  target.addEventListener('pointermove', (event) => {
    const inside = (event.offsetX / (target.clientWidth - right)) * bins.length;
    point(inside < 0 || inside >= bins.length ? undefined : Math.floor(inside));
  });
  target.addEventListener('pointerleave', () => point(undefined));
  target.addEventListener('blur', () => point(undefined));
  target.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    point(at === undefined ? (step > 0 ? 0 : bins.length - 1) : Math.min(bins.length - 1, Math.max(0, at + step)));
  });
  new ResizeObserver(draw).observe(target);
  return withDataTable(chart, () =>
    table({
      label,
      columns: [{ title: caption }, { title: t('Share of members'), number: true }, { title: t('In it') }],
      rows: bins.map(({ percent }, index) => [
        boundsWords(index),
        formats.percent(percent / 100, 0),
        [
          median !== null && placeOf(median, bins) === index ? t('median') : '',
          own !== null && placeOf(own, bins) === index ? t('you') : '',
        ]
          .filter(Boolean)
          .join(', '),
      ]),
    }),
  );
}

function picture({ bins, median, own, format, formats }: HistogramOptions, width: number, at: number | undefined) {
  const plot = Math.max(40, width - right);
  const step = plot / bins.length;
  const highest = Math.max(5, ...bins.map(({ percent }) => percent));
  const rule = highest <= 20 ? 5 : highest <= 40 ? 10 : highest <= 60 ? 20 : 25;
  const lines = Array.from({ length: Math.ceil(highest / rule) + 1 }, (_, i) => i * rule);
  const most = lines.at(-1) ?? highest;
  const base = height - bottom;
  const y = (percent: number) => base - (percent / most) * (base - top);
  const ownBin = own === null ? undefined : placeOf(own, bins);
  const sparse = Math.ceil((bins.length * 44) / plot);
  return svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    ...lines.flatMap((percent) => [
      svg('line', {
        class: percent === 0 ? 'tb-axis' : 'tb-grid-line',
        x1: 0,
        x2: plot,
        y1: y(percent),
        y2: y(percent),
      }),
      svg(
        'text',
        { class: 'tb-axis-text', x: width, y: y(percent) + 4, 'text-anchor': 'end' },
        formats.percent(percent / 100, 0),
      ),
    ]),
    ...bins.map(({ percent }, i) =>
      svg('rect', {
        class: `tb-bin ${i === ownBin ? 'tb-bin-own' : ''} ${i === at ? 'tb-bin-pointed' : ''}`,
        x: i * step + 1.5,
        y: y(percent),
        width: Math.max(1, step - 3),
        height: base - y(percent),
        rx: 2,
      }),
    ),
    ...bins.map(({ from }, i) =>
      i % sparse === 0
        ? svg('text', { class: 'tb-axis-text', x: i * step + 1.5, y: base + 17 }, format.short(from))
        : undefined,
    ),
    ...(median === null
      ? []
      : mark('tb-median', xOf(median, bins, step), 26, base, t('median {0}', format.short(median)), plot)),
    ...(own === null
      ? []
      : [
          ...mark('tb-own', xOf(own, bins, step), 10, base, t('You · {0}', format.short(own)), plot),
          svg('circle', { class: 'tb-own-dot', cx: xOf(own, bins, step), cy: base, r: 4.5 }),
        ]),
  );
}

function mark(name: string, x: number, labelY: number, base: number, label: string, plot: number): SVGElement[] {
  const anchor = x < plot * 0.25 ? 'start' : x > plot * 0.8 ? 'end' : 'middle';
  return [
    svg('line', { class: name, x1: x, x2: x, y1: labelY + 6, y2: base }),
    svg('text', { class: `${name}-text`, x, y: labelY, 'text-anchor': anchor }, label),
  ];
}

/** The bin that a value falls into; the first for what is below it. */
function placeOf(value: number, bins: HistogramOptions['bins']): number {
  return Math.max(
    0,
    bins.findLastIndex(({ from }) => value >= from),
  );
}

/** Within its bin as far as its logarithm is; the last bin has no end, and is drawn as if it were one step wide. */
function xOf(value: number, bins: HistogramOptions['bins'], step: number): number {
  const index = placeOf(value, bins);
  const from = bins[index]?.from ?? 1;
  const to = bins[index + 1]?.from ?? from * 2.5;
  const within = value <= from ? 0 : Math.min(1, Math.log(value / from) / Math.log(to / from));
  return (index + within) * step;
}
