import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { count, field, type Json, text, time } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import type { Shape } from './pick.ts';
import { type LogPlace, type Machine, type ReadOnlyDatabase, reader } from './reader.ts';
import { newRows, type RowCursor, stands, startRows } from './row-cursor.ts';
import { countIn, textIn, timeIn } from './row-values.ts';

/** How often a request with the same counts was told before on a day, for the latest days. */
type Alike = Record<string, Record<string, number>>;

interface DatabaseCarry extends RowCursor {
  alike: Alike;
}

interface Told {
  readonly time: number | undefined;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly input: number;
  readonly output: number;
}

const daysKept = 3;
const shape: Shape = { timestamp: true, model: true, provider: true, promptTokens: true, generatedTokens: true };
const table = {
  table: 'tokens_generated',
  mark: 'id',
  select: 'model, provider, tokens_prompt, tokens_generated, timestamp',
};

/** Continue's development data: a line and a row a request, with counts that its own tokenizer made of the texts. */
export const continueDev = reader<Alike, never, DatabaseCarry>({
  id: 'continue',
  title: 'Continue',
  version: 1,
  evidence: 'source',
  note: 'Estimates by its own tokenizer; neither what was cached nor sessions nor projects are in its logs.',
  logs,
  lines: { needle: 'generatedTokens', shape, start: () => ({}), line },
  database: { start: () => ({ ...startRows(), alike: {} }), rows },
});

function logs(machine: Machine): readonly LogPlace[] {
  const named = foldersNamed(machine.env.CONTINUE_GLOBAL_DIR, machine);
  return [...new Set([`${dataFolders(machine).home}/.continue`, ...named])].flatMap((folder): LogPlace[] => [
    { dir: `${folder}/dev_data`, files: /^devdata\.sqlite$/, kind: 'database', depth: 0 },
    { dir: `${folder}/dev_data`, files: /^(?:\d[^/]*\/)?tokens_?[gG]enerated\.jsonl$/, kind: 'lines', depth: 1 },
  ]);
}

function line(value: Json, alike: Alike): readonly UsageEvent[] {
  return request(alike, {
    time: time(field(value, 'timestamp')),
    model: text(field(value, 'model')),
    provider: text(field(value, 'provider')),
    input: count(field(value, 'promptTokens')),
    output: count(field(value, 'generatedTokens')),
  });
}

function* rows(database: ReadOnlyDatabase, carry: DatabaseCarry): Iterable<UsageEvent> {
  const columns = database.columns(table.table);
  if (
    !['id', 'model', 'provider', 'tokens_prompt', 'tokens_generated', 'timestamp'].every((name) =>
      columns.includes(name),
    )
  )
    return;
  if (!stands(database, carry, table)) Object.assign(carry, startRows(), { alike: {} });
  for (const row of newRows(database, carry, table)) {
    yield* request(carry.alike, {
      time: timeIn(row, 'timestamp'),
      model: textIn(row, 'model'),
      provider: textIn(row, 'provider'),
      input: countIn(row, 'tokens_prompt'),
      output: countIn(row, 'tokens_generated'),
    });
  }
}

/**
 * The same request stands in both logs, under times that differ a little. So it is named by its day and counts, and by how
 * many there were before of that day and those counts.
 */
function request(alike: Alike, { time, model = 'unknown', provider, input, output }: Told): readonly UsageEvent[] {
  const tokens = { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  if (time === undefined || Math.abs(time) > 8.64e15 || totalTokens(tokens) === 0) return [];
  const day = new Date(time).toISOString().slice(0, 10);
  const name = `${day}:${provider ?? ''}:${model}:${input}:${output}`;
  alike[day] ??= {};
  const counts = alike[day];
  const n = counts[name] ?? 0;
  counts[name] = n + 1;
  const [oldest] = Object.keys(alike);
  if (Object.keys(alike).length > daysKept && oldest !== undefined) delete alike[oldest];
  return [
    {
      kind: 'usage',
      key: `continue:${name}:${n}`,
      time,
      model,
      provider,
      tokens,
      session: `development data of ${day}`,
      estimated: true,
    },
  ];
}
