import { rows } from './cursor-database.ts';
import { dataFolders } from './paths.ts';
import { type LogPlace, type Machine, reader } from './reader.ts';
import { type RowCursor, startRows } from './row-cursor.ts';

/** Cursor's database of conversations. Its account's usage file, which a person may import, has exact counts instead. */
export const cursor = reader<never, never, RowCursor>({
  id: 'cursor',
  title: 'Cursor',
  version: 1,
  evidence: 'source',
  note: 'Its logs tell counts until early 2026 only, without the cache; since then the size of a conversation, which is an estimate. The usage file of your Cursor account is exact: tokenboard import cursor FILE.',
  logs,
  database: { start: startRows, rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { config, home } = dataFolders(machine);
  const folders = [`${config}/Cursor/User`, `${home}/.cursor-server/data/User`];
  return folders.map((folder) => ({
    dir: `${folder}/globalStorage`,
    files: /^state\.vscdb$/,
    kind: 'database',
    depth: 0,
  }));
}
