import type { UsageEvent } from '../usage/usage-event.ts';
import { count, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, type ReadOnlyDatabase, type Row, reader } from './reader.ts';
import { type SeenTotals, seenBefore, sessionTotal } from './session-totals.ts';

interface HermesCarry {
  readonly seen: SeenTotals;
  /** The latest change that was read, epoch seconds. */
  since: number;
}

const counts = ['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens', 'reasoning_tokens'];
const costs = ['actual_cost_usd', 'estimated_cost_usd'];
const route = ['model', 'billing_provider', 'billing_base_url', 'billing_mode', 'task'];
const byModel = ['session_id', 'first_seen', 'last_seen', ...route, ...counts, ...costs];
const bySession = ['started_at', 'ended_at', 'model', 'billing_provider', ...counts, ...costs];

/** Hermes Agent keeps a sum for each session and model in an SQLite database; until 2026 one for each session. */
export const hermes = reader<never, never, HermesCarry>({
  id: 'hermes',
  title: 'Hermes Agent',
  version: 1,
  evidence: 'source',
  note: 'Exact in sum. Only sums for each session and model are logged: what is added belongs to the time of the last change.',
  logs,
  database: {
    start: (_log, before) => ({ seen: seenBefore(field(before, 'seen')), since: 0 }),
    rows,
  },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const dir = slashed(env.HERMES_HOME || `${home}/.hermes`, platform);
  return [
    { dir, files: /^state\.db$/, kind: 'database', depth: 0 },
    { dir: `${dir}/profiles`, files: /^[^/]+\/state\.db$/, kind: 'database', depth: 1 },
  ];
}

function* rows(database: ReadOnlyDatabase, carry: HermesCarry, log: LogFile): Iterable<UsageEvent> {
  const sessions = database.columns('sessions');
  const models = database.columns('session_model_usage');
  if (!sessions.includes('id')) return;
  const hasModels = ['session_id', 'model', 'last_seen'].every((name) => models.includes(name));
  if (hasModels) {
    const { since } = carry;
    for (const row of database.rows(
      `SELECT ${chosen(models, 'usage', byModel)}, started_at, place FROM session_model_usage AS usage
       LEFT JOIN (SELECT id, ${chosen(sessions, 'sessions', ['started_at'])}, ${folder(sessions)} FROM sessions) ON id = session_id
       WHERE coalesce(last_seen, 0) >= ?`,
      since,
    )) {
      carry.since = Math.max(carry.since, Number(row.last_seen) || 0);
      yield* sumOf(row, carry, log);
    }
  }
  // Sessions from before sums were kept by model have theirs here alone.
  const older = hasModels ? 'WHERE id NOT IN (SELECT session_id FROM session_model_usage)' : '';
  for (const row of database.rows(
    `SELECT id AS session_id, ${chosen(sessions, 'sessions', bySession)}, ${folder(sessions)} FROM sessions ${older}`,
  ))
    yield* sumOf({ ...row, last_seen: row.ended_at ?? null }, carry, log);
}

/** Columns of a table; those that a version does not have are null. */
function chosen(columns: readonly string[], table: string, names: readonly string[]): string {
  return names.map((name) => (columns.includes(name) ? `${table}.${name}` : `NULL AS ${name}`)).join(', ');
}

function folder(sessions: readonly string[]): string {
  return sessions.includes('cwd') ? 'cwd AS place' : 'NULL AS place';
}

function sumOf(row: Row, { seen }: HermesCarry, log: LogFile): readonly UsageEvent[] {
  const of = (name: string) => count(row[name] as Json);
  const said = (name: string) => text(row[name] as Json);
  const began = time(row.first_seen as Json) ?? time(row.started_at as Json);
  const session = said('session_id');
  if (began === undefined || session === undefined) return [];
  const output = of('output_tokens');
  const cost = number(row.actual_cost_usd as Json) || number(row.estimated_cost_usd as Json) || 0;
  const total = {
    kind: 'usage',
    // Only one that is told without a model may get one later.
    key: `hermes:${session}:${row.task === undefined ? '' : route.map(said).join('|')}`,
    time: began,
    model: said('model') ?? 'unknown',
    provider: said('billing_provider'),
    tokens: {
      input: of('input_tokens'),
      output,
      cacheRead: of('cache_read_tokens'),
      cacheWrite5m: of('cache_write_tokens'),
      cacheWrite1h: 0,
      reasoning: Math.min(of('reasoning_tokens'), output),
    },
    session,
    project: said('place'),
    reportedUSD: cost > 0 ? cost : undefined,
  } as const;
  return sessionTotal(seen, total, time(row.last_seen as Json) ?? log.modified);
}
