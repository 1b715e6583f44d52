import type { TokenCounts, UsageEvent } from '../usage/usage-event.ts';
import { field, type Json, number, text } from './json.ts';
import { dataFolders } from './paths.ts';
import { type LogPlace, type Machine, type ReadOnlyDatabase, type Row, reader } from './reader.ts';
import { cell, countIn, textIn, timeIn } from './row-values.ts';
import { type SessionsCursor, sessionsSince, startSessions } from './session-rows.ts';
import { sessionTotal } from './session-totals.ts';
import { parseJson } from './vscode-data.ts';

const wanted = [
  'id',
  'working_dir',
  'created_at',
  'updated_at',
  'accumulated_total_tokens',
  'accumulated_input_tokens',
  'accumulated_output_tokens',
  'accumulated_cache_read_tokens',
  'accumulated_cache_write_tokens',
  'accumulated_cost',
  'provider_name',
  'model_config_json',
  'session_type',
];

/** Goose keeps sums of a session; the plain columns beside them tell of the last request alone. */
export const goose = reader<never, never, SessionsCursor>({
  id: 'goose',
  title: 'Goose',
  version: 1,
  evidence: 'source',
  note: 'Exact sums of a session, booked when they were seen to grow; cached tokens are told since 2026.',
  logs,
  database: { start: (_log, before) => startSessions(before), rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, xdg, own } = dataFolders(machine);
  const root = machine.env.GOOSE_PATH_ROOT;
  const folders = [
    `${xdg}/goose/sessions`,
    `${own}/goose/sessions`,
    `${own}/Block/goose/sessions`,
    `${own}/Block/goose/data/sessions`,
    `${home}/.local/share/Block/goose/sessions`,
    ...(root ? [`${root}/data/sessions`] : []),
  ];
  return [...new Set(folders)].map((dir) => ({ dir, files: /^sessions\.db$/, kind: 'database', depth: 0 }));
}

function* rows(database: ReadOnlyDatabase, cursor: SessionsCursor): Iterable<UsageEvent> {
  for (const row of sessionsSince(database, cursor, { table: 'sessions', changed: 'updated_at', wanted })) {
    const [id, created, updated] = [textIn(row, 'id'), timeIn(row, 'created_at'), timeIn(row, 'updated_at')];
    if (id === undefined || created === undefined) continue;
    const subagent = textIn(row, 'session_type') === 'sub_agent';
    const total = {
      kind: 'usage',
      key: `goose:${id}`,
      time: created,
      model: modelOf(row) ?? 'unknown',
      provider: textIn(row, 'provider_name'),
      tokens: tokensOf(row),
      session: id,
      project: textIn(row, 'working_dir'),
      subagent: subagent || undefined,
      reportedUSD: Math.max(number(cell(row, 'accumulated_cost')) ?? 0, 0),
    } as const;
    yield* sessionTotal(cursor.seen, total, updated ?? created);
  }
}

function modelOf(row: Row): string | undefined {
  const config: Json | undefined = parseJson(textIn(row, 'model_config_json'));
  return text(field(config, 'model_name')) ?? text(field(config, 'model'));
}

/** The input holds what is cached, unless the total shows that it is beside it. What else the total holds was thinking. */
function tokensOf(row: Row): TokenCounts {
  const of = (name: string) => countIn(row, `accumulated_${name}`);
  const [all, output, total] = [of('input_tokens'), of('output_tokens'), of('total_tokens')];
  const [cacheRead, cacheWrite5m] = [of('cache_read_tokens'), of('cache_write_tokens')];
  const cached = cacheRead + cacheWrite5m;
  const beside = all < cached || (cached > 0 && total === all + output + cached);
  const reasoning = beside ? 0 : Math.max(0, total - all - output);
  return {
    input: beside ? all : all - cached,
    output: output + reasoning,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
    reasoning,
  };
}
