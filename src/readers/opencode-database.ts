import type { UsageEvent } from '../usage/usage-event.ts';
import { type Json, text } from './json.ts';
import {
  messageEvent,
  messageKey,
  type OpencodeMessage,
  type OpencodeSession,
  ranks,
  readMessage,
  withdrawal,
  withSteps,
} from './opencode-message.ts';
import type { ReadOnlyDatabase, Row } from './reader.ts';

/** Where the reading of a database's two tables of messages stands. */
export interface OpencodeCursor {
  readonly message: TableCursor;
  readonly session_message: TableCursor;
}

interface TableCursor {
  /** The message of the table's first row: where it is another one, the whole table is read anew. */
  first: string;
  /** The table's last row, and its message's id: as long as they belong together, new rows are behind it. */
  row: number;
  id: string;
  /** The latest change read, epoch milliseconds. */
  time: number;
  /** The keys told for the latest messages that were still being answered, by message id; empty: none told yet. */
  open: Told;
  /** The same for the latest ones that were complete; they should not change any more. */
  done: Told;
}

type Told = Record<string, string>;

/** More messages than are ever answered at once; those of crashed sessions stay open for good. */
const recentLimit = 200;
/** The new table may stamp a message later than the old one, by as long as a model thinks. */
const twinMs = 60_000;
const fields = ['role', 'modelID', 'providerID', 'model', 'tokens', 'cost', 'time', 'path'];

export function startCursor(): OpencodeCursor {
  const table = (): TableCursor => ({ first: '', row: 0, id: '', time: 0, open: {}, done: {} });
  return { message: table(), session_message: table() };
}

/** The messages that are new or have changed. OpenCode 2 has a table of its own, which repeats messages of the old one. */
export function* rows(database: ReadOnlyDatabase, cursor: OpencodeCursor): Iterable<UsageEvent> {
  const session = sessionsOf(database);
  yield* table(database, 'message', cursor.message, session);
  yield* table(database, 'session_message', cursor.session_message, session);
}

type Sessions = (id: string) => OpencodeSession;

function* table(
  database: ReadOnlyDatabase,
  name: 'message' | 'session_message',
  cursor: TableCursor,
  sessions: Sessions,
): Iterable<UsageEvent> {
  const columns = database.columns(name);
  if (!['id', 'session_id', 'data'].every((column) => columns.includes(column))) return;
  const edge = (order: string) =>
    first(database, `SELECT rowid AS place, id FROM ${name} ORDER BY rowid ${order} LIMIT 1`);
  const [begin, last] = [String(edge('ASC')?.id ?? ''), edge('DESC')];
  if (begin !== cursor.first) Object.assign(cursor, { row: 0, time: 0 });
  const before = new Map([...Object.entries(cursor.open), ...Object.entries(cursor.done)]);
  const [open, done] = [new Map<string, string>(), new Map<string, string>()];
  let latest = cursor.time;
  for (const row of newRows(database, name, cursor, columns, [...before.keys()])) {
    latest = Math.max(latest, Number(row.changed ?? 0));
    const id = String(row.id);
    const message = complete(database, id, row);
    if (message === undefined) continue;
    const told = before.get(id) || undefined;
    const twin = name === 'session_message' ? twinOf(database, id, String(row.session_id), message) : undefined;
    const key = twin ?? messageKey(message) ?? told;
    remember(message.completed === undefined ? open : done, id, key ?? '');
    if (key === undefined || key === told) continue;
    const session = sessions(String(row.session_id));
    if (told !== undefined) yield withdrawal(told, message, session);
    yield messageEvent(key, message, session, name === 'message' ? ranks.database : ranks.projected);
  }
  cursor.first = begin;
  cursor.row = Number(last?.place ?? 0);
  cursor.id = String(last?.id ?? '');
  cursor.time = latest;
  cursor.open = Object.fromEntries(open);
  cursor.done = Object.fromEntries(done);
}

function remember(recent: Map<string, string>, id: string, key: string): void {
  recent.set(id, key);
  const [oldest] = recent.keys();
  if (recent.size > recentLimit && oldest !== undefined) recent.delete(oldest);
}

/**
 * The rows behind the last one read, and those of the recent messages. Where the last one was deleted or moved, new
 * rows may have taken its place: then the times of all rows are looked through, a walk over the whole table.
 */
function* newRows(
  database: ReadOnlyDatabase,
  name: string,
  cursor: TableCursor,
  columns: readonly string[],
  recent: readonly string[],
): Iterable<Row> {
  const known = first(database, `SELECT id FROM ${name} WHERE rowid = ?`, cursor.row);
  const stands = cursor.row > 0 && known !== undefined && String(known.id) === cursor.id;
  const times = ['time_updated', 'time_created'].filter((column) => columns.includes(column));
  const changed = times.length > 0 ? `coalesce(${times.join(', ')}, 0)` : '0';
  const wanted = ['id', 'session_id', 'type', 'time_created'].filter((column) => columns.includes(column));
  const select = `SELECT ${wanted.join(', ')}, ${changed} AS changed, ${pick(fields)} AS picked FROM ${name}`;
  yield* database.rows(`${select} WHERE id IN (SELECT value FROM json_each(?))`, JSON.stringify(recent));
  const seen = new Set(recent);
  const later = stands
    ? database.rows(`${select} WHERE rowid > ? ORDER BY rowid`, cursor.row)
    : database.rows(`${select} WHERE ${changed} >= ? ORDER BY rowid`, cursor.time);
  for (const row of later) if (!seen.has(String(row.id))) yield row;
}

function first(database: ReadOnlyDatabase, sql: string, ...parameters: (string | number)[]): Row | undefined {
  return [...database.rows(sql, ...parameters)][0];
}

/** SQL for some fields of the JSON in `data`, as one JSON array: rows can hold megabytes of diffs. Null where it is no JSON. */
function pick(names: readonly string[]): string {
  const paths = names.map((name) => `'$.${name}'`).join(', ');
  return `CASE WHEN json_valid(data) THEN json_extract(data, ${paths}) END`;
}

function picked(row: Row, names: readonly string[]): Json | undefined {
  if (typeof row.picked !== 'string') return undefined;
  const values = JSON.parse(row.picked) as readonly Json[];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? undefined]));
}

function read(row: Row): OpencodeMessage | undefined {
  const value = picked(row, fields);
  if (value === undefined) return undefined;
  const created = Number(row.time_created ?? 0);
  return readMessage({ ...(value as object), type: text(row.type as Json) }, created > 0 ? created : undefined);
}

/** The message of a row, with the counts of its steps where it has none itself. */
function complete(database: ReadOnlyDatabase, id: string, row: Row): OpencodeMessage | undefined {
  const message = read(row);
  if (message === undefined || messageKey(message) !== undefined) return message;
  const columns = database.columns('part');
  if (!columns.includes('message_id') || !columns.includes('data')) return message;
  const names = ['type', 'tokens', 'cost'];
  const parts = [...database.rows(`SELECT ${pick(names)} AS picked FROM part WHERE message_id = ?`, id)];
  return withSteps(
    message,
    parts.flatMap((part) => picked(part, names) ?? []),
  );
}

/** The key of the same request in the old table: under the same id, or about the same time with the same counts. */
function twinOf(database: ReadOnlyDatabase, id: string, session: string, message: OpencodeMessage): string | undefined {
  const columns = database.columns('message');
  if (!['id', 'session_id', 'data', 'time_created'].every((column) => columns.includes(column))) return undefined;
  const { created, model, tokens } = message;
  const found = database.rows(
    `SELECT id, time_created, ${pick(fields)} AS picked FROM message
     WHERE id = ? OR (session_id = ? AND time_created BETWEEN ? AND ?)`,
    id,
    session,
    created - twinMs,
    created + twinMs,
  );
  for (const row of [...found]) {
    const other = complete(database, String(row.id), row);
    if (other === undefined || other.model !== model) continue;
    if (row.id === id || JSON.stringify(other.tokens) === JSON.stringify(tokens)) return messageKey(other);
  }
  return undefined;
}

/** Looks sessions up, each once a reading. */
function sessionsOf(database: ReadOnlyDatabase): Sessions {
  const columns = database.columns('session');
  const wanted = ['directory', 'parent_id', 'time_created'].filter((column) => columns.includes(column));
  const known = new Map<string, Row | undefined>();
  const find = (id: string) => {
    if (!known.has(id) && columns.includes('id'))
      known.set(id, first(database, `SELECT ${['id', ...wanted].join(', ')} FROM session WHERE id = ?`, id));
    return known.get(id);
  };
  const parentOf = (id: string) => text(find(id)?.parent_id as Json | undefined);
  return (id) => {
    const own = find(id);
    const seen = new Set([id]);
    let root = id;
    for (let parent = parentOf(id); parent !== undefined && !seen.has(parent); parent = parentOf(parent)) {
      root = parent;
      seen.add(parent);
    }
    const created = Number(own?.time_created ?? 0);
    return {
      root,
      subagent: parentOf(id) !== undefined,
      agent: parentOf(id) === undefined ? undefined : id,
      folder: text(own?.directory as Json | undefined),
      created: created > 0 ? created : undefined,
    };
  };
}
