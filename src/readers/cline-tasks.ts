import type { TokenCounts, UsageEvent } from '../usage/usage-event.ts';
import { totalTokens } from '../usage/usage-event.ts';
import { type ModelMark, modelBefore, modelMarks, taskFolder } from './cline-companions.ts';
import { count, elements, field, type Json, number, text, time } from './json.ts';
import type { Shape } from './pick.ts';
import type { DocumentFormat, LogFile } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** What the last version of a task's messages told. */
export interface TaskCarry {
  project?: string | undefined;
  /** Model and provider of requests whose messages do not tell them. */
  models: Record<string, readonly [string, string | null]>;
  /** The counts of every message: a person may take the task back to an earlier one. */
  seen: Record<string, Counts>;
  /** The sum of what went from the file and no message has made up for yet. */
  gone: Counts;
  /** What messages about deleted requests repeat of requests that were counted before. */
  repeated: Record<string, Counts>;
}

/** Input, output, cache writes, cache reads and USD, as a message tells them. */
type Counts = readonly [number, number, number, number, number];

/** How one of the extensions that came from Cline differs from the others. */
export interface TaskDialect {
  /** Before all keys. */
  readonly name: string;
  /** Whether the input that is told holds what was read from and written to a cache. */
  readonly cacheIsInside: (provider: string | undefined) => boolean;
  /** Whether people took tasks along to it from the extension that gave its keys their name: those stay that one's. */
  readonly heir?: boolean;
}

interface Told {
  readonly id: string;
  readonly time: number;
  readonly say: string;
  readonly counts: Counts;
  readonly model: string | undefined;
  readonly provider: string | undefined;
}

export const messageShape = { ts: true, say: true, text: true, modelInfo: true } as const satisfies Shape;

const zero: Counts = [0, 0, 0, 0, 0];

/** Messages that sum up requests which a person deleted by going back. */
const deletions = new Set(['deleted_api_reqs', 'api_req_deleted']);
/** Messages that tell of tokens: a request (the first versions counted it when it had finished), or a sum of several. */
const says = new Set(['api_req_started', 'api_req_finished', 'subagent_usage', ...deletions]);

/** `tasks/<task>/ui_messages.json`, which is written anew with each message. */
export function taskFormat(dialect: TaskDialect): DocumentFormat<TaskCarry> {
  return {
    shape: messageShape,
    start: () => ({ models: {}, seen: {}, gone: zero, repeated: {} }),
    document: (value, carry, log) => taskEvents(value, carry, log, dialect),
  };
}

export function* taskEvents(value: Json, carry: TaskCarry, log: LogFile, dialect: TaskDialect): Iterable<UsageEvent> {
  const task = log.path.split('/').at(-2) ?? log.relativePath;
  const messages = elements(value).filter((message) => says.has(text(field(message, 'say')) ?? ''));
  const told = messages.flatMap((message) => readMessage(message, carry));
  carry.project ??= taskFolder(task, log);
  noteDeletions(told, carry);
  let marks: readonly ModelMark[] | undefined;
  for (const [index, one] of told.entries()) {
    const counts = subtract(one.counts, carry.repeated[one.id] ?? zero);
    const known = carry.models[one.id];
    let [model, provider] = [one.model ?? known?.[0], one.provider ?? known?.[1] ?? undefined];
    if (model === undefined && counts.some((part) => part > 0)) {
      marks ??= modelMarks(log);
      const mark = modelBefore(marks, told[index + 1]?.time ?? Number.POSITIVE_INFINITY);
      if (mark !== undefined) carry.models[one.id] = [mark.model, mark.provider ?? null];
      [model, provider] = [mark?.model, provider ?? mark?.provider];
    }
    const tokens = tokensOf(counts, dialect.cacheIsInside(provider));
    const total = totalTokens(tokens);
    if (total === 0) continue;
    yield {
      kind: 'usage',
      key: `${dialect.name}:${task}:${one.id}`,
      time: one.time,
      model: model ?? 'unknown',
      provider,
      tokens,
      // Counts grow while an answer comes in.
      rank: 2 * total + (dialect.heir === true ? 0 : 1),
      session: task,
      project: carry.project,
      subagent: one.say === 'subagent_usage' || undefined,
      reportedUSD: counts[4] > 0 ? counts[4] : undefined,
    };
  }
}

const folderInPrompt = /# Current (?:Working|Workspace) Directory \((.+?)\) Files/;

function readMessage(message: Json, carry: TaskCarry): Told[] {
  const [say, made, info] = [text(field(message, 'say')), time(field(message, 'ts')), field(message, 'modelInfo')];
  const request = parseJson(text(field(message, 'text')));
  if (say === undefined || made === undefined || request === undefined) return [];
  carry.project ??= folderInPrompt.exec(text(field(request, 'request')) ?? '')?.[1];
  const of = (name: string) => count(field(request, name));
  const cost = Math.max(number(field(request, 'cost')) ?? 0, 0);
  return [
    {
      id: say === 'api_req_started' ? `${made}` : `${made}:${say}`,
      time: made,
      say,
      counts: [of('tokensIn'), of('tokensOut'), of('cacheWrites'), of('cacheReads'), cost],
      model: text(field(info, 'modelId')),
      provider: text(field(info, 'providerId')) ?? text(field(request, 'inferenceProvider')),
    },
  ];
}

/** A message about deleted requests sums up what went. What this log told before is counted already, and stays so. */
function noteDeletions(told: readonly Told[], carry: TaskCarry): void {
  const now = Object.fromEntries(told.map(({ id, counts }) => [id, counts]));
  for (const [id, counts] of Object.entries(carry.seen))
    if (now[id] === undefined) carry.gone = zip(carry.gone, counts, (a, b) => a + b);
  for (const { id, say, counts } of told) {
    if (!deletions.has(say) || carry.seen[id] !== undefined) continue;
    carry.repeated[id] = zip(carry.gone, counts, Math.min);
    carry.gone = subtract(carry.gone, carry.repeated[id]);
  }
  carry.seen = now;
}

function tokensOf([all, output, cacheWrite5m, cacheRead]: Counts, cacheIsInside: boolean): TokenCounts {
  const cached = cacheWrite5m + cacheRead;
  // Less than the cache alone cannot hold it.
  const input = cacheIsInside && all >= cached ? all - cached : all;
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h: 0, reasoning: 0 };
}

function subtract(a: Counts, b: Counts): Counts {
  return zip(a, b, (x, y) => Math.max(0, x - y));
}

function zip(a: Counts, b: Counts, combine: (x: number, y: number) => number): Counts {
  return [combine(a[0], b[0]), combine(a[1], b[1]), combine(a[2], b[2]), combine(a[3], b[3]), combine(a[4], b[4])];
}
