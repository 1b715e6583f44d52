import type { CoursePoint, SessionView } from '../src/dashboard/protocol/sessions.ts';
import { withDataTable } from './data-table.ts';
import { el, svg } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import { endWords, momentWords } from './sessions-words.ts';
import { table } from './table.ts';

type Measure = 'tokens' | 'fresh' | 'costNanoUSD';

/** What happened in one of the equal parts of a session's time. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly requests: number;
  readonly own: Readonly<Record<Measure, number>>;
  readonly subagents: Readonly<Record<Measure, number>>;
}

const binCount = 60;
const fewBins = 12;
/** Pixels. */
const fewBinWidth = 48;
const minute = 60_000;
const tall = 96;

/** A session over time: stacked bars of its own requests and those of its subagents. */
export function courseChart({ course, row }: SessionView, formats: Formats): HTMLElement {
  const bins = binsOf(course);
  const fleet = course.some(({ subagent }) => subagent);
  let measure: Measure = 'tokens';
  let at = -1;
  // A bar or two of the whole width would look like much.
  const few = bins.length < fewBins;
  const bars = svg('svg', {
    class: 'tb-course-bars',
    width: few ? bins.length * fewBinWidth : undefined,
    'aria-hidden': 'true',
  });
  const told = el('p', { class: 'tb-course-told tb-small', role: 'status' });
  const peak = el('span', {});
  const plot = el('div', { class: 'tb-course-plot', role: 'group', tabindex: 0, 'data-key': 'course' }, bars);
  const choice = segments<Measure>({
    label: t('What the bars show'),
    choices: [
      { value: 'tokens', text: t('Tokens') },
      { value: 'fresh', text: t('Fresh') },
      { value: 'costNanoUSD', text: t('Cost') },
    ],
    value: measure,
    onChange(value) {
      measure = value;
      draw();
    },
  });
  const amount = (value: number) => (measure === 'costNanoUSD' ? formats.money(value) : formats.compact(value, 2));

  function draw(): void {
    const top = Math.max(...bins.map((bin) => bin.own[measure] + bin.subagents[measure]), 1);
    bars.replaceChildren(
      svg('rect', { class: 'tb-course-base', y: tall, width: '100%', height: 1 }),
      ...bins.flatMap((bin, index) => barsOf(bin, index, bins.length, measure, top)),
      ...(at < 0 ? [] : [markOf(at, bins.length)]),
    );
    peak.textContent = t('highest bar {0}', amount(top));
    plot.setAttribute(
      'aria-label',
      t(
        'Course of the session from {0} to {1}; arrow keys go from bar to bar.',
        momentWords(bins[0]?.from ?? row.start, formats),
        momentWords(bins.at(-1)?.to ?? row.end, formats),
      ),
    );
    const bin = bins[at];
    told.textContent = bin === undefined ? '\u00a0' : wordsOf(bin, measure, amount, formats);
  }

  function goTo(index: number): void {
    if (index === at) return;
    at = index;
    draw();
  }

  plot.addEventListener('keydown', (event) => {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bins.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(Math.min(bins.length - 1, Math.max(0, next)));
  });
  plot.addEventListener('pointermove', (event) => {
    const { left, width } = plot.getBoundingClientRect();
    goTo(Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length))));
  });
  plot.addEventListener('pointerleave', () => goTo(-1));
  plot.addEventListener('blur', () => goTo(-1));
  draw();

  const last = bins.at(-1)?.to ?? row.end;
  const chart = el(
    'div',
    {},
    plot,
    el(
      'div',
      { class: 'tb-course-axis' },
      el('span', {}, momentWords(bins[0]?.from ?? row.start, formats)),
      peak,
      el('span', {}, endWords(bins[0]?.from ?? row.start, last, formats)),
    ),
    told,
  );
  const charted = withDataTable(chart, () => courseTable(bins, fleet, formats));
  return el(
    'div',
    { class: few ? 'tb-course tb-course-few' : 'tb-course' },
    el(
      'div',
      { class: 'tb-course-head' },
      choice.element,
      fleet ? legend() : undefined,
      el('span', { class: 'tb-course-button' }, charted.button),
    ),
    charted.element,
  );
}

function legend(): HTMLElement {
  const entry = (name: string, text: string) =>
    el(
      'span',
      {},
      svg(
        'svg',
        { width: 10, height: 10, 'aria-hidden': 'true' },
        svg('rect', { class: name, width: 10, height: 10, rx: 2 }),
      ),
      text,
    );
  return el(
    'span',
    { class: 'tb-course-legend tb-small' },
    entry('tb-course-own', t('Session')),
    entry('tb-course-fleet', t('Subagents')),
  );
}

function binsOf(course: readonly CoursePoint[]): readonly Bin[] {
  const times = course.map(({ time }) => time);
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  if (course.length === 0) return [];
  const wide = Math.max(minute, Math.ceil((last + 1 - first) / binCount / minute) * minute);
  const bins = Array.from({ length: Math.floor((last - first) / wide) + 1 }, (_, index) => ({
    from: first + index * wide,
    to: first + (index + 1) * wide,
    requests: 0,
    own: { tokens: 0, fresh: 0, costNanoUSD: 0 },
    subagents: { tokens: 0, fresh: 0, costNanoUSD: 0 },
  }));
  for (const point of course) {
    const bin = bins[Math.floor((point.time - first) / wide)];
    if (bin === undefined) continue;
    const sums = point.subagent ? bin.subagents : bin.own;
    bin.requests++;
    sums.tokens += point.tokens;
    sums.fresh += point.fresh;
    sums.costNanoUSD += point.costNanoUSD;
  }
  return bins;
}

function barsOf(bin: Bin, index: number, count: number, measure: Measure, top: number): readonly SVGElement[] {
  const x = `${((index + 0.15) * 100) / count}%`;
  const width = `${70 / count}%`;
  const own = (bin.own[measure] / top) * (tall - 4);
  const fleet = (bin.subagents[measure] / top) * (tall - 4);
  const bar = (name: string, y: number, height: number) => svg('rect', { class: name, x, y, width, height });
  return [
    ...(own > 0 ? [bar('tb-course-own', tall - own, own)] : []),
    ...(fleet > 0 ? [bar('tb-course-fleet', tall - own - fleet - (own > 0 ? 1 : 0), fleet)] : []),
  ];
}

function markOf(index: number, count: number): SVGElement {
  return svg('rect', {
    class: 'tb-course-mark',
    x: `${(index * 100) / count}%`,
    width: `${100 / count}%`,
    height: tall,
  });
}

function wordsOf(bin: Bin, measure: Measure, amount: (value: number) => string, formats: Formats): string {
  const span = `${momentWords(bin.from, formats)}–${formats.time(bin.to)}`;
  const all = amount(bin.own[measure] + bin.subagents[measure]);
  return bin.subagents[measure] === 0
    ? `${span} · ${all}`
    : t('{0} · {1}, {2} of it subagents', span, all, amount(bin.subagents[measure]));
}

function courseTable(bins: readonly Bin[], fleet: boolean, formats: Formats): HTMLElement {
  const filled = bins.filter(({ requests }) => requests > 0);
  const number = true;
  return table({
    label: t('Course of the session'),
    columns: [
      { title: t('From') },
      { title: t('Tokens'), number },
      { title: t('Fresh'), number },
      { title: t('List price'), number },
      ...(fleet ? [{ title: t('Subagents’ tokens'), number }] : []),
    ],
    rows: filled.map(({ from, own, subagents }) => [
      momentWords(from, formats),
      formats.exact(own.tokens + subagents.tokens),
      formats.exact(own.fresh + subagents.fresh),
      formats.money(own.costNanoUSD + subagents.costNanoUSD),
      ...(fleet ? [formats.exact(subagents.tokens)] : []),
    ]),
  });
}
