import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogPlace, type Machine, type ReadOnlyDatabase, type Row, reader } from './reader.ts';
import { first } from './row-cursor.ts';
import { countIn, selected, textIn, timeIn } from './row-values.ts';

/** The latest end, or else beginning, of the requests that were read. */
interface ZcodeCursor {
  since: number;
}

const wanted = [
  'id',
  'session_id',
  'provider_id',
  'model_id',
  'started_at',
  'completed_at',
  'input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'computed_total_tokens',
];

/** ZCode notes a row a request, which it completes when the answer has come. */
export const zcode = reader<never, never, ZcodeCursor>({
  id: 'zcode',
  title: 'ZCode',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider, since it keeps a database; its first versions told no counts.',
  logs,
  database: { start: () => ({ since: 0 }), rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const named = foldersNamed(machine.env.ZCODE_HOME, machine);
  const homes = named.length > 0 ? named : [`${dataFolders(machine).home}/.zcode`];
  return homes.map((home) => ({ dir: `${home}/cli/db`, files: /^db\.sqlite$/, kind: 'database', depth: 0 }));
}

function* rows(database: ReadOnlyDatabase, cursor: ZcodeCursor): Iterable<UsageEvent> {
  const columns = database.columns('model_usage');
  if (!['id', 'started_at', 'input_tokens', 'output_tokens'].every((name) => columns.includes(name))) return;
  const times = ['completed_at', 'started_at'].filter((name) => columns.includes(name));
  const at = `coalesce(${times.join(', ')}, 0)`;
  const sessionOf = sessions(database);
  const sql = `SELECT ${selected(columns, wanted)}, ${at} AS at FROM model_usage WHERE ${at} >= ? ORDER BY at`;
  for (const row of database.rows(sql, cursor.since)) {
    if (typeof row.at === 'number') cursor.since = row.at;
    const event = requestOf(row, sessionOf);
    if (event !== undefined) yield event;
  }
}

function requestOf(row: Row, sessionOf: (id: string) => Row | undefined): UsageEvent | undefined {
  const [id, made] = [textIn(row, 'id'), timeIn(row, 'started_at') ?? timeIn(row, 'completed_at')];
  const tokens = tokensOf(row);
  if (id === undefined || made === undefined || totalTokens(tokens) === 0) return undefined;
  const session = textIn(row, 'session_id') ?? 'unknown';
  const known = sessionOf(session);
  const parent = known && textIn(known, 'parent_id');
  return {
    kind: 'usage',
    key: `zcode:${id}`,
    time: made,
    model: textIn(row, 'model_id') ?? 'unknown',
    provider: textIn(row, 'provider_id'),
    tokens,
    rank: totalTokens(tokens),
    session: parent ?? session,
    project: known && textIn(known, 'directory'),
    subagent: parent === undefined ? undefined : true,
    agent: parent === undefined ? undefined : session,
  };
}

/** What is cached is in the input, and reasoning in the output, unless the total shows that they are beside them. */
function tokensOf(row: Row): UsageEvent['tokens'] {
  const of = (name: string) => countIn(row, `${name}_tokens`);
  const [all, output, reasoning] = [of('input'), of('output'), of('reasoning')];
  const [cacheRead, cacheWrite] = [of('cache_read_input'), of('cache_creation_input')];
  const besides = cacheRead + cacheWrite + reasoning;
  const beside = besides > 0 && of('computed_total') === all + output + besides;
  return beside
    ? apart({ all: all + cacheRead + cacheWrite, output: output + reasoning, cacheRead, cacheWrite, reasoning })
    : apart({ all, output, cacheRead, cacheWrite, reasoning });
}

/** Looks sessions up, each once a reading. */
function sessions(database: ReadOnlyDatabase): (id: string) => Row | undefined {
  const columns = database.columns('session');
  const known = new Map<string, Row | undefined>();
  return (id) => {
    if (!known.has(id) && columns.includes('id')) {
      const sql = `SELECT ${selected(columns, ['parent_id', 'directory'])} FROM session WHERE id = ?`;
      known.set(id, first(database, sql, id));
    }
    return known.get(id);
  };
}
