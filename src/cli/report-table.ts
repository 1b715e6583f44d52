import { type AnyTally, type Dimension, isTime, type Report } from '../stats/report.ts';
import type { Period } from './days-asked.ts';
import { figuresOf } from './figures.ts';
import { notesOn } from './notes.ts';
import { type Column, fits, type TableRow, table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { harmless, wrap } from './terminal-text.ts';
import { tildePath } from './tilde-path.ts';

export interface ReportTableFrame {
  readonly period: Period;
  readonly timezone: string;
  readonly cost: boolean;
  /** The home folder: it is written `~`. */
  readonly home: string;
}

/** A report for people: a heading, the table with totals and fresh tokens beneath, and what must be said of the figures. */
export function reportTable(
  report: Report,
  tallies: readonly AnyTally[],
  frame: ReportTableFrame,
  terminal: Terminal,
): string[] {
  const names = report.by.map(
    (dimension): Column => ({
      title: titles[dimension],
      kind: isTime(dimension) || dimension === 'tool' ? 'label' : 'name',
      ...(dimension === 'project' ? { cut: 'start' as const } : {}),
    }),
  );
  const layout = (exact: boolean): { columns: readonly Column[]; rows: readonly TableRow[] } => {
    const figures = figuresOf(report.totals, { cost: frame.cost, exact });
    const label = (text: string): string[] => [text, ...names.slice(1).map(() => '')];
    return {
      columns: [...names, ...figures.columns],
      rows: [
        ...report.rows.map(({ keys, sums }) => ({
          cells: [...keys.map((key, index) => shown(key, report.by[index], frame.home)), ...figures.cells(sums)],
        })),
        { cells: [...label('Total'), ...figures.cells(report.totals)], style: 'strong' as const },
        { cells: [...label('  fresh'), ...figures.freshCells(report.totals)], style: 'faint' as const },
      ],
    };
  };
  const exact = layout(true);
  const { columns, rows } = fits(exact.columns, exact.rows, terminal.width) ? exact : layout(false);
  return [
    ...wrap(heading(report, frame), terminal.width),
    '',
    ...table(columns, rows, terminal.width, terminal.paint),
    '',
    ...notesOn(tallies, frame.cost).flatMap((note) => wrap(note, terminal.width)),
    ...wrap('Fresh tokens are all but cache reads.', terminal.width),
  ];
}

function heading(report: Report, { period, timezone }: ReportTableFrame): string {
  const days =
    period.sinceDay !== null && period.sinceDay === period.untilDay
      ? `on ${period.sinceDay}`
      : [period.sinceDay && `since ${period.sinceDay}`, period.untilDay && `until ${period.untilDay}`]
          .filter((part) => part !== null)
          .join(' ');
  const zone = report.by.some((dimension) => isTime(dimension) && dimension !== 'block') || days !== '' ? timezone : '';
  const blocks = report.by.includes('block') ? 'blocks start in UTC' : '';
  const frame = [days, zone, blocks].filter((part) => part !== '').join(', ');
  return `Tokens by ${report.by.join(', ')}${frame === '' ? '' : ` (${frame})`}`;
}

const titles: Readonly<Record<Dimension, string>> = {
  day: 'Day',
  week: 'Week from',
  month: 'Month',
  hour: 'Hour',
  tool: 'Tool',
  model: 'Model',
  project: 'Project',
  branch: 'Branch',
  session: 'Session',
  block: '5-hour block from',
};

function shown(key: string, dimension: Dimension | undefined, home: string): string {
  if (key === '') return '(unknown)';
  return dimension === 'project' ? tildePath(key, home) : harmless(key);
}
