import { setTimeout as pause } from 'node:timers/promises';
import { operationsOf, type Run } from './all-operations.ts';
import { refreshInSteps } from './refresh.ts';
import { sharedOperations } from './shared.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Operations } from './store.ts';
import { tracked } from './tracked.ts';

export interface SqliteOperations {
  readonly operations: Operations;
  /** Does something else with the connection, when it is free. */
  inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/**
 * All operations on one connection, one after the other. A courteous one writes no longer than it then leaves to others:
 * only one connection of all may write at a time, and those who wait look again after some milliseconds.
 */
export function sqliteOperations(connection: SqliteConnection, { courteous = false } = {}): SqliteOperations {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Outcome>(work: () => Promise<Outcome>): Promise<Outcome> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const run: Run = (mode, operation, order) =>
    inTurn(async () => {
      const began = performance.now();
      const outcome = await connection.run(mode, operation, order);
      if (courteous && mode === 'write') await pause(Math.max(leastPauseMs, performance.now() - began));
      return outcome;
    });
  const { operations, idle } = tracked(
    operationsOf(run, { ...sharedOperations(run, 1), refreshWindows: refreshInSteps(run) }),
  );
  return { operations, inTurn, idle };
}

/** In so long, whoever waits has looked several times. */
const leastPauseMs = 10;
