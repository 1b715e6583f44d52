import { field, type Json, number, text } from '../../src/readers/json.ts';
import { type AnyReader, type Machine, reader } from '../../src/readers/reader.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { noon } from './log-lines.ts';

/** A request as the toy tool logs it. */
export interface ToyRequest {
  readonly key: string;
  readonly output?: number | undefined;
  readonly time?: number | undefined;
  readonly model?: string | undefined;
}

/** A line of a toy log, line feed included. */
export function toyLine({ key, output = 100, time = noon, model = 'gpt-5.1' }: ToyRequest): string {
  return `${JSON.stringify({ key, output, time, model })}\n`;
}

interface ToyOptions {
  readonly version?: number;
  /** Told of every log of lines that is read from its start. */
  readonly onStart?: (path: string) => void;
  /** Told of every line before it is taken. */
  readonly onLine?: (key: string) => void;
  /** What this version makes of a request; nothing where it takes it for none. */
  readonly understands?: (event: UsageEvent) => UsageEvent | undefined;
}

/** A reader for the made-up logs in `~/toy`, for tests of what readers and logs can do to the ledger. */
export function toyReader({
  version = 1,
  onStart,
  onLine,
  understands = (event) => event,
}: ToyOptions = {}): AnyReader {
  return reader<object, object, { after: number }>({
    id: 'grok',
    title: 'Toy',
    version,
    evidence: 'log',
    note: 'Made up.',
    logs: ({ home }: Machine) => [
      { dir: `${home}/toy`, files: /\.jsonl$/, kind: 'lines' },
      { dir: `${home}/toy`, files: /\.json$/, kind: 'document' },
      { dir: `${home}/toy`, files: /\.db$/, kind: 'database' },
    ],
    lines: {
      shape: { key: true, output: true, time: true, model: true },
      start({ path }) {
        onStart?.(path);
        return {};
      },
      *line(value) {
        onLine?.(text(field(value, 'key')) ?? '');
        const event = understands(eventOf(value));
        if (event !== undefined) yield event;
      },
    },
    document: {
      shape: { requests: { key: true, output: true, time: true, model: true } },
      start: () => ({}),
      *document(value) {
        const list = field(value, 'requests');
        for (const request of Array.isArray(list) ? (list as readonly Json[]) : []) {
          const event = understands(eventOf(request));
          if (event !== undefined) yield event;
        }
      },
    },
    database: {
      start: () => ({ after: 0 }),
      *rows(database, carry) {
        for (const row of database.rows(
          'SELECT rowid AS id, * FROM request WHERE rowid > ? ORDER BY rowid',
          carry.after,
        )) {
          carry.after = Number(row.id);
          const event = understands(eventOf(row as unknown as Json));
          if (event !== undefined) yield event;
        }
      },
    },
  });
}

function eventOf(value: Json): UsageEvent {
  const key = text(field(value, 'key')) ?? '';
  return {
    kind: 'usage',
    key: `toy:${key}`,
    time: number(field(value, 'time')) ?? Number.NaN,
    model: text(field(value, 'model')) ?? 'unknown',
    session: 'toy',
    tokens: {
      input: 0,
      output: number(field(value, 'output')) ?? 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      reasoning: 0,
    },
  };
}
