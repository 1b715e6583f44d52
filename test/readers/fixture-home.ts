import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const homes: string[] = [];

process.once('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/**
 * A copy of a fixture's home folder, with every `NAME.db.sql` made into `NAME.db` (also `.sqlite`, `.vscdb`). A script whose first line is `-- wal`
 * leaves what follows a line `-- in wal` in the write-ahead log. The copy is removed when the process ends.
 */
export function fixtureHome(tool: string, name: string): string {
  const home = mkdtempSync(join(tmpdir(), 'tokenboard-home-'));
  homes.push(home);
  cpSync(join(fixtures, tool, name, 'home'), home, { recursive: true });
  for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' }))
    if (/\.(?:db|sqlite|vscdb)\.sql$/.test(file)) buildDatabase(join(home, file));
  return home;
}

function buildDatabase(script: string): void {
  const sql = readFileSync(script, 'utf8');
  const path = script.replace(/\.sql$/, '');
  const [main = '', log] = /^-- wal\r?\n/.test(sql) ? sql.split(/^-- in wal\r?$/m) : [sql];
  const building = `${path}.building`;
  const database = new DatabaseSync(building);
  if (log !== undefined) database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  database.exec(main);
  if (log !== undefined) {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.exec(log);
    copyFileSync(`${building}-wal`, `${path}-wal`);
  }
  copyFileSync(building, path);
  database.close();
  for (const file of [script, building]) rmSync(file);
}
