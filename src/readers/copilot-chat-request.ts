import type { UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, text, time } from './json.ts';
import type { Shape } from './pick.ts';

/** What is known of a request so far: no text, only counts and lengths, since it is carried from reading to reading. */
export interface ChatRequest {
  id?: string | undefined;
  time?: number | undefined;
  modelId?: string | undefined;
  /** The model that `auto` came to. */
  resolved?: string | undefined;
  /** The model's name as people read it, which is all that old sessions tell. */
  title?: string | undefined;
  /** Told beside the result: input of the latest call, output of all. */
  input: number;
  output: number;
  /** Told in the result, where older versions have it. */
  resultInput: number;
  resultOutput: number;
  reasoning: number;
  /** Characters of the person's message, and of each part of the answer. */
  asked: number;
  answered: number[];
}

/** Where a request is found, whoever tells of it. */
export interface ChatOrigin {
  readonly session: string;
  readonly project: string | undefined;
}

/** A part of an answer; only those whose text a model wrote have any length. */
export const partShape = { kind: true, value: true, content: { value: true } } as const satisfies Shape;

export const resultShape = {
  details: true,
  usage: { promptTokens: true, completionTokens: true },
  metadata: {
    promptTokens: true,
    outputTokens: true,
    resolvedModel: true,
    toolCallRounds: { thinking: { tokens: true } },
  },
} as const satisfies Shape;

export const requestShape = {
  requestId: true,
  timestamp: true,
  modelId: true,
  message: { text: true },
  response: partShape,
  result: resultShape,
  promptTokens: true,
  completionTokens: true,
} as const satisfies Shape;

/** Counts outrank every estimate, and what takes a request back outranks them. */
const countedRank = 2 ** 42;
const withdrawnRank = 2 ** 50;

export function readRequest(value: Json | undefined): ChatRequest {
  const request: ChatRequest = {
    input: 0,
    output: 0,
    resultInput: 0,
    resultOutput: 0,
    reasoning: 0,
    asked: 0,
    answered: [],
  };
  for (const name of Object.keys(requestShape)) setField(request, [name], field(value, name));
  return request;
}

/** Changes a field of a request; `path` leads to it from the request. */
export function setField(request: ChatRequest, path: readonly Json[], value: Json | undefined): void {
  const [name, inside] = path;
  if (value === undefined) return;
  if (name === 'requestId') request.id = text(value);
  else if (name === 'timestamp') request.time = time(value);
  else if (name === 'modelId') request.modelId = text(value);
  else if (name === 'promptTokens') request.input = count(value);
  else if (name === 'completionTokens') request.output = count(value);
  else if (name === 'message') request.asked = lengthOf(field(value, 'text') ?? value);
  else if (name === 'result' && inside === undefined) readResult(request, value);
  else if (name === 'response' && inside === undefined) pushParts(request, 0, elements(value));
  if (isCounted(request)) request.answered = [];
}

/** Adds parts to the answer, in place of those from an index on. */
export function pushParts(request: ChatRequest, from: number | undefined, parts: readonly Json[]): void {
  if (isCounted(request)) return;
  request.answered.splice(from ?? request.answered.length);
  for (const part of parts) request.answered.push(partLength(part));
}

/** What the request used, as it is told or else estimated from its text; undefined where nothing is known. */
export function requestEvent(request: ChatRequest, origin: ChatOrigin): UsageEvent | undefined {
  const { id, time: made } = request;
  if (id === undefined || made === undefined) return undefined;
  const counted = isCounted(request);
  const answered = request.answered.reduce((sum, length) => sum + length, 0);
  const input = counted ? request.input || request.resultInput : Math.ceil(request.asked / 4);
  const output = counted ? request.output || request.resultOutput : Math.ceil(answered / 4);
  if (input + output === 0) return undefined;
  // Output is a running total; a model that is known is better than one that is not.
  const rank = counted ? countedRank + output * 2 + (request.resolved === undefined ? 0 : 1) : request.asked + answered;
  return {
    kind: 'usage',
    key: requestKey(origin.session, id),
    time: made,
    model: modelOf(request),
    tokens: {
      input,
      output,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      reasoning: counted ? Math.min(request.reasoning, output) : 0,
    },
    rank,
    ...origin,
    estimated: !counted || undefined,
  };
}

/** Takes a request back, whether or not it was counted: its calls are told one by one elsewhere. */
export function requestWithdrawal(request: ChatRequest, origin: ChatOrigin): UsageEvent | undefined {
  const { id, time: made } = request;
  if (id === undefined || made === undefined) return undefined;
  return {
    kind: 'usage',
    key: requestKey(origin.session, id),
    time: made,
    model: modelOf(request),
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 },
    rank: withdrawnRank,
    ...origin,
  };
}

/** A long id is one of a kind, in whatever session a copy of the request stands; old ones only number requests. */
function requestKey(session: string, id: string): string {
  return id.length >= 32 ? `copilot-chat:${id}` : `copilot-chat:${session}:${id}`;
}

function isCounted(request: ChatRequest): boolean {
  return request.input + request.output + request.resultInput + request.resultOutput > 0;
}

function modelOf({ resolved, modelId, title }: ChatRequest): string {
  return resolved ?? modelId?.replace(/^copilot\//, '') ?? title ?? 'unknown';
}

function readResult(request: ChatRequest, value: Json): void {
  const [metadata, usage] = [field(value, 'metadata'), field(value, 'usage')];
  request.resultInput = count(field(metadata, 'promptTokens')) || count(field(usage, 'promptTokens'));
  request.resultOutput = count(field(metadata, 'outputTokens')) || count(field(usage, 'completionTokens'));
  request.resolved = text(field(metadata, 'resolvedModel')) ?? request.resolved;
  // `Claude Sonnet 4.5 • 1x`
  request.title = text(text(field(value, 'details'))?.split('•')[0]?.trim()) ?? request.title;
  request.reasoning = elements(field(metadata, 'toolCallRounds')).reduce<number>(
    (sum, round) => sum + count(at(round, 'thinking', 'tokens')),
    0,
  );
}

function partLength(part: Json): number {
  const kind = field(part, 'kind');
  if (kind !== undefined && kind !== 'markdownContent' && kind !== 'markdownVuln' && kind !== 'thinking') return 0;
  return lengthOf(at(part, 'content', 'value') ?? field(part, 'value'));
}

function lengthOf(value: Json | undefined): number {
  if (typeof value === 'string') return value.length;
  return elements(value).reduce<number>((sum, one) => sum + lengthOf(one), 0);
}
