import { type EventsCarry, eventLine } from './copilot-cli-events.ts';
import { field, time } from './json.ts';
import type { LogFile, ReadOnlyDatabase, Row } from './reader.ts';
import { first } from './row-cursor.ts';
import { timeIn } from './row-values.ts';
import { parseJson } from './vscode-data.ts';

/** A session asks a model soon after it has begun; one that did not was begun before there was a database. */
const soonMs = 600_000;

/**
 * How many sums of a session and model are older than what the database has of the session: those stand. `row` is the
 * session's first row of this reading, and its very first one where the reading began at the start.
 */
export function sumsBefore(
  database: ReadOnlyDatabase,
  log: LogFile,
  fromStart: boolean,
): (session: string, begun: number | undefined, row: Row) => Readonly<Record<string, number>> {
  const known = new Map<string, Readonly<Record<string, number>>>();
  const sql = 'SELECT created_at FROM assistant_usage_events WHERE session_id = ? ORDER BY rowid LIMIT 1';
  return (session, begun, row) => {
    let sums = known.get(session);
    if (sums === undefined) {
      const firstRow = fromStart ? row : first(database, sql, session);
      const stored = firstRow && timeIn(firstRow, 'created_at');
      const late = stored !== undefined && begun !== undefined && stored - begun > soonMs;
      sums = late ? sumsUntil(session, stored, log) : {};
      known.set(session, sums);
    }
    return sums;
  };
}

/** The sums in a session's own events, up to a time. */
function sumsUntil(session: string, until: number, log: LogFile): Readonly<Record<string, number>> {
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const carry: EventsCarry = { session, sums: {} };
  for (const line of (log.read(`${folder}/session-state/${session}/events.jsonl`) ?? '').split('\n')) {
    if (!line.includes('session.shutdown')) continue;
    const value = parseJson(line);
    const ended = time(field(value, 'timestamp'));
    if (value !== undefined && ended !== undefined && ended < until) for (const _ of eventLine(value, carry));
  }
  return carry.sums;
}
