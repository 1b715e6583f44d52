import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { moveToPostgres } from '../store/move.ts';
import type { AdminAlone } from './admin-command.ts';
import { checkDatabaseUrl } from './config.ts';
import { configError } from './config-error.ts';
import { checkNotMoved, markMoved, unmarkMoved } from './moved-mark.ts';
import { databaseFile, noBoard } from './open-store.ts';
import { keyVariable } from './server-key.ts';

/** Moves the board of the data folder from SQLite into an empty PostgreSQL database, and says what else belongs to it. */
export async function adminMove({ values, place, env, now, print }: AdminAlone): Promise<void> {
  if (values['database-url'] !== undefined) {
    throw configError("'admin move' takes no --database-url: the board comes from --data, and goes where --to says.");
  }
  const url = values.to ?? place.databaseUrl;
  if (typeof url !== 'string' || url === '') {
    throw configError('say where to: tokenboard admin move --to postgres://user@host:5432/database (or DATABASE_URL).');
  }
  checkDatabaseUrl(url, '--to');
  const file = databaseFile(place.data);
  if (!existsSync(file)) throw new Error(noBoard);
  checkNotMoved(file);
  const moved = await moveToPostgres({
    file,
    url,
    beforeCommit: () => markMoved(file, url, now),
    undone: () => unmarkMoved(file),
  });
  const width = Math.max(...moved.map(({ name }) => name.length));
  for (const { name, rows } of moved) if (rows > 0) print(`${name.padEnd(width)}  ${rows}`);
  const rows = moved.reduce((sum, table) => sum + table.rows, 0);
  print(`Moved: ${rows} rows of ${moved.length} tables, each counted on both sides.`);
  const key = env[keyVariable]
    ? `${keyVariable} stays as it is.`
    : `${keyVariable} of each process is what ${join(place.data, 'server-key')} holds (a process with --data ${place.data} reads it there).`;
  print(
    [
      '',
      'From now on:',
      '  start the server with --database-url or DATABASE_URL, and the same --public-url;',
      `  ${key}`,
      `  Keep ${join(place.data, 'erased')}: it is the list of those who were erased, and belongs into the folder of all processes.`,
      `${file} is as it was, for as long as you want to be able to go back, and does not start any more. Remove it then: it holds everyone's data.`,
    ].join('\n'),
  );
}
