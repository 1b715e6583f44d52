import type { AccessOperations, OrganisationOperations } from './port-access.ts';
import type { AllowanceOperations } from './port-allowances.ts';
import type { BoardOperations } from './port-boards.ts';
import type { InsightOperations } from './port-insights.ts';
import type { MemberOperations, SyncOperations } from './port-members.ts';
import type { SignInOperations } from './port-sign-in.ts';
import type { AdminOperations, TeamOperations } from './port-teams.ts';
import type { WebOperations } from './port-web.ts';

/**
 * All operations. Each takes one order of plain data, is one transaction and answers when that is committed. Where an
 * order has `now`, it is the only clock. What cannot be done is an outcome, never an exception: exceptions are for a
 * store that fails. Who may do what is checked by the caller, but for what may change until the transaction.
 * What belongs to another organisation is as if it were not there. All of an operation holds, or nothing.
 */
export interface Operations
  extends OrganisationOperations,
    AccessOperations,
    SignInOperations,
    WebOperations,
    SyncOperations,
    MemberOperations,
    TeamOperations,
    BoardOperations,
    InsightOperations,
    AllowanceOperations,
    AdminOperations {}

export type OperationName = keyof Operations;
export type OrderOf<Name extends OperationName> = Parameters<Operations[Name]>[0];
export type OutcomeOf<Name extends OperationName> = Awaited<ReturnType<Operations[Name]>>;

/** Being the one process that builds and publishes. */
export interface Leadership {
  /** Counts the leaders: what one orders by an earlier number is not done. Undefined where nothing else can write. */
  readonly epoch: number | undefined;
  /** Whether it still holds; a lost connection ends it. */
  holds(): boolean;
  release(): Promise<void>;
}

/** The backend's memory, on SQLite or PostgreSQL. Several processes may hold one PostgreSQL at a time. */
export interface Store extends Operations {
  readonly kind: 'sqlite' | 'postgres';
  /** Answers when the store does; throws when it cannot. */
  ready(): Promise<void>;
  /** Leadership, when no other process has it, else null. It ends with its process, however that ends. */
  tryLead(): Promise<Leadership | null>;
  /** Writes a consistent copy to a new file. SQLite alone; PostgreSQL has `pg_dump`, and this throws and says so. */
  backup(order: { file: string }): Promise<void>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}
