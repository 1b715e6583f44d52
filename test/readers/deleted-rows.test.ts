import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { readers } from '../../src/readers/index.ts';
import { type Random, seeded } from '../demo/random.ts';
import { countedHome } from './counted-home.ts';
import { casesOf } from './fixture-cases.ts';
import { fixtureHome } from './fixture-home.ts';

/** A row of a database, by its table and its place in it. */
interface Place {
  readonly table: string;
  readonly row: number;
  readonly key: string;
}

/**
 * What tells more about requests in other rows goes after those, as when a tool deletes a conversation: without it a newer reader
 * could but tell less of them.
 */
const goesLater = [/^(?:message |cursorDiskKV composerData:)/, /^part /];

describe('Rows that a tool deletes', () => {
  for (const reader of readers.filter(({ database }) => database !== undefined))
    for (const name of casesOf(reader.id))
      it(`stay counted: ${reader.title}, ${name}`, async () => {
        for (const seed of [1, 2, 3]) await deleteRows(reader.id, name, seeded(seed));
      });
});

/** Deletes all rows of a fixture's databases, one after the other; some readings are a newer reader's. */
async function deleteRows(tool: string, name: string, random: Random): Promise<void> {
  const usage = countedHome(fixtureHome(tool, name));
  try {
    await usage.scan();
    const before = usage.totals();
    let newer = 0;
    for (const { path, kind } of usage.logs()) {
      if (kind !== 'database') continue;
      for (const { table, row } of inOrder(rowsOf(path), random)) {
        withDatabase(path, (database) => database.prepare(`DELETE FROM "${table}" WHERE rowid = ?`).run(row));
        if (random.chance(0.2)) newer++;
        const asked = readers.map((reader) => ({ ...reader, version: reader.version + newer }));
        assert.ok((await usage.scan({ readers: asked })).filesRead > 0);
        assert.deepEqual(usage.totals(), before, `${table} ${row}${newer > 0 ? ', read by a newer reader' : ''}`);
      }
    }
  } finally {
    usage.close();
  }
}

function rowsOf(path: string): readonly Place[] {
  return withDatabase(path, (database) =>
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all()
      .map(({ name }) => String(name))
      .flatMap((table) =>
        database
          .prepare(`SELECT rowid AS row, * FROM "${table}"`)
          .all()
          .map(({ row, key }) => ({ table, row: Number(row), key: String(key) })),
      ),
  );
}

function withDatabase<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

function inOrder(rows: readonly Place[], random: Random): readonly Place[] {
  const orderOf = ({ table, key }: Place): number =>
    goesLater.findIndex((pattern) => pattern.test(`${table} ${key}`)) + random.between(0, 1);
  return rows
    .map((place) => ({ place, order: orderOf(place) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ place }) => place);
}
