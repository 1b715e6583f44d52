import type { Zone } from '../usage/days.ts';
import type { ModelTally, Sums, Tally } from '../usage/tally.ts';
import { totalTokens } from '../usage/usage-event.ts';
import { type BlockOf, blocksOf } from './blocks.ts';
import { periodLabels, type TimeDimension, timeDimensions } from './period-labels.ts';
import { add, noSums, type RunningSums } from './sums.ts';

/** What a report can be split by that is no time. */
export const originDimensions = ['tool', 'model', 'project', 'branch', 'session'] as const;

/** What a report can be split by. */
export const dimensions = [...timeDimensions, ...originDimensions] as const;
export type Dimension = (typeof dimensions)[number];

/** A tally with its origin or without. */
export type AnyTally = ModelTally & Partial<Pick<Tally, 'session' | 'project' | 'branch' | 'subagent'>>;

/** Which tallies count: all that pass every test. */
export type Filters = { readonly [name in 'tool' | 'model' | 'project' | 'branch']?: (value: string) => boolean };

export interface ReportOptions {
  readonly by: readonly Dimension[];
  readonly zone: Zone;
  readonly filters?: Filters;
  /** The blocks, where they reach beyond the tallies of the report. Default: the blocks of all tallies given. */
  readonly blocks?: BlockOf;
}

export interface ReportRow {
  /** One name for each dimension of the report, in its order; empty where unknown. */
  readonly keys: readonly string[];
  readonly sums: Sums;
}

/** The sums over all rows are the totals. */
export interface Report {
  readonly by: readonly Dimension[];
  /** Times from early to late, all else from many tokens to few, dimension by dimension. */
  readonly rows: readonly ReportRow[];
  readonly totals: Sums;
}

/** A dimension's groups within a group of the dimension before it. */
interface Group {
  readonly key: string;
  readonly sums: RunningSums;
  first: number;
  readonly groups: Map<string, Group>;
}

/** Sums tallies by any dimensions; without any there is one row, or none where nothing was consumed. */
export function report(tallies: readonly AnyTally[], options: ReportOptions): Report {
  const { by, zone, filters = {} } = options;
  const blockOf = options.blocks ?? blocksOf(by.includes('block') ? tallies.map((tally) => tally.quarter) : []);
  const labelOf = periodLabels(zone, blockOf);
  const root = newGroup('');
  for (const tally of tallies) {
    if (!passes(tally, filters)) continue;
    let group = root;
    grow(group, tally);
    for (const dimension of by) {
      const key = isTime(dimension) ? labelOf(dimension, tally.quarter) : (tally[dimension] ?? '');
      let inner = group.groups.get(key);
      if (inner === undefined) {
        inner = newGroup(key);
        group.groups.set(key, inner);
      }
      grow(inner, tally);
      group = inner;
    }
  }
  const rows = root.first === Number.POSITIVE_INFINITY ? [] : [...rowsOf(root, by, [])];
  return { by, rows, totals: root.sums };
}

/** Whether a tally counts. */
export function passes(tally: AnyTally, filters: Filters): boolean {
  return (
    (filters.tool?.(tally.tool) ?? true) &&
    (filters.model?.(tally.model) ?? true) &&
    (filters.project?.(tally.project ?? '') ?? true) &&
    (filters.branch?.(tally.branch ?? '') ?? true)
  );
}

/** Whether a dimension is one of time. */
export function isTime(dimension: Dimension): dimension is TimeDimension {
  return (timeDimensions as readonly string[]).includes(dimension);
}

function newGroup(key: string): Group {
  return { key, sums: noSums(), first: Number.POSITIVE_INFINITY, groups: new Map() };
}

function grow(group: Group, tally: AnyTally): void {
  add(group.sums, tally);
  if (tally.quarter < group.first) group.first = tally.quarter;
}

function* rowsOf(group: Group, by: readonly Dimension[], keys: readonly string[]): Generator<ReportRow> {
  const [dimension, ...rest] = by;
  if (dimension === undefined) {
    yield { keys, sums: group.sums };
    return;
  }
  const inner = [...group.groups.values()].sort(isTime(dimension) ? byTime : byTokens);
  for (const next of inner) yield* rowsOf(next, rest, [...keys, next.key]);
}

function byTime(a: Group, b: Group): number {
  return a.first - b.first || compare(a.key, b.key);
}

function byTokens(a: Group, b: Group): number {
  return totalTokens(b.sums) - totalTokens(a.sums) || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
