import { join } from 'node:path';
import { openPostgresStore } from '../store/postgres-store.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { BuildPlace } from './build-protocol.ts';
import { makeDataFolder } from './data-folder.ts';
import { checkNotMoved } from './moved-mark.ts';

/** Where the data is. */
export interface StorePlace {
  readonly data: string;
  readonly databaseUrl: string | undefined;
}

/** The store as a process that builds boards opens it. */
export function buildPlace({ data, databaseUrl }: StorePlace): BuildPlace {
  return databaseUrl === undefined
    ? { kind: 'sqlite', file: databaseFile(data) }
    : { kind: 'postgres', url: databaseUrl };
}

/**
 * Opens the store that a configuration names; the data folder is made where there is none. SQLite works in a thread of its
 * own. Throws where its board lives on in PostgreSQL.
 */
export async function openStore({ data, databaseUrl }: StorePlace, thread = bundledThread): Promise<Store> {
  if (databaseUrl !== undefined) return await openPostgresStore({ url: databaseUrl });
  makeDataFolder(data);
  checkNotMoved(databaseFile(data));
  return await openSqliteStore({ file: databaseFile(data), thread: thread() });
}

export const noBoard =
  'There is no board here yet: start it once with tokenboard serve, or say where it is with --data.';

/** Where SQLite keeps the data. */
export function databaseFile(data: string): string {
  return join(data, 'board.db');
}

/** The thread's script stands beside the command's. */
function bundledThread(): string | URL {
  return join(__dirname, 'server-store.js');
}
