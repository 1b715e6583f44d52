import type { UsageEvent } from '../usage/usage-event.ts';
import { count, number, time } from './json.ts';
import { asUtc } from './row-values.ts';

/** Who tells the requests of a usage file: what Cursor's own database tells of the same time is then left out. */
export const cursorAccount = 'cursor.com';

const wanted = {
  date: ['date'],
  model: ['model'],
  withWrite: ['input (w/ cache write)'],
  withoutWrite: ['input (w/o cache write)'],
  cacheRead: ['cache read'],
  output: ['output tokens', 'output'],
  cost: ['cost', 'api cost'],
} as const;

/**
 * The requests in the usage file (CSV) that a Cursor account offers for download; undefined where it is none. Columns are
 * known by their headings, which have changed; whose usage it was is not looked at.
 */
export function cursorUsageFile(csv: string): readonly UsageEvent[] | undefined {
  const [head = [], ...lines] = csvLines(csv.replace(/^\ufeff/, ''));
  const headings = head.map((heading) => heading.trim().toLowerCase());
  const column = (names: readonly string[]) => headings.findIndex((heading) => names.includes(heading));
  const places = Object.fromEntries(Object.entries(wanted).map(([name, names]) => [name, column(names)]));
  const needed = ['date', 'model', 'withWrite', 'withoutWrite', 'cacheRead', 'output'];
  if (needed.some((name) => (places[name] ?? -1) < 0)) return undefined;
  const seen = new Map<string, number>();
  return lines.flatMap((line) => {
    const of = (name: keyof typeof wanted) => line[places[name] ?? -1]?.trim();
    const event = requestOf(of);
    if (event === undefined) return [];
    // Two requests of one moment that are alike in all that a file tells.
    const n = seen.get(event.key) ?? 0;
    seen.set(event.key, n + 1);
    return [n === 0 ? event : { ...event, key: `${event.key}:${n}` }];
  });
}

function requestOf(of: (name: keyof typeof wanted) => string | undefined): UsageEvent | undefined {
  const counted = (name: keyof typeof wanted) => count(of(name)?.replaceAll(',', ''));
  const [written, made] = [of('date') ?? '', of('model') ?? ''];
  // A day alone: its noon is the same day nearly everywhere.
  const when = time(/^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T12:00:00Z` : asUtc(written));
  const input = counted('withoutWrite');
  const cacheWrite5m = Math.max(0, counted('withWrite') - input);
  const [cacheRead, output] = [counted('cacheRead'), counted('output')];
  if (when === undefined || input + cacheWrite5m + cacheRead + output === 0) return undefined;
  const cost = number(of('cost')?.replace(/[$,]/g, '')) ?? 0;
  return {
    kind: 'usage',
    key: `cursor:account:${when}:${made}:${input}:${cacheWrite5m}:${cacheRead}:${output}`,
    time: when,
    model: made === '' ? 'unknown' : made,
    provider: cursorAccount,
    tokens: { input, output, cacheRead, cacheWrite5m, cacheWrite1h: 0, reasoning: 0 },
    session: `${cursorAccount} ${new Date(when).toISOString().slice(0, 10)}`,
    reportedUSD: cost > 0 ? cost : undefined,
  };
}

/** The lines of a CSV text, each as its fields; a field in quotes may hold commas, line feeds and doubled quotes. */
function csvLines(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))[^,\r\n]*(,|\r?\n|\r|$)/g)) {
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
  }
  return lines;
}
