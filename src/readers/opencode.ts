import { type OpencodeCursor, rows, startCursor } from './opencode-database.ts';
import { document, documentShape, type OpencodeDocCarry, oldStorage } from './opencode-storage.ts';
import { type LogPlace, type Machine, reader } from './reader.ts';

const inOldStorage = /^[^/]+(?:\/storage(?:\/session(?:\/message(?:\/[^/]+)?)?)?)?$/;

/** OpenCode keeps its messages in SQLite, a database a release channel; until 2026 each was a JSON file. */
export const opencode = reader<never, OpencodeDocCarry, OpencodeCursor>({
  id: 'opencode',
  title: 'OpenCode',
  version: 1,
  evidence: 'log',
  note: 'Exact as told by the provider.',
  logs,
  document: { shape: documentShape, start: () => ({}), document },
  database: { start: startCursor, rows },
});

/** OpenCode uses the same folders on every system. What OPENCODE_DB names comes on top: the usual database has the past. */
function logs({ env, home, platform }: Machine): readonly LogPlace[] {
  const slashes = (path: string) => {
    const forward = platform === 'win32' ? path.replaceAll('\\', '/') : path;
    return forward.length > 1 ? forward.replace(/\/+$/, '') : forward;
  };
  const usual = `${slashes(env.XDG_DATA_HOME || `${home}/.local/share`)}/opencode`;
  const named = (env.OPENCODE_DATA_DIR ?? '').split(',').flatMap((dir) => slashes(dir.trim()) || []);
  const dirs = named.length > 0 ? named : [usual];
  const places = dirs.flatMap((dir): LogPlace[] => [
    { dir, files: /^opencode(?:-[^/]*)?\.db$/, kind: 'database', depth: 0 },
    { dir: `${dir}/storage/message`, files: /^[^/]+\/[^/]+\.json$/, kind: 'document', depth: 1 },
    { dir: `${dir}/project`, files: oldStorage, enter: inOldStorage, kind: 'document', depth: 5 },
  ]);
  const file = slashes(env.OPENCODE_DB ?? '');
  if (file === '' || file === ':memory:') return places;
  const path = /^(?:\/|[A-Za-z]:\/)/.test(file) ? file : `${dirs[0] ?? usual}/${file}`;
  const slash = path.lastIndexOf('/');
  const files = new RegExp(`^${path.slice(slash + 1).replace(/[^\w-]/g, '\\$&')}$`);
  return [...places, { dir: path.slice(0, slash) || '/', files, kind: 'database', depth: 0 }];
}
