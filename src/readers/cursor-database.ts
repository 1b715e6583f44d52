import type { UsageEvent } from '../usage/usage-event.ts';
import { count, type Json, text, time } from './json.ts';
import type { ReadOnlyDatabase } from './reader.ts';
import { first, newRows, type RowCursor } from './row-cursor.ts';
import { takenBack } from './taken-back.ts';

/** A value is JSON, mostly as a blob. One that is larger is never a message. */
const mostBytes = 8_000_000;
const fields = {
  message: [
    'tokenCount.inputTokens',
    'tokenCount.outputTokens',
    'createdAt',
    'timingInfo.clientStartTime',
    'modelInfo.modelName',
  ],
  conversation: [
    'createdAt',
    'modelConfig.modelName',
    'workspaceIdentifier.uri.fsPath',
    'workspaceIdentifier.uri.path',
    'contextTokensUsed',
    'promptTokenBreakdown.totalUsedTokens',
  ],
} as const;

/** What a conversation tells of itself, by the names of its fields. */
type Told = Readonly<Record<string, Json | undefined>>;

/**
 * The messages that are new or were written anew: each writing gives a key's row a new place behind all others. Newer versions
 * write no counts, only the size of a conversation so far, which counts once, as an estimate of what was sent.
 */
export function* rows(database: ReadOnlyDatabase, cursor: RowCursor): Iterable<UsageEvent> {
  const columns = database.columns('cursorDiskKV');
  if (!columns.includes('key') || !columns.includes('value')) return;
  const conversation = conversations(database);
  // A sign before the key keeps SQLite from walking its index instead of the new rows.
  const found = newRows(database, cursor, {
    table: 'cursorDiskKV',
    mark: 'key',
    select: `key, CASE WHEN key < 'c' THEN ${picked(fields.message)} END AS message`,
    where: `(+key >= 'bubbleId:' AND +key < 'bubbleId;') OR (+key >= 'composerData:' AND +key < 'composerData;')`,
  });
  for (const row of found) {
    const [kind, id = '', message = ''] = String(row.key).split(':');
    if (id === '') continue;
    if (kind === 'composerData') {
      yield* sizeOf(id, conversation(id));
    } else {
      const told = valuesOf(row.message, fields.message);
      if (told !== undefined) yield* messageOf(id, message, told, conversation);
    }
  }
}

function* messageOf(
  session: string,
  message: string,
  told: Told,
  conversation: (id: string) => Told,
): Iterable<UsageEvent> {
  const [input, output] = [count(told['tokenCount.inputTokens']), count(told['tokenCount.outputTokens'])];
  if (input + output === 0) return;
  const about = conversation(session);
  const made = time(told.createdAt) ?? time(told['timingInfo.clientStartTime']) ?? time(about.createdAt);
  if (made === undefined) return;
  const event: UsageEvent = {
    kind: 'usage',
    key: `cursor:${session}:${message}`,
    time: made,
    model: text(told['modelInfo.modelName']) ?? text(about['modelConfig.modelName']) ?? 'unknown',
    tokens: { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 },
    rank: input + output,
    session,
    project: projectOf(about),
  };
  yield event;
  yield takenBack(sizeKey(session), event);
}

function* sizeOf(session: string, about: Told): Iterable<UsageEvent> {
  const input = count(about.contextTokensUsed) || count(about['promptTokenBreakdown.totalUsedTokens']);
  const made = time(about.createdAt);
  if (input === 0 || made === undefined) return;
  yield {
    kind: 'usage',
    key: sizeKey(session),
    time: made,
    model: text(about['modelConfig.modelName']) ?? 'unknown',
    tokens: { input, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 },
    rank: input,
    session,
    project: projectOf(about),
    estimated: true,
  };
}

function sizeKey(session: string): string {
  return `cursor:${session}:size`;
}

function projectOf(about: Told): string | undefined {
  return text(about['workspaceIdentifier.uri.fsPath']) ?? text(about['workspaceIdentifier.uri.path']);
}

/** Looks conversations up, each once a reading. */
function conversations(database: ReadOnlyDatabase): (id: string) => Told {
  const known = new Map<string, Told>();
  return (id) => {
    let told = known.get(id);
    if (told === undefined) {
      const sql = `SELECT ${picked(fields.conversation)} AS told FROM cursorDiskKV WHERE key = ?`;
      told = valuesOf(first(database, sql, `composerData:${id}`)?.told, fields.conversation) ?? {};
      known.set(id, told);
    }
    return told;
  };
}

/** SQL for some fields of a value, as one JSON array: nothing else of it is handed over. */
function picked(names: readonly string[]): string {
  const paths = names.map((name) => `'$.${name}'`).join(', ');
  const written = 'CAST(value AS TEXT)';
  return `CASE WHEN octet_length(value) <= ${mostBytes} THEN CASE WHEN json_valid(${written}) THEN json_extract(${written}, ${paths}) END END`;
}

function valuesOf(picked: unknown, names: readonly string[]): Told | undefined {
  if (typeof picked !== 'string') return undefined;
  const values = JSON.parse(picked) as readonly Json[];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? undefined]));
}
