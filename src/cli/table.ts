import { shorten, widthOf } from './terminal-text.ts';

export interface Column {
  readonly title: string;
  /** Names stand left and may be shortened; labels stand left, figures right, and both stay whole. */
  readonly kind: 'name' | 'label' | 'figure';
  /** Where a name that is too long is cut; default at its end. */
  readonly cut?: 'start' | 'end';
  /** Left out on narrow terminals, the highest first, 1 only when names are short already; without it the column stays. */
  readonly drop?: number;
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly style?: 'strong' | 'faint';
}

/** Paints a line on terminals with colours; the identity elsewhere. */
export type Paint = (text: string, style: 'strong' | 'faint') => string;

const gap = 2;
/** Names keep that much as long as there are columns to leave out. */
const readableName = 24;
const shortName = 12;
const shortestName = 6;

/**
 * The lines of a table, at most `width` columns wide: names are shortened to what they need at least, then columns are
 * left out, then names are shortened further.
 */
export function table(columns: readonly Column[], rows: readonly TableRow[], width: number, paint: Paint): string[] {
  const wanted = wantedBy(columns, rows);
  const kept = keep(columns, wanted, width);
  const widths = fit(columns, kept, wanted, width);
  const line = (cells: readonly string[]): string =>
    kept
      .map((index) => cell(cells[index] ?? '', columns[index]?.kind, columns[index]?.cut ?? 'end', widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd();
  return [
    paint(line(columns.map((column) => column.title)), 'faint'),
    ...rows.map((row) => (row.style === undefined ? line(row.cells) : paint(line(row.cells), row.style))),
  ];
}

/** Whether all columns fit, with no name shortened. */
export function fits(columns: readonly Column[], rows: readonly TableRow[], width: number): boolean {
  return total(wantedBy(columns, rows)) <= width;
}

function wantedBy(columns: readonly Column[], rows: readonly TableRow[]): readonly number[] {
  return columns.map((column, index) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row.cells[index] ?? '')), widthOf(column.title)),
  );
}

/** The indexes of the columns that stay. */
function keep(columns: readonly Column[], wanted: readonly number[], width: number): readonly number[] {
  const all = columns.map((_, index) => index);
  const roomy = without(all, columns, wanted, { width, name: readableName, leastDrop: 2 });
  return without(roomy, columns, wanted, { width, name: shortName, leastDrop: 1 });
}

/** Leaves columns out until names of that length fit, or none is left that may go. */
function without(
  indexes: readonly number[],
  columns: readonly Column[],
  wanted: readonly number[],
  { width, name, leastDrop }: { width: number; name: number; leastDrop: number },
): readonly number[] {
  const least = (index: number): number =>
    columns[index]?.kind === 'name' ? Math.min(wanted[index] ?? 0, name) : (wanted[index] ?? 0);
  let kept = indexes;
  while (total(kept.map(least)) > width) {
    const drops = kept.map((index) => columns[index]?.drop ?? 0);
    const highest = Math.max(...drops);
    if (highest < leastDrop) break;
    kept = kept.filter((_, position) => drops[position] !== highest);
  }
  return kept;
}

/** Columns that a line of such cells takes. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one, gap * (widths.length - 1));
}

/** The width of each column that stays; the longest names give way first. */
function fit(columns: readonly Column[], kept: readonly number[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  const names = kept.filter((index) => columns[index]?.kind === 'name');
  let over = total(kept.map((index) => widths[index] ?? 0)) - width;
  while (over > 0) {
    const longest = names.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), names[0] ?? -1);
    const current = widths[longest] ?? 0;
    if (current <= shortestName) break;
    widths[longest] = current - 1;
    over--;
  }
  return widths;
}

function cell(text: string, kind: Column['kind'] | undefined, cut: 'start' | 'end', width: number): string {
  const shown = kind === 'name' ? shorten(text, width, cut) : text;
  const padding = ' '.repeat(Math.max(0, width - widthOf(shown)));
  return kind === 'figure' ? padding + shown : shown + padding;
}
