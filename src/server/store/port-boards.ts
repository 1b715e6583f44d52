import type { Role, WindowId } from '../../team/protocol/terms.ts';
import type { Contribution, SeriesKey, SnapshotHead, WindowSums } from './records.ts';

/**
 * Windows of members are kept added up; snapshots are built from them and published. A series is a board, a window and a
 * metric; its snapshots count from 1. Only the newest of a series is kept, but who was listed in which is kept for as long
 * as the audit, as spans: so that views can be counted for those who were looked at. What the rules need to compare
 * snapshots is in the state of the series, which is theirs alone.
 */
export interface BoardOperations {
  /**
   * Adds up windows anew for at most `limit` members whose cells changed, and for all when the day is another
   * than before (`rolled`). Answers how many are left: call it again until 0. Windows end on the day before
   * `today`, `today` is that day alone; days before a member joined are in none.
   */
  refreshWindows(order: {
    readonly org: number;
    readonly today: string;
    readonly limit: number;
    /** The number of the leadership by which it is ordered; nothing is done when another one has begun. */
    readonly lead?: number | undefined;
  }): Promise<{ readonly refreshed: number; readonly left: number; readonly rolled: boolean }>;
  /**
   * All who consented to the policy of now and have tokens in the window, by member id, hidden ones too (they count in
   * no board). Pages of `limit` after `after`, so that a large organisation is read in steps.
   */
  contributions(order: {
    readonly org: number;
    readonly window: WindowId;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly Contribution[]>;
  /** What the rules kept when the newest snapshot of a series was published; null before the first. */
  seriesState(order: { readonly org: number } & SeriesKey): Promise<string | null>;
  /**
   * Publishes the next snapshot of a series. A row is left out when its member's mark is no longer the one given (left,
   * hid, renamed or withdrew meanwhile). Answers null when the policy is no longer the one given, all is closed, or another
   * process leads.
   */
  publish(order: PublishOrder): Promise<SnapshotHead | null>;
  /** The newest snapshot of every series, of one board or of all, without rows: what tells whether memory is still right. */
  heads(order: { readonly org: number; readonly board?: number }): Promise<readonly SnapshotHead[]>;
  /** The newest snapshot of a series with its rows, as they were published, without those taken out since. */
  snapshot(order: { readonly org: number } & SeriesKey): Promise<PublishedSnapshot | null>;
  /** A member's own window now. Null where the member has nothing in it or does not take part in the board (organisation or team). */
  standing(order: { readonly org: number; readonly member: number } & SeriesKey): Promise<StandingNow | null>;
  /** The values of all who take part in a board and have one, the least first. Whole values are exact. */
  field(order: { readonly org: number } & SeriesKey): Promise<Float64Array>;
  /** Writes down that a member looked at a snapshot; once for each snapshot. */
  recordView(
    order: {
      readonly org: number;
      readonly viewer: number;
      readonly role: Role;
      readonly seq: number;
      readonly now: number;
    } & SeriesKey,
  ): Promise<void>;
  /** Removes the snapshots of series that are no longer published (a metric was forbidden, a window is gone). */
  dropSeries(order: {
    readonly org: number;
    readonly keep: readonly SeriesKey[];
    /** As for `refreshWindows`. */
    readonly lead?: number | undefined;
  }): Promise<number>;
}

export interface PublishOrder extends SeriesKey {
  readonly org: number;
  readonly policyVersion: number;
  readonly builtAt: number;
  /** As for `refreshWindows`. */
  readonly lead?: number | undefined;
  /** JSON of all that is not a row; without anything about a single person. The store does not read it. */
  readonly head: string;
  /** In the order of the board; `body` is the row's JSON. */
  readonly rows: readonly { readonly member: number; readonly mark: number; readonly body: string }[];
  /**
   * What the rules want to find again at the next build, kept with the series until then. It names members by salted
   * hashes alone, which mean nothing once those members are erased. The store does not read it.
   */
  readonly state: string;
}

export interface PublishedSnapshot extends SnapshotHead {
  readonly policyVersion: number;
  readonly head: string;
  readonly rows: readonly { readonly member: number; readonly body: string }[];
}

export interface StandingNow {
  readonly sums: WindowSums;
  /** The metric's value, as `metricValue` has it of the sums. Null below the metric's threshold. */
  readonly value: number | null;
}
