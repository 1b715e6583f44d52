import { hexDigest } from './hex-digest.ts';
import { at, elements, field, type Json, text } from './json.ts';
import type { LogFile } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/**
 * The project folder of a session, from the lists beside `sessions`. Kimi CLI files a session under its folder's hash,
 * Kimi Code under a short name.
 */
export function kimiProject(group: string, session: string, log: LogFile): string | undefined {
  const root = log.dir.slice(0, log.dir.lastIndexOf('/'));
  const known = elements(field(parseJson(log.read(`${root}/kimi.json`)), 'work_dirs'));
  const hashed = known.flatMap((one) => text(field(one, 'path')) ?? []).find((path) => md5(path) === group);
  if (hashed !== undefined) return hashed;
  const workspaces = parseJson(log.read(`${root}/workspaces.json`));
  return text(at(workspaces, 'workspaces', group, 'root')) ?? indexed(session, log.read(`${root}/session_index.jsonl`));
}

/** The folder that a list of sessions, one a line, tells. */
function indexed(session: string, list: string | undefined): string | undefined {
  for (const line of (list ?? '').split('\n')) {
    if (!line.includes(session)) continue;
    const entry: Json | undefined = parseJson(line);
    if (field(entry, 'sessionId') === session) return text(field(entry, 'workDir'));
  }
  return undefined;
}

function md5(path: string): string {
  return hexDigest('md5', path);
}
