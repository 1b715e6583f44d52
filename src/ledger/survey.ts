import { existsSync } from 'node:fs';
import type { AnyReader, LogKind, Machine } from '../readers/reader.ts';
import { quarterMs } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { reading } from './damage.ts';
import { type FindProblem, logsIn } from './find-logs.ts';
import type { Ledger } from './ledger.ts';
import { textOf } from './log-file.ts';
import { logTable } from './log-table.ts';

/** A place that was looked at. */
export interface PlaceSurvey {
  readonly dir: string;
  readonly kind: LogKind;
  readonly exists: boolean;
  readonly files: number;
  readonly bytes: number;
}

/** All that is known of a tool on this machine. */
export interface ToolSurvey {
  readonly tool: ToolId;
  readonly title: string;
  /** Whether its counts are exact, and what is not in its logs. */
  readonly note: string;
  readonly places: readonly PlaceSurvey[];
  /** Requests and tokens in the ledger. */
  readonly events: number;
  readonly tokens: number;
  readonly firstTime: number | undefined;
  readonly lastTime: number | undefined;
  /** Logs that were read and are no longer there; what they held is kept. */
  readonly gone: number;
  /** What was passed over, why, how often, and in which log for example. */
  readonly skipped: readonly { readonly reason: string; readonly count: number; readonly example: string }[];
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  /** Requests with an absurd date, which are in no total. */
  readonly aside: number;
}

/** Says for each tool which places were looked at, what was found and what was made of it. */
export function survey(ledger: Ledger, machine: Machine, readers: readonly AnyReader[]): readonly ToolSurvey[] {
  return reading(ledger, () => surveyTools(ledger, machine, readers));
}

function surveyTools(ledger: Ledger, machine: Machine, readers: readonly AnyReader[]): readonly ToolSurvey[] {
  const known = Map.groupBy(logTable(ledger.database).all(), ({ tool }) => tool);
  const totals = totalsIn(ledger);
  return readers.map((reader) => {
    const { id: tool, title, note } = reader;
    const problems: FindProblem[] = [];
    const paths = new Set<string>();
    const places = reader.logs(machine, textOf).map(({ dir, kind, ...rest }): PlaceSurvey => {
      const logs = logsIn({ dir, kind, ...rest }, tool, (problem) => problems.push(problem));
      for (const { path } of logs) paths.add(path);
      const bytes = logs.reduce((sum, { size }) => sum + size, 0);
      return { dir, kind, exists: existsSync(dir), files: logs.length, bytes };
    });
    const logs = known.get(tool) ?? [];
    const skipped = new Map<string, { reason: string; count: number; example: string }>();
    for (const { path, skipped: reasons, problem } of logs) {
      if (problem !== undefined && paths.has(path)) problems.push({ tool, path, reason: problem });
      for (const [reason, count] of Object.entries(reasons)) {
        const before = skipped.get(reason) ?? { reason, count: 0, example: path };
        skipped.set(reason, { ...before, count: before.count + count });
      }
    }
    return {
      tool,
      title,
      note,
      places,
      ...(totals.get(tool) ?? nothing),
      gone: logs.filter(({ path }) => !paths.has(path)).length,
      skipped: [...skipped.values()],
      problems,
    };
  });
}

type Totals = Pick<ToolSurvey, 'events' | 'tokens' | 'firstTime' | 'lastTime' | 'aside'>;

const nothing: Totals = { events: 0, tokens: 0, firstTime: undefined, lastTime: undefined, aside: 0 };

/** What the ledger holds of each tool. */
function totalsIn({ database }: Ledger): ReadonlyMap<string, Totals> {
  const totals = new Map<string, Totals>();
  const sums = database.prepare(
    `SELECT tool, total(events) AS events, total(tokens) AS tokens, min(first) AS first, max(last) AS last
     FROM (SELECT series, total(events) AS events, min(quarter) AS first, max(quarter) AS last,
       total(input + output + cache_read + cache_write_5m + cache_write_1h) AS tokens FROM model_tally GROUP BY series)
     JOIN series ON series.id = series GROUP BY tool`,
  );
  for (const { tool, events, tokens, first, last } of sums.all()) {
    const [firstTime, lastTime] = [Number(first) * quarterMs, Number(last) * quarterMs];
    totals.set(String(tool), { events: Number(events), tokens: Number(tokens), firstTime, lastTime, aside: 0 });
  }
  const aside = database.prepare(
    'SELECT tool, count(*) AS n FROM event JOIN series ON series.id = event.series WHERE aside = 1 GROUP BY tool',
  );
  for (const { tool, n } of aside.all()) {
    totals.set(String(tool), { ...(totals.get(String(tool)) ?? nothing), aside: Number(n) });
  }
  return totals;
}
