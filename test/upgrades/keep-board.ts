import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inDialect, migrations, postgresDialect, rateTable } from '../../src/server/store/schema.ts';
import { cell, type World, world } from '../server/http/world.ts';
import { type KeptBoard, type KeptTables, keep } from './kept.ts';

/** Keeps a board of six after three days, on each kind of store, and what it answers to one of them. */
export async function keepBoards(version: string): Promise<void> {
  for (const kind of ['sqlite', 'postgres'] as const) {
    const at = await world(kind);
    try {
      const answers = await play(at);
      keep(version, `board-${kind}.json`, JSON.stringify(answers));
      if (kind === 'sqlite') keep(version, 'board-sqlite.db', copyOf(at));
      else keep(version, 'board-postgres-tables.json', JSON.stringify(await tablesOf(at)));
    } finally {
      await at.end();
    }
  }
}

async function play(at: World): Promise<KeptBoard> {
  const members = [];
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn']) members.push(await at.join(name));
  for (const [index, member] of members.entries()) {
    const more = { in: (index + 1) * 1_000_000, cr: 40_000_000 };
    await at.sync(member, [cell(more), cell({ ...more, tool: 'codex', model: 'gpt-5' })]);
  }
  await at.tomorrow(...members);
  await at.tomorrow(...members);
  const [member] = members;
  if (member === undefined) throw new Error('nobody has joined');
  const snapshot = await at.board(member, '?window=7d&metric=fresh');
  const { accessToken } = member.tokens;
  const { body } = await at.ask('GET', '/v1/me/usage', { token: accessToken });
  return { now: at.clock.now, accessToken, snapshot, usage: body };
}

function copyOf({ database }: World): Buffer {
  if (database.place.kind !== 'sqlite') throw new Error('no file');
  const { file } = database.place;
  const board = new DatabaseSync(file, { timeout: 10_000 });
  board.exec(`VACUUM INTO '${file}.kept'`);
  board.close();
  return readFileSync(`${file}.kept`);
}

async function tablesOf({ database }: World): Promise<KeptTables> {
  const tables: Record<string, readonly Record<string, unknown>[]> = {};
  for (const name of await database.tables()) tables[name] = await database.rows(`SELECT * FROM ${name}`);
  const statements = [
    'CREATE TABLE schema_step (step {big} PRIMARY KEY, at {big} NOT NULL)',
    `CREATE UNLOGGED TABLE ${rateTable}`,
    ...migrations.flat(),
  ];
  return { statements: statements.map((statement) => inDialect(statement, postgresDialect)), tables };
}
