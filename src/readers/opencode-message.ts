import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, field, type Json, number, text, time } from './json.ts';

/** A reply of a model, as any of OpenCode's stores tells it. */
export interface OpencodeMessage {
  readonly created: number;
  readonly completed: number | undefined;
  readonly model: string;
  readonly provider: string | undefined;
  readonly tokens: TokenCounts;
  /** USD; 0 where OpenCode knows no price. */
  readonly cost: number;
  /** Where it ran, as far as the message itself tells. */
  readonly folder: string | undefined;
}

/** The session of a message. */
export interface OpencodeSession {
  /** The session that a person started; a subagent's session has it as its first ancestor. */
  readonly root: string;
  readonly subagent: boolean;
  /** The session's own id, where it is a subagent's. */
  readonly agent: string | undefined;
  readonly folder: string | undefined;
  readonly created: number | undefined;
}

/** Which record of a request is right: the database was written after the files, the first table by the agent itself. */
export const ranks = { file: 0, projected: 1, database: 2, withdrawn: 3 } as const;

/** The message in its JSON; undefined where it is none of a model. `fallback` is its time where it tells none. */
export function readMessage(value: Json, fallback?: number): OpencodeMessage | undefined {
  const role = field(value, 'role') ?? field(value, 'type');
  if (role !== 'assistant' && role !== 'compaction') return undefined;
  const created = time(at(value, 'time', 'created')) ?? fallback;
  if (created === undefined) return undefined;
  const model = field(value, 'model');
  return {
    created,
    completed: time(at(value, 'time', 'completed')),
    model: text(field(value, 'modelID')) ?? text(field(model, 'id')) ?? text(field(model, 'modelID')) ?? 'unknown',
    provider: text(field(value, 'providerID')) ?? text(field(model, 'providerID')),
    tokens: readTokens(field(value, 'tokens')),
    cost: cost(value),
    folder: text(at(value, 'path', 'cwd')) ?? text(at(value, 'path', 'root')),
  };
}

/** The message with the counts of its finished steps, for those that have none of their own. */
export function withSteps(message: OpencodeMessage, parts: readonly Json[]): OpencodeMessage {
  const steps = parts.filter((part) => field(part, 'type') === 'step-finish');
  const tokens = steps.map((step) => readTokens(field(step, 'tokens'))).reduce(sum, message.tokens);
  return { ...message, tokens, cost: message.cost || steps.map(cost).reduce((a, b) => a + b, 0) };
}

/**
 * Names the request by what it was and not by its id: a forked session copies its messages under new ids. What a store
 * may leave out or name otherwise (agent, cost) has no part in it. Undefined without counts.
 */
export function messageKey(message: OpencodeMessage): string | undefined {
  if (totalTokens(message.tokens) === 0) return undefined;
  const { created, completed = '', provider = '', model, tokens } = message;
  return ['opencode', created, completed, provider, model, ...Object.values(tokens)].join(':');
}

/** The usage that a message tells of. */
export function messageEvent(
  key: string,
  message: OpencodeMessage,
  session: OpencodeSession,
  rank: number,
): UsageEvent {
  return {
    kind: 'usage',
    key,
    time: message.created,
    model: message.model,
    provider: message.provider,
    tokens: message.tokens,
    rank,
    // Older than its session: a fork brought it along.
    copy: session.created !== undefined && message.created < session.created,
    session: session.root,
    project: session.folder ?? message.folder,
    subagent: session.subagent,
    agent: session.agent,
    reportedUSD: message.cost > 0 ? message.cost : undefined,
  };
}

/** Takes back what a message told before its end gave it another key. */
export function withdrawal(key: string, message: OpencodeMessage, session: OpencodeSession): UsageEvent {
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  return messageEvent(key, { ...message, tokens: none, cost: 0 }, session, ranks.withdrawn);
}

/** Reasoning is beside the output, unless a logged total shows that it is inside (some versions, some providers). */
function readTokens(logged: Json | undefined): TokenCounts {
  const [input, output, reasoning] = [
    count(field(logged, 'input')),
    count(field(logged, 'output')),
    count(field(logged, 'reasoning')),
  ];
  const [cacheRead, cacheWrite5m] = [count(at(logged, 'cache', 'read')), count(at(logged, 'cache', 'write'))];
  const inside = reasoning <= output && input + cacheRead + cacheWrite5m + output === count(field(logged, 'total'));
  return { input, output: inside ? output : output + reasoning, cacheRead, cacheWrite5m, cacheWrite1h: 0, reasoning };
}

function sum(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
    reasoning: a.reasoning + b.reasoning,
  };
}

function cost(value: Json): number {
  return Math.max(number(field(value, 'cost')) ?? 0, 0);
}
