import { type AnyTally, type ReportRow, report } from '../stats/report.ts';
import { sumOf } from '../stats/sums.ts';
import { addDays, type Zone } from '../usage/days.ts';
import { compact, exact } from '../usage/format.ts';
import { quarterMs, type Sums } from '../usage/tally.ts';
import { freshTokens, totalTokens } from '../usage/usage-event.ts';
import { type Figures, figuresOf, price } from './figures.ts';
import { counted, notesOn } from './notes.ts';
import { type TableRow, table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { harmless, wrap } from './terminal-text.ts';

/** Days of use; a day without is not shown. */
const daysShown = 7;
/** Rows a day; what is beyond them is summed in the last. */
const rowsADay = 5;

export interface OverviewFrame {
  readonly zone: Zone;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly cost: boolean;
}

/** Today in a sentence, the last days by tool and model, and totals with the fresh tokens beneath. */
export function overviewTable(tallies: readonly AnyTally[], frame: OverviewFrame, terminal: Terminal): string[] {
  const { zone, now, cost } = frame;
  const today = zone.dayOf(now);
  const end = zone.startOfDay(addDays(today, 1)) / quarterMs;
  const since = (day: string): AnyTally[] => {
    const start = zone.startOfDay(day) / quarterMs;
    return tallies.filter((tally) => tally.quarter >= start && tally.quarter < end);
  };
  const all = sumOf(tallies);
  const figures = figuresOf(all, { cost, exact: false });
  const first = tallies.reduce((earliest, tally) => Math.min(earliest, tally.quarter), Number.POSITIVE_INFINITY);
  const rows = [
    ...dayRows(tallies, zone, today, figures),
    ...[7, 30].flatMap((days) => totalRows(`Last ${days} days`, sumOf(since(addDays(today, 1 - days))), figures)),
    ...totalRows(`Since ${dateOf(zone.dayOf(first * quarterMs), today, false)}`, all, figures),
  ];
  const columns = [
    { title: 'Day and tool', kind: 'label' },
    { title: 'Model', kind: 'name' },
    ...figures.columns,
  ] as const;
  return [
    ...wrap(todaysSentence(sumOf(since(today)), today, frame), terminal.width).map((line) =>
      terminal.paint(line, 'strong'),
    ),
    '',
    ...table(columns, rows, terminal.width, terminal.paint),
    '',
    ...notesOn(tallies, cost).flatMap((note) => wrap(note, terminal.width)),
    ...wrap(`Fresh tokens are all but cache reads. Days are those of ${zone.name}.`, terminal.width),
  ];
}

function todaysSentence(sums: Sums, today: string, { cost }: OverviewFrame): string {
  const date = `Today, ${dateOf(today, '')}`;
  if (sums.events === 0) return `${date}: nothing yet.`;
  const parts = [
    `${sums.estimatedTokens > 0 ? '~' : ''}${compact(totalTokens(sums))} tokens`,
    `${compact(freshTokens(sums))} of them fresh`,
    ...(cost ? [price(sums) === 'unpriced' ? 'no known list price' : `${price(sums)} list price`] : []),
    counted(sums.events, 'request'),
  ];
  return `${date}: ${parts.join(', ')}.`;
}

/** The days from late to early, each with its tools and models beneath. */
function dayRows(tallies: readonly AnyTally[], zone: Zone, today: string, figures: Figures): TableRow[] {
  const days = report(tallies, { by: ['day'], zone })
    .rows.slice(-daysShown)
    .toReversed();
  const parts = report(tallies, { by: ['day', 'tool', 'model'], zone }).rows;
  return days.flatMap(({ keys: [day = ''], sums }) => [
    { cells: [day === today ? 'Today' : dateOf(day, today), '', ...figures.cells(sums)], style: 'strong' as const },
    ...partRows(
      parts.filter((part) => part.keys[0] === day),
      figures,
    ),
  ]);
}

function partRows(parts: readonly ReportRow[], figures: Figures): TableRow[] {
  const sorted = parts.toSorted((a, b) => totalTokens(b.sums) - totalTokens(a.sums));
  const shown = sorted.length > rowsADay ? sorted.slice(0, rowsADay - 1) : sorted;
  const rest = sorted.slice(shown.length);
  const rows = shown.map(({ keys: [, tool = '', model = ''], sums }) => ({
    cells: [`  ${tool}`, harmless(model), ...figures.cells(sums)],
  }));
  if (rest.length === 0) return rows;
  const sums = sumOf(rest.map((row) => row.sums));
  return [...rows, { cells: ['  others', `${exact(rest.length)} more`, ...figures.cells(sums)] }];
}

function totalRows(label: string, sums: Sums, figures: Figures): TableRow[] {
  if (sums.events === 0) return [];
  return [
    { cells: [] },
    { cells: [label, '', ...figures.cells(sums)], style: 'strong' },
    { cells: ['  fresh', '', ...figures.freshCells(sums)], style: 'faint' },
  ];
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 12 May`, with the year where it is not that of `today`. Intl would take a tenth of the whole answer to be ready. */
function dateOf(day: string, today: string, weekday = true): string {
  const date = new Date(`${day}T00:00Z`);
  return [
    ...(weekday ? [weekdays[date.getUTCDay()]] : []),
    date.getUTCDate(),
    months[date.getUTCMonth()],
    ...(day.slice(0, 4) === today.slice(0, 4) ? [] : [day.slice(0, 4)]),
  ].join(' ');
}
