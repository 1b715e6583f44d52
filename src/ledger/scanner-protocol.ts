import type { ModelTally, Sums } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { ForgetWhat, Forgotten } from './forget.ts';
import type { ToolLimit } from './limits.ts';
import type { ScanProgress, ScanReport } from './scan.ts';
import type { SessionBurn, UsualHour } from './session-hours.ts';
import type { SpanWish } from './span-sums.ts';
import type { ToolSurvey } from './survey.ts';
import type { Imported } from './take-in.ts';
import type { Span } from './tallies.ts';
import type { News } from './tell-once.ts';

/** What is read: settings of the editor that the thread heeds. */
export interface ScannerSettings {
  /** Tools that are not read. */
  readonly withoutTools: readonly ToolId[];
  /** Further folders with logs, absolute. */
  readonly folders: readonly string[];
}

/** A branch of a project, as the editor has it open. */
export interface BranchPlace {
  /** Absolute path of the project folder. */
  readonly project: string;
  readonly branch: string;
}

/** What the scanner thread is asked. Without `estimates` a figure is of what is exact alone. */
export type ScannerQuestion =
  | { readonly ask: 'configure'; readonly settings: ScannerSettings }
  | { readonly ask: 'scan'; readonly paths?: readonly string[] | undefined }
  | { readonly ask: 'figures'; readonly span: Span; readonly estimates: boolean; readonly limits: boolean }
  | { readonly ask: 'branch'; readonly place: BranchPlace; readonly estimates: boolean }
  | { readonly ask: 'projects' }
  | { readonly ask: 'spans'; readonly wishes: readonly SpanWish[] }
  | { readonly ask: 'burns'; readonly since: number; readonly estimates: boolean }
  | {
      readonly ask: 'usualHour';
      readonly since: number;
      readonly until: number;
      readonly quantile: number;
      readonly estimates: boolean;
    }
  /** Which of them nobody was told of yet; they count as told from now on. */
  | { readonly ask: 'tellOnce'; readonly news: News }
  | { readonly ask: 'survey' }
  | { readonly ask: 'forgettable'; readonly what: ForgetWhat }
  | { readonly ask: 'forget'; readonly what: ForgetWhat }
  /** Takes in the usage file of a Cursor account, an absolute path. */
  | { readonly ask: 'importCursor'; readonly file: string }
  | { readonly ask: 'close' };

/** A folder that may hold logs. */
export interface WatchedPlace {
  readonly dir: string;
  /** The folders below it hold logs as well. */
  readonly deep: boolean;
}

export type ScannerAnswer =
  | { readonly ask: 'configure'; readonly places: readonly WatchedPlace[]; readonly tools: readonly string[] }
  | {
      readonly ask: 'scan';
      readonly report: ScanReport;
      /** What the thread worked for it: see `workedMs`. */
      readonly workMs: number;
      readonly notices: readonly string[];
      /** Why nothing that is counted is kept, where that is so. */
      readonly problem: string | undefined;
    }
  | { readonly ask: 'figures'; readonly tallies: readonly ModelTally[]; readonly limits: readonly ToolLimit[] }
  | { readonly ask: 'branch'; readonly sums: Sums }
  | { readonly ask: 'projects'; readonly projects: readonly string[] }
  | { readonly ask: 'spans'; readonly sums: readonly Sums[] }
  | { readonly ask: 'burns'; readonly sessions: readonly SessionBurn[] }
  | { readonly ask: 'usualHour'; readonly usual: UsualHour }
  | { readonly ask: 'tellOnce'; readonly names: readonly string[] }
  | { readonly ask: 'survey'; readonly tools: readonly ToolSurvey[]; readonly file: string }
  | { readonly ask: 'forgettable'; readonly forgotten: Forgotten }
  | { readonly ask: 'forget'; readonly forgotten: Forgotten }
  | { readonly ask: 'importCursor'; readonly imported: Imported }
  | { readonly ask: 'close' };

export type ScannerReply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ScannerAnswer }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'progress'; readonly progress: ScanProgress };
