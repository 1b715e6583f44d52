import type { OtherMachines } from './machines.ts';
import type { Answers, Question } from './messages.ts';
import type { DashboardSettings } from './settings.ts';

/** What the thread that holds the figures starts with, as its `workerData`. */
export interface DashboardThreadData {
  /** A home folder instead of the user's own. */
  readonly home?: string | undefined;
}

/** What the editor tells the thread. Questions wait until it is configured; ending the worker ends all. */
export type ToDashboardThread =
  /** First of all, and again whenever a setting changes: a `changed` follows every time but the first. */
  | {
      readonly kind: 'configure';
      readonly settings: DashboardSettings;
      /** By a badge's id the days of the tiers that were earned before, as they were kept: they stay earned. */
      readonly earned?: Readonly<Record<string, readonly string[]>> | undefined;
    }
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  /** What answers about all machines add to this one's figures, from now on. */
  | { readonly kind: 'others'; readonly others: OtherMachines }
  /** Something was scanned, forgotten or imported: look whether figures changed. */
  | { readonly kind: 'look' };

/** What the thread tells the editor. */
export type FromDashboardThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  /** A sentence for people. */
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  /** Figures changed, or a lazily read part of an answer (habits, badges) is complete now: ask again for what is shown. */
  | { readonly kind: 'changed' };
