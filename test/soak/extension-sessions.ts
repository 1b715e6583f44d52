import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expectedOf } from '../readers/fixture-cases.ts';
import type { ModelTotals } from '../readers/home-usage.ts';

/** A file as a tool would write it. */
export interface SessionFile {
  /** Below the home. */
  readonly path: string;
  /** Lines are appended, statements run in a database, a document is replaced. */
  readonly kind: 'lines' | 'statements' | 'document';
  readonly text: string;
}

/** Work with a tool as one of the readers' fixtures has it, and what it comes to. */
export interface Sample {
  readonly tool: string;
  readonly name: string;
  readonly files: readonly SessionFile[];
  /** By tool. */
  readonly totals: Readonly<Record<string, ModelTotals>>;
  /** What is another one in each copy, as are all UUIDs. */
  readonly ids: ReadonlySet<string>;
  /** The instants that it tells, epoch milliseconds, in order. */
  readonly times: readonly number[];
}

const fixtures = join(import.meta.dirname, '../fixtures');
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const idOfJson = /"(?:\w*[iI]d|ID|\w*_id|parent|uuid|parentUuid|responseId|name)"\s*:\s*"([^"\\\s/]+)"/g;
const idOfRow = /VALUES\s*\('([^'\s]+)'/g;
const quoted = /(["'])([^"'\s\\]+)\1/g;
const instant = /\b(202[4-6]-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?/g;
const epoch = /\b(1[67]\d{8})(\d{3})?\b(?!-)/g;
/** Some tools tell whole seconds only. */
const stepMs = 1000;

/** Reads a fixture as a sample. */
export function sampleOf(tool: string, name: string): Sample {
  const home = join(fixtures, tool, name, 'home');
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path): SessionFile => {
      const kind = path.endsWith('.sql') ? 'statements' : path.endsWith('.jsonl') ? 'lines' : 'document';
      return { path: relative(home, path), kind, text: readFileSync(path, 'utf8') };
    });
  const texts = files.map(({ text }) => text);
  const ids = texts.flatMap((text) => [
    ...Array.from(text.matchAll(idOfJson), ([, id = '']) => id),
    ...Array.from(text.matchAll(idOfRow), ([, id = '']) => id),
  ]);
  const times = texts.flatMap((text) => [
    ...Array.from(text.matchAll(instant), ([whole]) => timeOf(whole)),
    ...Array.from(text.matchAll(epoch), ([, seconds, rest = '000']) => Number(`${seconds}${rest}`)),
  ]);
  const ordered = [...new Set(times)].sort((a, b) => a - b);
  return {
    tool,
    name,
    files,
    totals: totalsOf(tool, name),
    ids: new Set(ids.filter((id) => !id.match(uuid))),
    times: ordered,
  };
}

/** The same work once more, under other ids: its instants follow each other from `start` on, epoch milliseconds. */
export function copyOf(sample: Sample, copy: string, start: number): readonly SessionFile[] {
  const { files, ids, times } = sample;
  const moved = new Map(times.map((time, i) => [time, start + i * stepMs]));
  const renamed = (id: string): string => `${id}${copy}`;
  function otherUuid(id: string): string {
    const digits = createHash('sha256').update(`${copy} ${id}`).digest('hex');
    return id.replaceAll(/[0-9a-f]/g, (_, at: number) => (at === 14 ? (id[at] ?? '') : (digits[at] ?? '0')));
  }
  const inText = (text: string): string =>
    text
      .replaceAll(uuid, otherUuid)
      .replaceAll(quoted, (whole, quote: string, word: string) =>
        ids.has(word) ? `${quote}${renamed(word)}${quote}` : whole,
      )
      .replaceAll(instant, (whole, _day, between: string, _time, fraction = '', zone = '') => {
        const iso = new Date(moved.get(timeOf(whole)) ?? start).toISOString();
        const zeros = '.000000000'.slice(0, fraction.length);
        return [iso.slice(0, 10), between, iso.slice(11, 19), zeros, /^[+-]/.test(zone) ? '+00:00' : zone].join('');
      })
      .replaceAll(epoch, (whole, seconds: string, rest: string | undefined) => {
        const time = moved.get(Number(`${seconds}${rest ?? '000'}`));
        return time === undefined ? whole : String(rest === undefined ? time / 1000 : time);
      });
  const inPath = (path: string): string =>
    path
      .replaceAll(uuid, otherUuid)
      .split('/')
      .map((part) => {
        const [stem = '', ...endings] = part.split('.');
        return ids.has(stem) ? [renamed(stem), ...endings].join('.') : part;
      })
      .join('/');
  return files.map(({ path, kind, text }) => ({ path: inPath(path), kind, text: inText(text) }));
}

function timeOf(text: string): number {
  const [, day, , time, fraction = '', zone = 'Z'] = [...text.matchAll(instant)][0] ?? [];
  return Date.parse(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
}

function totalsOf(tool: string, name: string): Record<string, ModelTotals> {
  const expected = expectedOf(tool, name) as Record<string, Record<string, ModelTotals>>;
  return Object.fromEntries(
    Object.entries(expected).map(([of, models]) => [of, Object.values(models).reduce(addTotals, nothing)]),
  );
}

export const nothing: ModelTotals = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, events: 0 };

export function addTotals(a: ModelTotals, b: ModelTotals): ModelTotals {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    reasoning: a.reasoning + b.reasoning,
    events: a.events + b.events,
  };
}
