import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgresStore } from '../store/postgres-store.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';

/** Where the data is. */
export interface StorePlace {
  readonly data: string;
  readonly databaseUrl: string | undefined;
}

/** Opens the store that a configuration names; the data folder is made where there is none. */
export async function openStore({ data, databaseUrl }: StorePlace): Promise<Store> {
  if (databaseUrl !== undefined) return await openPostgresStore({ url: databaseUrl });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return await openSqliteStore({ file: join(data, 'board.db'), thread: storeThread() });
}

/** In the bundle the thread's script stands beside the command's; from the sources Node runs it as it is. */
function storeThread(): string | URL {
  return typeof __dirname === 'undefined'
    ? new URL('../store/sqlite-thread.ts', import.meta.url)
    : join(__dirname, 'server-store.js');
}
