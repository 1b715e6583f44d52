import { type OpencodeCursor, rows, startCursor } from './opencode-database.ts';
import { document, documentShape, type OpencodeDocCarry } from './opencode-storage.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogPlace, type Machine, reader } from './reader.ts';

/** Kilo's command, which came from OpenCode and keeps its messages as that does. */
export const kiloCli = reader<never, OpencodeDocCarry, OpencodeCursor>({
  id: 'kilo-cli',
  title: 'Kilo CLI',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider.',
  logs,
  document: { shape: documentShape, start: () => ({}), document },
  database: { start: startCursor, rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const named = foldersNamed(machine.env.KILO_DATA_DIR, machine);
  return [...new Set([`${dataFolders(machine).xdg}/kilo`, ...named])].flatMap((dir): LogPlace[] => [
    { dir, files: /^kilo(?:-[^/]*)?\.db$/, kind: 'database', depth: 0 },
    { dir: `${dir}/storage/message`, files: /^[^/]+\/[^/]+\.json$/, kind: 'document', depth: 1 },
  ]);
}
