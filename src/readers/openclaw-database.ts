import type { UsageEvent } from '../usage/usage-event.ts';
import { type Json, text, time } from './json.ts';
import { openclawRequest } from './openclaw-request.ts';
import type { PiPlace } from './pi-messages.ts';
import type { ReadOnlyDatabase, Row } from './reader.ts';
import { first, newRows, type RowCursor } from './row-cursor.ts';

const wanted = [
  'type',
  'id',
  'timestamp',
  'message.role',
  'message.timestamp',
  'message.model',
  'message.provider',
  'message.idempotencyKey',
  'message.usage',
  'usage',
];

/** The replies in the table of all sessions' events, one entry of a transcript a row. */
export function* rows(database: ReadOnlyDatabase, cursor: RowCursor): Iterable<UsageEvent> {
  const columns = database.columns('transcript_events');
  if (!['session_id', 'seq', 'event_json'].every((column) => columns.includes(column))) return;
  const placeOf = places(database);
  const paths = wanted.map((path) => `'$.${path}'`).join(', ');
  const found = newRows(database, cursor, {
    table: 'transcript_events',
    mark: "session_id || ':' || seq",
    select: `session_id, ${columns.includes('created_at') ? 'created_at' : '0 AS created_at'}, json_extract(event_json, ${paths}) AS picked`,
    where: `json_valid(event_json) AND instr(event_json, '"usage"') > 0`,
  });
  for (const row of found) {
    const request = openclawRequest(entryOf(row), placeOf(String(row.session_id)));
    if (request !== undefined) yield request;
  }
}

function entryOf(row: Row): Json {
  const values = JSON.parse(String(row.picked)) as readonly Json[];
  const told = Object.fromEntries(wanted.map((path, index) => [path, values[index] ?? undefined]));
  const message = Object.fromEntries(
    Object.entries(told).flatMap(([path, value]) => (path.startsWith('message.') ? [[path.slice(8), value]] : [])),
  );
  return { type: told.type, timestamp: told.timestamp ?? (row.created_at as Json), usage: told.usage, message };
}

/** Sessions by their first entries, each looked up once a reading. */
function places(database: ReadOnlyDatabase): (session: string) => PiPlace {
  const known = new Map<string, PiPlace>();
  return (session) => {
    let place = known.get(session);
    if (place === undefined) {
      const head = first(
        database,
        `SELECT CASE WHEN json_valid(event_json) THEN json_extract(event_json, '$.type', '$.cwd', '$.timestamp') END AS head
         FROM transcript_events WHERE session_id = ? ORDER BY seq LIMIT 1`,
        session,
      )?.head;
      const [type, cwd, begun] = typeof head === 'string' ? (JSON.parse(head) as readonly Json[]) : [];
      place =
        type === 'session' ? { session, project: text(cwd), begun: time(begun) } : { session, project: undefined };
      known.set(session, place);
    }
    return place;
  };
}
