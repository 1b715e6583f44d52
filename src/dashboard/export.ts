import { pricesVersion } from '../pricing/price-list.ts';
import { csvCells } from '../usage/csv.ts';
import { dayName } from './clock.ts';
import { EVENTS } from './cube.ts';
import { type Figures, periodOf, selected } from './figures.ts';
import type { Amounts } from './protocol/amounts.ts';
import type { Scope } from './protocol/scope.ts';
import { ranked } from './ranking.ts';
import { visit } from './selection.ts';
import { addTo, amountsAt, sumTable } from './sum-table.ts';

/** What one model of a tool came to on a day, on a branch of a project. */
interface ExportRow {
  readonly day: string;
  readonly tool: string;
  readonly model: string;
  readonly project: string;
  readonly branch: string;
  readonly requests: number;
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly reasoning: number;
  readonly tokens: number;
  /** Unrounded; null where nothing is priced. */
  readonly costUSD: number | null;
  readonly unpricedTokens: number;
  readonly estimatedTokens: number;
}

const columns = [
  ...(['day', 'tool', 'model', 'project', 'branch', 'requests', 'input', 'output', 'cacheWrite', 'cacheRead'] as const),
  ...(['reasoning', 'tokens', 'costUSD', 'unpricedTokens', 'estimatedTokens'] as const),
] satisfies readonly (keyof ExportRow)[];

/** The whole scope as CSV (RFC 4180, with a head line), or as one JSON object with its `rows`. */
export function exportText(figures: Figures, scope: Scope, format: 'csv' | 'json'): string {
  const rows = exportRows(figures, scope);
  if (format === 'csv') {
    return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
      .map((cells) => `${csvCells(cells)}\r\n`)
      .join('');
  }
  const { view } = periodOf(figures, scope.period);
  const { settings, clock } = figures;
  const frame = { since: view.since, until: view.until, timezone: clock.zone.name, costSource: settings.costSource };
  return `${JSON.stringify({ ...frame, pricesVersion, filter: scope.filter, rows }, undefined, 1)}\n`;
}

/** By day; within a day the largest first. */
function exportRows(figures: Figures, scope: Scope): readonly ExportRow[] {
  const { cube, names, clock, settings } = figures;
  const rows: ExportRow[] = [];
  let day = Number.NaN;
  let numbers = new Map<number, number>();
  let keys: (readonly [tool: number, model: number, branch: number])[] = [];
  let sums = sumTable(0);
  const endDay = (): void => {
    for (const group of ranked({ ...sums, groups: keys.length })) {
      const [tool, model, branch] = keys[group] ?? [0, 0, 0];
      rows.push({
        day: dayName(day),
        tool: names.tools[tool] ?? '',
        model: names.models[model] ?? '',
        ...(names.branches[branch] ?? { project: '', branch: '' }),
        ...measures(amountsAt(sums, group, settings.costSource)),
      });
    }
    numbers = new Map();
    keys = [];
    sums = sumTable(64);
  };
  visit(
    cube,
    periodOf(figures, scope.period),
    selected(figures, scope.filter),
    (quarter, series, origin, values, place) => {
      if ((values[place + EVENTS] as number) <= 0) return;
      const on = clock.dayOf(quarter);
      if (on !== day) {
        endDay();
        day = on;
      }
      const tool = names.toolOf[origin] as number;
      const model = names.series[series]?.modelIndex ?? 0;
      const branch = names.branchOf[origin] as number;
      const key = (branch * names.models.length + model) * names.tools.length + tool;
      let number = numbers.get(key);
      if (number === undefined) {
        number = keys.push([tool, model, branch]) - 1;
        numbers.set(key, number);
        if (number >= sums.groups) sums = grown(sums);
      }
      addTo(sums, number, values, place);
    },
  );
  endDay();
  return rows;
}

function grown({ groups, data }: ReturnType<typeof sumTable>): ReturnType<typeof sumTable> {
  const larger = sumTable(groups * 2);
  larger.data.set(data);
  return larger;
}

function measures(amounts: Amounts): Omit<ExportRow, 'day' | 'tool' | 'model' | 'project' | 'branch'> {
  const { requests, input, output, cacheWrite, cacheRead, reasoning, tokens, unpricedTokens, estimatedTokens } =
    amounts;
  const costUSD = amounts.costNanoUSD === null ? null : amounts.costNanoUSD / 1e9;
  return {
    requests,
    input,
    output,
    cacheWrite,
    cacheRead,
    reasoning,
    tokens,
    costUSD,
    unpricedTokens,
    estimatedTokens,
  };
}
