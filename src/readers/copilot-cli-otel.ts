import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { copilotTokens, otelKey, sumTakenBack } from './copilot-cli-request.ts';
import { count, elements, field, type Json, text, time } from './json.ts';

/** Requests told so far, by session and model. */
export type OtelCarry = Record<string, number>;

export const otelShape = {
  type: true,
  name: true,
  traceId: true,
  endTime: true,
  time: true,
  hrTime: true,
  timestamp: true,
  body: true,
  _body: true,
  attributes: true,
} as const;

/** A request's span, or the log record about it. Records of whole turns and agents only sum these up. */
export function* otelLine(value: Json, carry: OtelCarry): Iterable<UsageEvent> {
  const attributes = field(value, 'attributes');
  const of = (...names: readonly string[]) => names.map((name) => field(attributes, name)).find((one) => one != null);
  if (!isRequest(value, attributes)) return;
  const made = timeOf(value);
  const requested = text(of('gen_ai.request.model'));
  const model = text(of('gen_ai.response.model')) ?? requested ?? 'unknown';
  const session =
    text(of('gen_ai.conversation.id', 'copilot_chat.session_id', 'session.id')) ?? text(field(value, 'traceId'));
  const counts = {
    input: count(of('gen_ai.usage.input_tokens')),
    output: count(of('gen_ai.usage.output_tokens')),
    cacheRead: count(of('gen_ai.usage.cache_read.input_tokens')),
    cacheWrite: count(of('gen_ai.usage.cache_write.input_tokens', 'gen_ai.usage.cache_creation.input_tokens')),
    reasoning: count(of('gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens')),
  };
  const tokens = copilotTokens(model, counts);
  if (made === undefined || session === undefined || totalTokens(tokens) === 0) return;
  const event: UsageEvent = {
    kind: 'usage',
    key: otelKey(session, counts),
    time: made,
    model,
    provider: 'github-copilot',
    tokens,
    session,
  };
  yield event;
  for (const name of new Set([model, requested ?? model])) {
    const n = carry[`${session} ${name}`] ?? 0;
    carry[`${session} ${name}`] = n + 1;
    yield* sumTakenBack(event, name, n);
  }
}

function isRequest(value: Json, attributes: Json | undefined): boolean {
  const name = text(field(value, 'name'));
  if (field(attributes, 'gen_ai.operation.name') === 'chat' || name?.startsWith('chat ')) return true;
  const body = text(field(value, 'body')) ?? text(field(value, '_body')) ?? '';
  return (
    field(attributes, 'event.name') === 'gen_ai.client.inference.operation.details' ||
    body.startsWith('GenAI inference:')
  );
}

/** An ISO date, or seconds and nanoseconds as OpenTelemetry writes a pair. */
function timeOf(value: Json): number | undefined {
  for (const name of ['endTime', 'time', 'hrTime', 'timestamp']) {
    const written = field(value, name);
    const [seconds, nanos] = elements(written);
    const found = typeof seconds === 'number' ? time(seconds * 1000 + Number(nanos ?? 0) / 1e6) : time(written);
    if (found !== undefined) return found;
  }
  return undefined;
}
