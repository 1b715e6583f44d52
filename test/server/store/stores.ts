import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { openPostgresStore } from '../../../src/server/store/postgres-store.ts';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { postgres } from '../servers/postgres.ts';

export type Row = Record<string, unknown>;

/** A database of one suite, and ways to look behind the store's back. */
export interface TestDatabase {
  readonly kind: Store['kind'];
  /** What another process needs to open the same store. */
  readonly place: StorePlace;
  open(): Promise<Store>;
  /** Runs a statement by another connection. */
  rows(statement: string): Promise<Row[]>;
  /** Names of all tables. */
  tables(): Promise<string[]>;
  remove(): void;
}

export type StorePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

export const thread = new URL('../../../src/server/store/sqlite-thread.ts', import.meta.url);

export function openAt(place: StorePlace): Promise<Store> {
  return place.kind === 'sqlite'
    ? openSqliteStore({ file: place.file, thread })
    : openPostgresStore({ url: place.url });
}

export function sqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-store-'));
  const place: StorePlace = { kind: 'sqlite', file: join(folder, 'server.db') };
  const rows = async (statement: string): Promise<Row[]> => {
    const database = new DatabaseSync(place.file, { timeout: 10_000 });
    try {
      return database.prepare(statement).all();
    } finally {
      database.close();
    }
  };
  return {
    kind: 'sqlite',
    place,
    open: () => openAt(place),
    rows,
    tables: async () =>
      namesOf(await rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export async function postgresDatabase(): Promise<TestDatabase> {
  const place: StorePlace = { kind: 'postgres', url: await (await postgres()).database() };
  const rows = async (statement: string): Promise<Row[]> => {
    const client = new Client({ connectionString: place.url });
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    kind: 'postgres',
    place,
    open: () => openAt(place),
    rows,
    tables: async () => namesOf(await rows(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)),
    remove: () => {},
  };
}

const kinds = { SQLite: async () => sqliteDatabase(), PostgreSQL: postgresDatabase };

/** The same tests on a fresh database of each store; `at` is filled in before the first of them. */
export function onBothStores(title: string, tests: (at: { store: Store; database: TestDatabase }) => void): void {
  for (const [name, make] of Object.entries(kinds)) {
    describe(`${title} on ${name}`, function () {
      this.timeout(60_000);
      const at = {} as { store: Store; database: TestDatabase };
      before(async () => {
        at.database = await make();
        at.store = await at.database.open();
      });
      after(async () => {
        await at.store?.close();
        at.database?.remove();
      });
      tests(at);
    });
  }
}

function namesOf(rows: readonly Row[]): string[] {
  return rows.map(({ name }) => String(name)).sort();
}
