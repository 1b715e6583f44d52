import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { moveToPostgres } from '../../../src/server/store/move.ts';
import { consent, founded, hash, joined, now, operator, sync } from './people.ts';
import { openAt, postgresDatabase, sqliteDatabase, type TestDatabase } from './stores.ts';

const notMoved = ['rate', 'schema_step'];
/** What a copy by way of texts could get wrong. */
const oddTexts = ['', 'NULL', 'null', '{"a":[1,"b\\"c"]}', "it's, {a}", 'tab\t line\n \\N \\', 'Grüße 👋🏽 \u200b'];

describe('moving a board from SQLite to PostgreSQL', function () {
  this.timeout(60_000);
  let source: TestDatabase & { readonly place: { readonly kind: 'sqlite' } };
  let target: TestDatabase;
  beforeEach(async () => {
    source = sqliteDatabase() as typeof source;
    target = await postgresDatabase();
    await (await source.open()).close();
  });
  afterEach(() => source.remove());

  const file = (): string => (source.place as { file: string }).file;
  const url = (): string => (target.place as { url: string }).url;
  const move = (changes: Partial<Parameters<typeof moveToPostgres>[0]> = {}) =>
    moveToPostgres({ file: file(), url: url(), beforeCommit: () => {}, undone: () => {}, ...changes });

  /** Seven rows in every table there is, whatever tables there are. */
  function fill(): string[] {
    const database = new DatabaseSync(file());
    const tables = database
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_step'`,
      )
      .all()
      .map(({ name }) => String(name));
    for (const table of tables) {
      const columns = database.prepare('SELECT name, type, "notnull" AS needed FROM pragma_table_info(?)').all(table);
      const marks = columns.map(() => '?').join(', ');
      const insert = database.prepare(`INSERT INTO ${table} VALUES (${marks})`);
      for (const [row, odd] of oddTexts.entries()) {
        const values = columns.map(({ name, type, needed }, column) => {
          // A counting key is needed although the schema does not say so.
          if (needed === 0 && name !== 'id' && (row + column) % 3 === 0) return null;
          if (type === 'INTEGER')
            return row === 6 && name !== 'id' ? 2n ** 62n + BigInt(column) : row * 1000 + column + 1;
          // Texts that are keys have to differ.
          return column === columns.length - 1 && needed === 0 ? odd : `${odd}${table}.${name}.${row}`;
        });
        insert.run(...values);
      }
    }
    database.close();
    return tables.sort();
  }

  /** All rows as texts, in the order of their texts. */
  async function contents(database: TestDatabase, table: string): Promise<string[]> {
    const named = await source.rows(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`);
    const found = named.map(({ name }) => String(name));
    const list = found.map((column) => `CAST(${column} AS TEXT) AS ${column}`).join(', ');
    const rows = await database.rows(`SELECT ${list} FROM ${table}`);
    return rows.map((row) => JSON.stringify(found.map((column) => row[column]))).sort();
  }

  it('brings every row of every table over, as it is', async () => {
    const tables = fill();
    const moved = await move();
    assert.deepEqual(moved.map(({ name }) => name).sort(), tables);
    const there = (await target.tables()).filter((name) => !notMoved.includes(name));
    assert.deepEqual(there, tables, 'PostgreSQL has no table that nothing is moved into');
    for (const { name, rows } of moved) {
      assert.equal(rows, oddTexts.length, name);
      const before = await contents(source, name);
      assert.equal(new Set(before).size, oddTexts.length);
      assert.deepEqual(await contents(target, name), before, name);
    }
  });

  it('goes on counting where SQLite did, so that no number is given twice', async () => {
    const first = await source.open();
    const owner = await founded(first);
    const person = await joined(first, owner.org);
    await first.setConsent({ ...person, consent: consent({ visibility: 'aggregate' }), now });
    await first.close();
    const [last] = await source.rows("SELECT seq FROM sqlite_sequence WHERE name = 'consent'");
    // The newest one was erased: its number is not for another.
    await changed('UPDATE sqlite_sequence SET seq = seq + 5 WHERE name = ?', 'consent');
    await move();
    const second = await target.open();
    try {
      await second.setConsent({ ...person, consent: consent({ visibility: 'pseudonym' }), now });
      const [newest] = await target.rows('SELECT MAX(id) AS id FROM consent');
      assert.equal(Number(newest?.id), Number(last?.seq) + 6);
    } finally {
      await second.close();
    }
  });

  it('moves what is in pieces, and large texts', async () => {
    const database = new DatabaseSync(file());
    database.exec('BEGIN');
    const insert = database.prepare(
      `INSERT INTO cell VALUES (1, ?, 20000, 'codex', 'gpt-5', 1, 1, 2, 3, 4, 0, 0, 1, 0, NULL, 'v')`,
    );
    for (let device = 0; device < 5001; device++) insert.run(device);
    const large = database.prepare(`INSERT INTO snapshot_row VALUES (1, 0, '30d', 'fresh', ?, ?, ?)`);
    for (let place = 0; place < 5; place++) large.run(place, place, `${place}`.repeat(700_000));
    database.exec('COMMIT');
    database.close();
    const moved = new Map((await move()).map(({ name, rows }) => [name, rows]));
    assert.deepEqual([moved.get('cell'), moved.get('snapshot_row')], [5001, 5]);
    const [sum] = await target.rows('SELECT SUM(device) AS devices, COUNT(*) AS count FROM cell WHERE usd IS NULL');
    assert.deepEqual([Number(sum?.devices), Number(sum?.count)], [(5000 * 5001) / 2, 5001]);
    assert.deepEqual(await contents(target, 'snapshot_row'), await contents(source, 'snapshot_row'));
  });

  it('refuses a database that has tables, whether they are a board or not, and changes nothing in it', async () => {
    await target.rows('CREATE TABLE wages (one BIGINT)');
    await assert.rejects(move(), /That database has tables already: a board is moved into an empty one/);
    assert.deepEqual(await target.tables(), ['wages']);
    target = await postgresDatabase();
    const other = await target.open();
    await founded(other);
    await other.close();
    const before = await contents(target, 'organisation');
    await assert.rejects(move(), /There is a board in that database already/);
    assert.deepEqual(await contents(target, 'organisation'), before);
  });

  it('refuses a board that is in use or of another version, and a file that is none', async () => {
    const server = await source.open();
    await assert.rejects(move(), /The board is in use: stop the server first/);
    await server.close();
    await changed('INSERT INTO schema_step (step, at) VALUES (?, 0)', 999);
    await assert.rejects(move(), /written by a newer version/);
    await changed('DELETE FROM schema_step WHERE step > ?', 0);
    await assert.rejects(
      move(),
      /written by an older version: bring it up to date first with tokenboard admin migrate/,
    );
    await changed('DROP TABLE schema_step');
    await assert.rejects(move(), /no board of Tokenboard/);
    assert.deepEqual(await target.tables(), []);
  });

  it('refuses a table that only one of both has', async () => {
    await changed('CREATE TABLE notes (one INTEGER) STRICT');
    await assert.rejects(move(), /Only one of both databases has the table notes/);
    await changed('DROP TABLE notes');
    await changed('DROP TABLE allowance_past');
    await assert.rejects(move(), /Only one of both databases has the table allowance_past/);
    assert.deepEqual(await target.tables(), []);
  });

  it('leaves the database as empty as it was when anything fails on the way, or at the end', async () => {
    const store = await source.open();
    const owner = await founded(store);
    const person = await joined(store, owner.org);
    await store.close();
    // PostgreSQL has no such character.
    await changed('UPDATE consent SET display_name = ? || char(0)', 'Ada');
    const calls: string[] = [];
    const noted = { beforeCommit: () => void calls.push('before'), undone: () => void calls.push('undone') };
    await assert.rejects(move(noted), /The table consent cannot be moved: .*Nothing was changed/);
    assert.deepEqual([await target.tables(), calls], [[], []]);
    await changed('UPDATE consent SET display_name = ?', 'Ada');
    const full = () => {
      throw new Error('the disk is full');
    };
    await assert.rejects(move({ ...noted, beforeCommit: full }), /the disk is full/);
    assert.deepEqual([await target.tables(), calls], [[], ['undone']]);
    await move(noted);
    assert.deepEqual(calls, ['undone', 'before']);
    const there = await target.open();
    assert.equal((await there.members({ org: owner.org, after: 0, limit: 10 })).length, 2);
    assert.deepEqual((await sync(there, person, [])).outcome, 'applied');
    await there.close();
  });

  it('says that it does not know, where the connection breaks at the very end', async () => {
    const calls: string[] = [];
    const beforeCommit = async (): Promise<void> => {
      await target.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'tokenboard move' AND datname = current_database()`,
      );
    };
    const undone = () => void calls.push('undone');
    await assert.rejects(move({ beforeCommit, undone }), /it is not known whether the board was moved/);
    assert.deepEqual(calls, []);
    assert.deepEqual(await target.tables(), []);
  });

  it('keeps everyone out of the SQLite file until it is done, and lets a server wait on the other side', async () => {
    const store = await source.open();
    const owner = await founded(store);
    await store.close();
    let opening: Promise<{ readonly members: number }> | undefined;
    const beforeCommit = (): void => {
      const database = new DatabaseSync(file(), { timeout: 0 });
      try {
        assert.throws(() => database.prepare('SELECT 1 FROM member').get(), /locked/);
      } finally {
        database.close();
      }
      opening = openAt(target.place).then(async (server) => {
        const members = await server.members({ org: owner.org, after: 0, limit: 10 });
        await server.close();
        return { members: members.length };
      });
    };
    await move({ beforeCommit });
    assert.deepEqual(await opening, { members: 1 });
    const again = await source.open();
    await again.createTeam({ org: owner.org, name: hash().slice(0, 8), by: operator, now });
    await again.close();
  });

  async function changed(statement: string, ...values: (string | number)[]): Promise<void> {
    const database = new DatabaseSync(file());
    try {
      database.prepare(statement).run(...values);
    } finally {
      database.close();
    }
  }
});
