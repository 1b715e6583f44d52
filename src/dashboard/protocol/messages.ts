import type { BadgesView } from './badges.ts';
import type { ChartSplit, ChartView } from './chart.ts';
import type { Card, ExplainView } from './explain.ts';
import type { InsightsView } from './insights.ts';
import type { Machines } from './machines.ts';
import type { OverviewView } from './overview.ts';
import type { ChoicesView, Scope } from './scope.ts';
import type { ListView, ListWish, SessionView } from './sessions.ts';
import type { TeamAnswers, TeamQuestion } from './team.ts';

/** What the front end asks; the thread that holds the figures answers. */
export type Question =
  | { readonly ask: 'overview'; readonly scope: Scope; readonly machines?: Machines | undefined }
  | {
      readonly ask: 'chart';
      readonly scope: Scope;
      readonly split: ChartSplit;
      readonly machines?: Machines | undefined;
    }
  | { readonly ask: 'list'; readonly scope: Scope; readonly wish: ListWish }
  | { readonly ask: 'session'; readonly id: string }
  | { readonly ask: 'insights'; readonly scope: Scope }
  | { readonly ask: 'badges' }
  | { readonly ask: 'choices'; readonly scope: Scope }
  | { readonly ask: 'explain'; readonly card: Card; readonly scope: Scope }
  /** A table as text, for the clipboard or a file; the whole scope in the order of the wish. */
  | { readonly ask: 'export'; readonly scope: Scope; readonly format: 'csv' | 'json' }
  | { readonly ask: 'pullRequest'; readonly id: string };

/** The answer to each question. */
export interface Answers {
  readonly overview: OverviewView;
  readonly chart: ChartView;
  readonly list: ListView;
  /** Undefined once the session is gone. */
  readonly session: SessionView | undefined;
  readonly insights: InsightsView;
  readonly badges: BadgesView;
  readonly choices: ChoicesView;
  readonly explain: ExplainView;
  readonly export: string;
  /** Markdown for the description of a pull request. */
  readonly pullRequest: string;
}
export type AnswerTo<Asked extends Question> = Answers[Asked['ask']];
export type TeamAnswerTo<Asked extends TeamQuestion> = TeamAnswers[Asked['ask']];

/** What the front end wants done by the editor. */
export type Action =
  | { readonly act: 'ready' }
  | { readonly act: 'settings'; readonly id: string }
  | { readonly act: 'command'; readonly id: CommandId }
  /** Whether a toast announces a new badge. */
  | { readonly act: 'badgeToasts'; readonly on: boolean }
  | { readonly act: 'copy'; readonly text: string }
  | { readonly act: 'saveText'; readonly name: string; readonly scope: Scope; readonly format: 'csv' | 'json' }
  /** A picture as a data URL of a PNG. */
  | { readonly act: 'savePicture'; readonly name: string; readonly url: string }
  /** Everything that the team's server keeps about this person, to a file. */
  | { readonly act: 'exportMine' };

/** The commands that the front end may have run. */
export type CommandId = 'refresh' | 'doctor' | 'walkthrough' | 'importCursor' | 'addBudget' | 'answerTeam';

export type FromWebview =
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  /** Its ids are of the same row; the answer is of the same kind. */
  | { readonly kind: 'teamQuestion'; readonly id: number; readonly question: TeamQuestion }
  | { readonly kind: 'action'; readonly action: Action };

export type ToWebview =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: Answers[keyof Answers] | TeamAnswers[keyof TeamAnswers];
    }
  /** A sentence for people. */
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  /** Figures have changed: what is shown is to be asked for again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'counting'; readonly state: CountingView }
  /** Sharing with a team has changed, or a board has a new snapshot; `team` says whether there is a Team tab. */
  | { readonly kind: 'sharing'; readonly team: boolean }
  /** Something outside wants a view to be shown: the runaway alarm its session, a toast the badges. */
  | { readonly kind: 'show'; readonly tab: Tab; readonly session?: string };

/** `team` is there for those who share; `join` is a page of its own, without tabs. */
export type Tab = 'overview' | 'sessions' | 'insights' | 'badges' | 'team' | 'join';

/** How counting stands. */
export interface CountingView {
  /** The first scan has not ended yet: figures are filling in. */
  readonly first: boolean;
  /** Share of the bytes that are read, 0 to 1, while a long scan runs. */
  readonly progress: number | undefined;
  /** The titles of the tools that were looked for. */
  readonly tools: readonly string[];
  /** Why nothing is kept, or nothing could be counted; a sentence. */
  readonly problem: string | undefined;
}

/** What the page starts with, as JSON in a script element of its own. */
export interface StartView {
  /** BCP 47 tag of the editor's language. */
  readonly locale: string;
  /** IANA name of the zone of all days. */
  readonly zone: string;
  readonly costSource: 'list' | 'reported';
  /** The texts of the editor's language by their English ones. */
  readonly texts: Readonly<Record<string, string>>;
  readonly counting: CountingView;
  readonly tab: Tab | undefined;
  /** Whether there is a Team tab; left out: there is none. */
  readonly team?: boolean | undefined;
  /** An invitation is being looked at, and goes on being so; left out: none is. */
  readonly inviting?: boolean | undefined;
  readonly session: string | undefined;
}
