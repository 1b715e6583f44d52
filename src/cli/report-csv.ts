import type { Report } from '../stats/report.ts';
import { measureNames, measuresOf } from './report-json.ts';

/** The report's rows as CSV with a header; no totals, so that a column may be summed. A missing price is an empty field. */
export function reportCSV(report: Report, cost: boolean): string {
  const lines = report.rows.map((row) => {
    const measures = measuresOf(row.sums, cost);
    return [...row.keys, ...measureNames.map((name) => measures[name] ?? '')];
  });
  return [[...report.by, ...measureNames], ...lines].map((fields) => fields.map(quoted).join(',')).join('\n');
}

function quoted(field: string | number): string {
  const text = String(field);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
