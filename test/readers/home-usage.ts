import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Json } from '../../src/readers/json.ts';
import { pick } from '../../src/readers/pick.ts';
import type { AnyReader, LogFile, Machine, ReadOnlyDatabase, Row } from '../../src/readers/reader.ts';
import { totalTokens, type UsageEvent } from '../../src/usage/usage-event.ts';

/** Totals of a model as `expected.json` writes them. */
export interface ModelTotals {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  reasoning: number;
  events: number;
}

/** What a reader finds in a home; it may be read again, and then goes on where it stood. */
export interface HomeUsage {
  /** Reads what is new; the records that the reader gave. */
  read(): readonly UsageEvent[];
  /** The requests known so far, each once, by time. */
  requests(): readonly UsageEvent[];
  /** Their sums by tool and model. */
  totals(): Record<string, Record<string, ModelTotals>>;
}

export function homeUsage(reader: AnyReader, home: string, rest: Partial<Machine> = {}): HomeUsage {
  const carries = new Map<string, unknown>();
  const offsets = new Map<string, number>();
  const records = new Map<string, UsageEvent[]>();

  function* readPlace(place: ReturnType<AnyReader['logs']>[number]): Iterable<UsageEvent | { kind: 'limit' }> {
    for (const relativePath of names(place.dir, true).sort()) {
      if (!place.files.test(relativePath)) continue;
      const log = logFile(place.dir, relativePath);
      const format = reader[place.kind];
      if (format === undefined) throw new Error(`${reader.id} does not read ${place.kind}`);
      if (!carries.has(log.path)) carries.set(log.path, format.start(log));
      const carry = JSON.parse(JSON.stringify(carries.get(log.path)));
      if (place.kind === 'lines') yield* readLines(log, carry);
      else if (place.kind === 'document') {
        const bytes = readFileSync(log.path);
        const found = pick(bytes, 0, bytes.length, reader.document?.shape ?? {});
        if (found !== undefined) yield* reader.document?.document(found.value, carry, log) ?? [];
      } else yield* readDatabase(log, carry);
      carries.set(log.path, carry);
    }
  }

  function* readLines(log: LogFile, carry: unknown): Iterable<UsageEvent | { kind: 'limit' }> {
    const bytes = readFileSync(log.path);
    let start = offsets.get(log.path) ?? 0;
    for (let end = bytes.indexOf('\n', start); end >= 0; start = end + 1, end = bytes.indexOf('\n', start)) {
      const found = pick(bytes, start, end, reader.lines?.shape ?? {});
      if (found !== undefined) yield* reader.lines?.line(found.value as Json, carry, log, start) ?? [];
    }
    offsets.set(log.path, start);
  }

  function* readDatabase(log: LogFile, carry: unknown): Iterable<UsageEvent | { kind: 'limit' }> {
    const database = new DatabaseSync(log.path, { readOnly: true });
    try {
      yield* reader.database?.rows(readOnly(database), carry, log) ?? [];
    } finally {
      database.close();
    }
  }

  const requests = () =>
    [...records.values()]
      .map(merged)
      .filter(({ tokens }) => totalTokens(tokens) > 0)
      .sort((a, b) => a.time - b.time);

  return {
    read() {
      const found = reader
        .logs({ home, platform: 'linux', env: {}, ...rest }, textOf)
        .flatMap((place) => [...readPlace(place)])
        .filter((finding) => finding.kind === 'usage');
      for (const event of found) records.set(event.key, [...(records.get(event.key) ?? []), event]);
      return found;
    },
    requests,
    totals() {
      const totals: Record<string, ModelTotals> = {};
      for (const { model, tokens } of requests()) {
        totals[model] ??= { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, events: 0 };
        const sums = totals[model];
        sums.input += tokens.input;
        sums.output += tokens.output;
        sums.cacheRead += tokens.cacheRead;
        sums.cacheWrite += tokens.cacheWrite5m + tokens.cacheWrite1h;
        sums.reasoning += tokens.reasoning;
        sums.events++;
      }
      return { [reader.id]: totals };
    },
  };
}

/** The counts of the highest rank, which must not depend on an order; the origin of the earliest record that is no copy. */
function merged(records: readonly UsageEvent[]): UsageEvent {
  const best = records.reduce((a, b) => ((b.rank ?? 0) >= (a.rank ?? 0) ? b : a));
  for (const { rank, tokens } of records) if (rank === best.rank) assert.deepEqual(tokens, best.tokens, best.key);
  const owner = records.reduce((a, b) => (Number(b.copy ?? false) < Number(a.copy ?? false) ? b : a));
  const { session, project, branch, subagent, copy } = owner;
  return { ...best, session, project, branch, subagent, copy, time: Math.min(...records.map(({ time }) => time)) };
}

function logFile(dir: string, relativePath: string): LogFile {
  return {
    path: `${dir}/${relativePath}`,
    relativePath,
    dir,
    modified: Math.round(statSync(`${dir}/${relativePath}`).mtimeMs),
    read: textOf,
    list: (path) => names(path, false).sort(),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function names(dir: string, recursive: boolean): string[] {
  try {
    return readdirSync(dir, { recursive, encoding: 'utf8' }).map((name) => join(name).replaceAll('\\', '/'));
  } catch {
    return [];
  }
}

function readOnly(database: DatabaseSync): ReadOnlyDatabase {
  return {
    columns: (table) =>
      database
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(({ name }) => String(name)),
    *rows(sql, ...parameters) {
      yield* database.prepare(sql).iterate(...parameters) as Iterable<Row>;
    },
    unpacked: () => undefined,
  };
}
