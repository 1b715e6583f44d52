import type { Card } from '../src/dashboard/protocol/explain.ts';
import type {
  Action,
  AnswerTo,
  CountingView,
  Question,
  Tab,
  TeamAnswerTo,
} from '../src/dashboard/protocol/messages.ts';
import type { Scope } from '../src/dashboard/protocol/scope.ts';
import type { ListKind } from '../src/dashboard/protocol/sessions.ts';
import type { TeamQuestion } from '../src/dashboard/protocol/team.ts';
import type { Formats } from './formats.ts';

/** What every view is given. */
export interface ViewContext {
  /** Asks for figures; rejects with a sentence for people. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>>;
  /** Asks about the team; rejects with a sentence for people. */
  askTeam<Asked extends TeamQuestion>(question: Asked): Promise<TeamAnswerTo<Asked>>;
  act(action: Action): void;
  /** Opens the drawer that tells how a card's figures come about. */
  explain(card: Card, title: string, formula: string): void;
  /** Goes to another tab, or to a session, or to a list of the sessions' tab. */
  go(tab: Tab, session?: string, list?: ListKind): void;
  /** Changes the filter, and shows the view anew. */
  narrow(filter: Scope['filter']): void;
  /** Whether this person shares with a team, whose server knows their other machines. */
  sharing(): boolean;
  readonly formats: Formats;
  /** What a view wants to find again after a reload, by a name of its own; plain JSON. */
  recall<Value>(name: string): Value | undefined;
  remember(name: string, value: unknown): void;
}

/** A tab's content. It is made when it is first shown and kept until the panel closes. */
export interface View {
  readonly element: HTMLElement;
  /**
   * Asks for its figures and shows them; called for a new scope and whenever figures have changed. What is on the screen
   * stays until the new figures are there, and scroll and focus stay where they are.
   */
  show(scope: Scope): Promise<void>;
  /** Opens a session, where the view can. */
  open?(session: string): void;
  /** Shows another list, where the view has several. */
  list?(kind: ListKind): void;
  /** How counting stands, as often as it changes. */
  count?(counting: CountingView): void;
}
