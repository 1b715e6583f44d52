import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, entries, field, type Json, text } from './json.ts';
import { dataFolders } from './paths.ts';
import { pick } from './pick.ts';
import { type LogPlace, type Machine, type ReadOnlyDatabase, type Row, reader } from './reader.ts';
import { textIn, timeIn } from './row-values.ts';
import { type SessionsCursor, sessionsSince, startSessions } from './session-rows.ts';
import { sessionTotal } from './session-totals.ts';

const wanted = [
  'id',
  'parent_id',
  'folder_paths',
  'folder_paths_order',
  'created_at',
  'updated_at',
  'data_type',
  'data',
];
const shape = {
  cumulative_token_usage: true,
  request_token_usage: true,
  model: { provider: true, model: true },
  imported: true,
  speed: true,
  subagent_context: { parent_thread_id: true },
} as const;

/** Zed's threads, each with the sum of all its requests. */
export const zed = reader<never, never, SessionsCursor>({
  id: 'zed',
  title: 'Zed',
  version: 1,
  evidence: 'source',
  note: 'Exact sums of a thread, booked when they were seen to grow; agents that Zed only hosts have logs of their own.',
  logs,
  database: { start: (_log, before) => startSessions(before), rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, xdg, local } = dataFolders(machine);
  const name = machine.platform === 'linux' ? 'zed' : 'Zed';
  const folders = [`${local}/${name}/threads`, `${xdg}/zed/threads`, `${home}/.var/app/dev.zed.Zed/data/zed/threads`];
  return [...new Set(folders)].map((dir) => ({ dir, files: /^threads\.db$/, kind: 'database', depth: 0 }));
}

function* rows(database: ReadOnlyDatabase, cursor: SessionsCursor): Iterable<UsageEvent> {
  for (const row of sessionsSince(database, cursor, { table: 'threads', changed: 'updated_at', wanted })) {
    const thread = threadOf(row, database);
    const [id, updated] = [textIn(row, 'id'), timeIn(row, 'updated_at')];
    // What was imported was somebody else's.
    if (id === undefined || updated === undefined || field(thread, 'imported') === true) continue;
    const parent = textIn(row, 'parent_id') ?? text(at(thread, 'subagent_context', 'parent_thread_id'));
    const total = {
      kind: 'usage',
      key: `zed:${id}`,
      time: timeIn(row, 'created_at') ?? updated,
      model: text(at(thread, 'model', 'model')) ?? 'unknown',
      provider: text(at(thread, 'model', 'provider')),
      tokens: sumOf(thread),
      session: parent ?? id,
      project: projectOf(row),
      subagent: parent === undefined ? undefined : true,
      agent: parent === undefined ? undefined : id,
      tier: field(thread, 'speed') === 'fast' ? 'fast' : undefined,
    } as const;
    yield* sessionTotal(cursor.seen, total, updated);
  }
}

function threadOf({ data, data_type }: Row, { unpacked }: ReadOnlyDatabase): Json | undefined {
  const written = typeof data === 'string' ? Buffer.from(data) : data;
  if (!(written instanceof Uint8Array)) return undefined;
  const json = data_type === 'zstd' ? unpacked(written) : written;
  if (json === undefined) return undefined;
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return pick(bytes, 0, bytes.length, shape)?.value;
}

/** Paths are sorted by name; their order beside them tells which one came first. */
function projectOf(row: Row): string | undefined {
  const paths = textIn(row, 'folder_paths')?.split('\n') ?? [];
  const order = (textIn(row, 'folder_paths_order') ?? '').split(',').map(Number);
  return paths[Math.max(0, order.indexOf(0))] ?? paths[0];
}

/** The sum of all requests; a thread without one still has the last request of each turn. */
function sumOf(thread: Json | undefined): TokenCounts {
  const sum = tokensOf(field(thread, 'cumulative_token_usage'));
  if (totalTokens(sum) > 0) return sum;
  const turns = field(thread, 'request_token_usage');
  return [...entries(turns).map(([, usage]) => usage), ...elements(turns)].map(tokensOf).reduce(
    (a, b) => ({
      input: a.input + b.input,
      output: a.output + b.output,
      cacheRead: a.cacheRead + b.cacheRead,
      cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
      cacheWrite1h: 0,
      reasoning: 0,
    }),
    sum,
  );
}

function tokensOf(usage: Json | undefined): TokenCounts {
  return {
    input: count(field(usage, 'input_tokens')),
    output: count(field(usage, 'output_tokens')),
    cacheRead: count(field(usage, 'cache_read_input_tokens')),
    cacheWrite5m: count(field(usage, 'cache_creation_input_tokens')),
    cacheWrite1h: 0,
    reasoning: 0,
  };
}
