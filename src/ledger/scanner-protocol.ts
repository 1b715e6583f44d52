import type { LogKind } from '../readers/reader.ts';
import type { ModelTally } from '../usage/tally.ts';
import type { ToolLimit } from './limits.ts';
import type { ScanProgress, ScanReport } from './scan.ts';
import type { Span } from './tallies.ts';

/** What the scanner thread is asked. */
export type ScannerQuestion =
  | { readonly ask: 'scan'; readonly paths?: readonly string[] | undefined }
  | { readonly ask: 'figures'; readonly span: Span }
  | { readonly ask: 'places' }
  | { readonly ask: 'close' };

/** A folder that may hold logs, for watchers and for the empty state. */
export interface WatchedPlace {
  readonly tool: string;
  readonly dir: string;
  readonly kind: LogKind;
}

export type ScannerAnswer =
  | { readonly ask: 'scan'; readonly report: ScanReport; readonly notices: readonly string[] }
  | { readonly ask: 'figures'; readonly tallies: readonly ModelTally[]; readonly limits: readonly ToolLimit[] }
  | { readonly ask: 'places'; readonly places: readonly WatchedPlace[] }
  | { readonly ask: 'close' };

export type ScannerReply =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ScannerAnswer }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'progress'; readonly progress: ScanProgress };
