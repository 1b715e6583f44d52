import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { sumsBefore } from './copilot-cli-before.ts';
import { nanoAIUPerUSD } from './copilot-cli-events.ts';
import { copilotTokens, otelKey, sumTakenBack } from './copilot-cli-request.ts';
import type { LogFile, ReadOnlyDatabase, Row } from './reader.ts';
import { first, newRows, type RowCursor, startRows } from './row-cursor.ts';
import { countIn, selected, textIn, timeIn } from './row-values.ts';
import { takenBack } from './taken-back.ts';

export interface StoreCursor extends RowCursor {
  /** There were OTel files beside the database. */
  otel: boolean;
}

const table = 'assistant_usage_events';
const wanted = [
  'session_id',
  'agent_id',
  'parent_tool_call_id',
  'model',
  'copilot_usage_model',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'total_nano_aiu',
  'initiator',
  'created_at',
];

export function startStore(): StoreCursor {
  return { ...startRows(), otel: false };
}

/** The requests of all sessions, one a row. They take back what the sessions' events and OTel files tell of the same. */
export function* storeRows(database: ReadOnlyDatabase, cursor: StoreCursor, log: LogFile): Iterable<UsageEvent> {
  const columns = database.columns(table);
  if (!['session_id', 'model', 'input_tokens', 'output_tokens'].every((column) => columns.includes(column))) return;
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const otel = log.list(`${folder}/otel`).length > 0;
  if (otel && !cursor.otel) Object.assign(cursor, startRows(), { otel });
  const before = cursor.row === 0 ? undefined : requestsBefore(database, columns);
  const sessionOf = sessions(database);
  const standing = sumsBefore(database, log, cursor.row === 0);
  const counted = new Map<string, number>();
  const found = newRows(database, cursor, {
    table,
    mark: `session_id || ':' || coalesce(${columns.includes('created_at') ? 'created_at' : 'NULL'}, '')`,
    select: `rowid AS place, ${selected(columns, wanted)}`,
  });
  for (const row of found) {
    const event = requestOf(row, sessionOf);
    if (event === undefined) continue;
    yield event;
    const known = sessionOf(event.session);
    const sums = columns.includes('created_at')
      ? standing(event.session, known && timeIn(known, 'created_at'), row)
      : {};
    for (const model of new Set([event.model, textIn(row, 'model') ?? event.model])) {
      const name = `${event.session} ${model}`;
      const n = counted.get(name) ?? before?.(event.session, model, Number(row.place)) ?? 0;
      counted.set(name, n + 1);
      yield* sumTakenBack(event, model, n + (sums[model] ?? 0));
    }
    if (otel) yield takenBack(otelKey(event.session, countsOf(row)), event);
  }
}

function requestOf(row: Row, sessionOf: (id: string) => Row | undefined): UsageEvent | undefined {
  const session = textIn(row, 'session_id');
  if (session === undefined) return undefined;
  const known = sessionOf(session);
  const made = timeIn(row, 'created_at') ?? (known && timeIn(known, 'created_at'));
  const model = textIn(row, 'copilot_usage_model') ?? textIn(row, 'model') ?? 'unknown';
  const tokens = copilotTokens(model, countsOf(row));
  if (made === undefined || totalTokens(tokens) === 0) return undefined;
  const nanoAIU = countIn(row, 'total_nano_aiu');
  const agent = textIn(row, 'agent_id') ?? textIn(row, 'parent_tool_call_id');
  const subagent = agent !== undefined || textIn(row, 'initiator') === 'sub-agent';
  return {
    kind: 'usage',
    key: `copilot-cli:${session}:${Number(row.place)}`,
    time: made,
    model,
    provider: 'github-copilot',
    tokens,
    session,
    project: known && textIn(known, 'cwd'),
    branch: known && textIn(known, 'branch'),
    subagent: subagent || undefined,
    agent,
    reportedUSD: nanoAIU > 0 ? nanoAIU / nanoAIUPerUSD : undefined,
  };
}

function countsOf(row: Row) {
  return {
    input: countIn(row, 'input_tokens'),
    output: countIn(row, 'output_tokens'),
    cacheRead: countIn(row, 'cache_read_tokens'),
    cacheWrite: countIn(row, 'cache_write_tokens'),
    reasoning: countIn(row, 'reasoning_tokens'),
  };
}

/** How many requests of a session to a model, under either of its names, stand before a place. */
function requestsBefore(
  database: ReadOnlyDatabase,
  columns: readonly string[],
): (session: string, model: string, place: number) => number {
  const names = ['model', 'copilot_usage_model'].filter((name) => columns.includes(name));
  const sql = `SELECT count(*) AS requests FROM ${table} WHERE session_id = ? AND rowid < ?
    AND coalesce(input_tokens, 0) + coalesce(output_tokens, 0) > 0 AND ? IN (${names.join(', ')})`;
  return (session, model, place) => Number(first(database, sql, session, place, model)?.requests ?? 0);
}

/** Looks sessions up, each once a reading. */
function sessions(database: ReadOnlyDatabase): (id: string) => Row | undefined {
  const columns = database.columns('sessions');
  const known = new Map<string, Row | undefined>();
  return (id) => {
    if (!known.has(id) && columns.includes('id')) {
      const sql = `SELECT ${selected(columns, ['cwd', 'branch', 'created_at'])} FROM sessions WHERE id = ?`;
      known.set(id, first(database, sql, id));
    }
    return known.get(id);
  };
}
