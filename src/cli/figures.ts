import { listPriceUSD } from '../stats/list-price.ts';
import { compact, exact, usd } from '../usage/format.ts';
import type { Sums } from '../usage/tally.ts';
import { freshTokens, totalTokens } from '../usage/usage-event.ts';
import type { Column } from './table.ts';

/** The figures of a table's rows: their columns and their cells. */
export interface Figures {
  readonly columns: readonly Column[];
  cells(sums: Sums): readonly string[];
  /** The row beneath a total: only its tokens that were not read from a cache. */
  freshCells(sums: Sums): readonly string[];
}

/** The figures worth showing. `totals` decides on the columns; exact or shortened (88.4M) numbers. */
export function figuresOf(totals: Sums, options: { cost: boolean; exact: boolean }): Figures {
  const number = (value: number): string => (options.exact ? exact(value) : compact(value));
  const shown = all.filter((one) => (one.isMoney ? options.cost : one.worthIt?.(totals) !== false));
  return {
    columns: shown.map(({ title, drop }) => ({ title, kind: 'figure', ...(drop === undefined ? {} : { drop }) })),
    cells: (sums) => shown.map((one) => one.cell(sums, number)),
    freshCells: (sums) => shown.map((one) => (one.title === 'Tokens' ? mark(sums) + number(freshTokens(sums)) : '')),
  };
}

interface Figure {
  readonly title: string;
  readonly drop?: number;
  readonly isMoney?: boolean;
  readonly worthIt?: (totals: Sums) => boolean;
  cell(sums: Sums, number: (value: number) => string): string;
}

const all: readonly Figure[] = [
  { title: 'Tokens', cell: (sums, number) => mark(sums) + number(totalTokens(sums)) },
  { title: 'Input', drop: 5, cell: (sums, number) => number(sums.input) },
  { title: 'Output', drop: 4, cell: (sums, number) => number(sums.output) },
  {
    title: 'Reasoning',
    drop: 8,
    worthIt: (totals) => totals.reasoning > 0,
    cell: (sums, number) => number(sums.reasoning),
  },
  { title: 'Cache read', drop: 6, cell: (sums, number) => number(sums.cacheRead) },
  { title: 'Cache write', drop: 7, cell: (sums, number) => number(sums.cacheWrite5m + sums.cacheWrite1h) },
  { title: 'Requests', drop: 3, cell: (sums) => exact(sums.events) },
  { title: 'List price', drop: 1, isMoney: true, cell: price },
];

/** `~` before what holds estimates. */
function mark(sums: Sums): string {
  return sums.estimatedTokens > 0 ? '~' : '';
}

/** List price; with a `+` where some of the tokens have no known price. */
export function price(sums: Sums): string {
  if (listPriceUSD(sums) === null) return totalTokens(sums) > 0 ? 'unpriced' : '–';
  return `${usd(sums.costNanoUSD, { cents: true })}${sums.unpricedTokens > 0 ? '+' : ''}`;
}
