import type { UsageEvent } from '../usage/usage-event.ts';
import { elements, field, number, text } from './json.ts';
import { dataFolders, slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, type ReadOnlyDatabase, type Row, reader } from './reader.ts';
import { first } from './row-cursor.ts';
import { cell, countIn, textIn, timeIn } from './row-values.ts';
import { type SessionsCursor, sessionsSince, startSessions } from './session-rows.ts';
import { sessionTotal } from './session-totals.ts';
import { parseJson } from './vscode-data.ts';

const wanted = ['id', 'parent_session_id', 'prompt_tokens', 'completion_tokens', 'cost', 'created_at', 'updated_at'];

/** Crush, with a database a project. It overwrites a session's counts with those of its last request, and adds up its cost. */
export const crush = reader<never, never, SessionsCursor>({
  id: 'crush',
  title: 'Crush',
  version: 1,
  evidence: 'source',
  note: 'Its logs have what a session cost, but counts of its last request only: the size of a session, as an estimate.',
  logs,
  database: { start: (_log, before) => startSessions(before), rows },
});

/** Projects are listed in a file; a path in it that is not absolute begins where the list lies. */
function logs(machine: Machine, read?: (path: string) => string | undefined): readonly LogPlace[] {
  const { home, local, xdg } = dataFolders(machine);
  const { env, platform } = machine;
  const lists = [
    `${xdg}/crush`,
    `${local}/crush`,
    ...(env.CRUSH_GLOBAL_DATA ? [slashed(env.CRUSH_GLOBAL_DATA, platform)] : []),
  ];
  const listed = [...new Set(lists)].flatMap((folder) =>
    elements(field(parseJson(read?.(`${folder}/projects.json`)), 'projects')).flatMap((project) => {
      const [path, data] = [text(field(project, 'path')), text(field(project, 'data_dir'))];
      if (data === undefined) return [];
      return [absolute(data, absolute(path ?? '.', folder, platform), platform)];
    }),
  );
  return [...new Set([`${home}/.crush`, ...listed])].map((dir) => ({
    dir,
    files: /^crush\.db$/,
    kind: 'database',
    depth: 0,
  }));
}

function absolute(path: string, from: string, platform: Machine['platform']): string {
  const written = slashed(path, platform);
  if (/^(?:\/|[A-Za-z]:\/)/.test(written)) return written;
  let folder = from;
  for (const part of written.split('/')) {
    if (part === '..') folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    else if (part !== '.' && part !== '') folder += `/${part}`;
  }
  return folder;
}

function* rows(database: ReadOnlyDatabase, cursor: SessionsCursor, log: LogFile): Iterable<UsageEvent> {
  const project = /^(.+)\/\.crush$/.exec(log.dir)?.[1];
  const modelOf = models(database);
  for (const row of sessionsSince(database, cursor, { table: 'sessions', changed: 'updated_at', wanted })) {
    const [id, created, updated] = [textIn(row, 'id'), timeIn(row, 'created_at'), timeIn(row, 'updated_at')];
    if (id === undefined || created === undefined) continue;
    const parent = textIn(row, 'parent_session_id');
    const made = modelOf(id);
    const cost = Math.max(number(cell(row, 'cost')) ?? 0, 0);
    const total = {
      kind: 'usage',
      key: `crush:${id}`,
      time: created,
      model: (made && textIn(made, 'model')) ?? 'unknown',
      provider: made && textIn(made, 'provider'),
      tokens: {
        input: countIn(row, 'prompt_tokens'),
        output: countIn(row, 'completion_tokens'),
        cacheRead: 0,
        cacheWrite5m: 0,
        cacheWrite1h: 0,
        reasoning: 0,
      },
      session: parent ?? id,
      project,
      subagent: parent === undefined ? undefined : true,
      agent: parent === undefined ? undefined : id,
      // What a subagent cost is in its parent's cost as well.
      reportedUSD: parent === undefined ? cost : 0,
      estimated: true,
    } as const;
    yield* sessionTotal(cursor.seen, total, updated ?? created);
  }
}

/** The model of a session's last reply. */
function models(database: ReadOnlyDatabase): (session: string) => Row | undefined {
  const columns = database.columns('messages');
  if (!['session_id', 'model', 'created_at'].every((column) => columns.includes(column))) return () => undefined;
  const provider = columns.includes('provider') ? 'provider' : 'NULL AS provider';
  const sql = `SELECT model, ${provider} FROM messages WHERE session_id = ? AND model <> '' ORDER BY created_at DESC LIMIT 1`;
  return (session) => first(database, sql, session);
}
