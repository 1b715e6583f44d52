import { type OpencodeCursor, rows, startCursor } from './opencode-database.ts';
import { dataFolders } from './paths.ts';
import { type LogPlace, type Machine, reader } from './reader.ts';

/** MiMo Code, its command and its desktop app, which came from OpenCode and keep their messages as that does. */
export const mimoCode = reader<never, never, OpencodeCursor>({
  id: 'mimo-code',
  title: 'MiMo Code',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider.',
  logs,
  database: { start: startCursor, rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const dir = `${dataFolders(machine).xdg}/mimocode`;
  return [{ dir, files: /^mimocode(?:-[^/]*)?\.db$/, kind: 'database', depth: 0 }];
}
