import type { SpanView } from './scope.ts';

export type ChartSplit = 'tool' | 'model' | 'project' | 'kind' | 'account';

/** Sums over time, stacked. All metrics come along, so that switching between them asks nothing. */
export interface ChartView {
  readonly span: SpanView;
  readonly grain: 'hour' | 'day' | 'week' | 'month';
  /** Without gaps, from early to late. A name is `2026-11-22 14:00`, a day, a week's Monday or `2026-11`. */
  readonly bins: readonly { readonly name: string; readonly from: number }[];
  /** At most four and `other`, the largest by the period's tokens first. By kind: output, cache writes, input, cache reads. */
  readonly series: readonly ChartSeries[];
  /** The median over days that had any, by metric; only where bins are days. */
  readonly medianActiveDay: Readonly<Record<'tokens' | 'fresh' | 'cost' | 'requests', number>> | undefined;
  /** False where all machines were asked for, and the bins are hours, which are this machine's alone. */
  readonly hoursOfOthers?: boolean;
}

export interface ChartSeries {
  /** A filter's value, `other`, a kind: `output`, `cacheWrite`, `input`, `cacheRead`; or `elsewhere` for other machines. */
  readonly id: string;
  readonly title: string;
  readonly tokens: readonly number[];
  readonly fresh: readonly number[];
  /** Nano-USD; what has no price is 0 here. */
  readonly cost: readonly number[];
  /** By kind all zero: a request has no kind. */
  readonly requests: readonly number[];
}
