import type { Report } from '../stats/report.ts';
import { csvCells } from '../usage/csv.ts';
import { measureNames, measuresOf } from './report-json.ts';

/** The report's rows as CSV with a header; no totals, so that a column may be summed. A missing price is an empty field. */
export function reportCSV(report: Report, cost: boolean): string {
  const lines = report.rows.map((row) => {
    const measures = measuresOf(row.sums, cost);
    return [...row.keys, ...measureNames.map((name) => measures[name] ?? null)];
  });
  return [[...report.by, ...measureNames], ...lines].map(csvCells).join('\n');
}
