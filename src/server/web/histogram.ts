import type { Snapshot } from '../../team/protocol/board.ts';
import { type MetricFormat, percent } from './figures.ts';
import { type Html, html } from './html.ts';
import { fold } from './parts.ts';

export interface HistogramParts {
  readonly bins: NonNullable<Snapshot['histogram']>;
  readonly median: number | null;
  /** One's own value; null where there is none. */
  readonly own: number | null;
  readonly format: MetricFormat;
  /** What is counted: `fresh tokens per person in 30 days`. */
  readonly caption: string;
}

const height = 280;
const top = 44;
const base = height - 24;
/** How much of the width words may take, per cent. */
const labelShare = 20;

/** How members are distributed over bins, with the median and one's own place. It is as wide as its place: x is in per cent. */
export function histogram(parts: HistogramParts): Html {
  const { bins, median, own, format, caption } = parts;
  const label = `Histogram of ${caption} in ${bins.length} bins. The median is ${valueWords(median, format)}, you are at ${valueWords(own, format)}.`;
  return html`<div class="histogram" role="img" aria-label="${label}">${picture(parts)}</div>
<p class="histogram-foot"><span>${caption}, log scale</span><span>share of members</span></p>
${fold('Show as table', tableOf(parts))}`;
}

function picture({ bins, median, own, format }: HistogramParts): Html {
  const step = 100 / bins.length;
  const highest = Math.max(5, ...bins.map((bin) => bin.percent));
  const rule = highest <= 20 ? 5 : highest <= 40 ? 10 : highest <= 60 ? 20 : 25;
  const lines = Array.from({ length: Math.ceil(highest / rule) + 1 }, (_, i) => i * rule);
  const most = lines.at(-1) ?? highest;
  const y = (share: number): number => Math.round((base - (share / most) * (base - top)) * 10) / 10;
  const ownBin = own === null ? undefined : placeOf(own, bins);
  return html`<svg width="100%" height="${height}" aria-hidden="true">
${lines.map((share) => html`<line class="${share === 0 ? 'axis' : 'grid'}" x1="0" x2="100%" y1="${y(share)}" y2="${y(share)}"></line><text class="axis-text" x="100%" dx="40" y="${y(share) + 4}" text-anchor="end">${share}%</text>`)}
${bins.map((bin, i) => html`<rect class="${i === ownBin ? 'bin own' : 'bin'}" x="${at(i * step + step * 0.02)}" y="${y(bin.percent)}" width="${at(step * 0.96)}" height="${base - y(bin.percent)}" rx="2"></rect>`)}
${bins.map((bin, i) => html`<text class="axis-text${i % 2 === 1 ? ' second' : ''}${bins.length > 14 && i % 4 !== 0 ? ' fourth' : ''}" x="${at(i * step)}" y="${base + 17}">${format.short(bin.from)}</text>`)}
${median === null ? null : mark('median', xOf(median, bins, step), 26, `median ${format.short(median)}`, own === null ? undefined : xOf(own, bins, step))}
${own === null ? null : ownMark(xOf(own, bins, step), `You · ${format.short(own)}`)}
</svg>`;
}

function ownMark(x: number, label: string): Html {
  return html`${mark('you', x, 10, label)}<circle class="you-dot" cx="${at(x)}" cy="${base}" r="4.5"></circle>`;
}

/** A line with its words above, which keep clear of another line that they would cover. */
function mark(name: string, x: number, labelY: number, label: string, clearOf?: number): Html {
  const crowded = clearOf !== undefined && Math.abs(x - clearOf) < labelShare;
  const anchor = crowded ? (x < clearOf ? 'end' : 'start') : x < 25 ? 'start' : x > 80 ? 'end' : 'middle';
  const dx = crowded ? (x < clearOf ? -6 : 6) : 0;
  return html`<line class="${name}" x1="${at(x)}" x2="${at(x)}" y1="${labelY + 6}" y2="${base}"></line><text class="${name}-text" x="${at(x)}" dx="${dx}" y="${labelY}" text-anchor="${anchor}">${label}</text>`;
}

function tableOf({ bins, median, own, format, caption }: HistogramParts): Html {
  const rows = bins.map((bin, i) => {
    const next = bins[i + 1];
    const bounds =
      next === undefined ? `from ${format.short(bin.from)}` : `${format.short(bin.from)} to ${format.short(next.from)}`;
    const inIt = [
      median !== null && placeOf(median, bins) === i ? 'median' : '',
      own !== null && placeOf(own, bins) === i ? 'you' : '',
    ];
    return html`<tr><th scope="row">${bounds}</th><td class="number">${percent(bin.percent / 100, 0)}</td><td>${inIt.filter(Boolean).join(', ')}</td></tr>`;
  });
  return html`<table class="plain"><caption>${caption}</caption>
<thead><tr><th scope="col">Range</th><th scope="col" class="number">Share of members</th><th scope="col">In it</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function valueWords(value: number | null, format: MetricFormat): string {
  return value === null ? 'not told' : format.short(value);
}

/** The bin that a value falls into; the first for what is below it. */
function placeOf(value: number, bins: HistogramParts['bins']): number {
  return Math.max(
    0,
    bins.findLastIndex(({ from }) => value >= from),
  );
}

/** Within its bin as far as its logarithm is; the last bin has no end, and is drawn as if it were one step wide. */
function xOf(value: number, bins: HistogramParts['bins'], step: number): number {
  const index = placeOf(value, bins);
  const from = bins[index]?.from ?? 1;
  const to = bins[index + 1]?.from ?? from * 2.5;
  const within = value <= from ? 0 : Math.min(1, Math.log(value / from) / Math.log(to / from));
  return (index + within) * step;
}

function at(share: number): string {
  return `${Math.round(share * 100) / 100}%`;
}
