import { openSqlite } from './sqlite-connection.ts';
import { leaderFile, leadSqlite } from './sqlite-lead.ts';
import { sqliteOperations } from './sqlite-operations.ts';
import type { Store } from './store.ts';

/** Boards are built from a few pages at a time. */
const pagesMB = 8;

/**
 * Opens the SQLite store on a connection of this thread, beside the one that answers requests: it reads while that one
 * writes, and leaves it time between its own writes. It holds its thread up: only for a thread that nobody waits for.
 */
export async function openSqliteBeside(file: string): Promise<Store> {
  const connection = await openSqlite(file, pagesMB);
  const { operations, inTurn, idle } = sqliteOperations(connection, { courteous: true });
  let closed: Promise<void> | undefined;
  return {
    ...operations,
    kind: 'sqlite',
    ready: async () => void (await operations.organisation({})),
    tryLead: async () => leadSqlite(leaderFile(file)),
    backup: ({ file: copy }) => inTurn(async () => connection.backup(copy)),
    close() {
      closed ??= idle().then(() => inTurn(async () => connection.close()));
      return closed;
    },
  };
}
