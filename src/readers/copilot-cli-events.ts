import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { copilotTokens, shutdownKey } from './copilot-cli-request.ts';
import { at, count, entries, field, type Json, number, text, time } from './json.ts';

/** What the lines of a session's events so far say of the next one. */
export interface EventsCarry {
  session: string;
  project?: string | undefined;
  branch?: string | undefined;
  /** How many sums each model has had. */
  sums: Record<string, number>;
}

export const eventsShape = {
  type: true,
  timestamp: true,
  data: { sessionId: true, context: { cwd: true, branch: true }, modelMetrics: true },
} as const;

/** A session's end tells what each model used since the session began or was gone on with. */
export function* eventLine(value: Json, carry: EventsCarry): Iterable<UsageEvent> {
  const type = field(value, 'type');
  const data = field(value, 'data');
  if (type === 'session.start' || type === 'session.resume') {
    if (type === 'session.start') carry.session = text(field(data, 'sessionId')) ?? carry.session;
    carry.project = text(at(data, 'context', 'cwd')) ?? carry.project;
    carry.branch = text(at(data, 'context', 'branch')) ?? carry.branch;
    return;
  }
  const ended = time(field(value, 'timestamp'));
  if (type !== 'session.shutdown' || ended === undefined) return;
  for (const [model, metrics] of entries(field(data, 'modelMetrics'))) {
    const of = (name: string) => count(at(metrics, 'usage', name));
    const tokens = copilotTokens(model, {
      input: of('inputTokens'),
      output: of('outputTokens'),
      cacheRead: of('cacheReadTokens'),
      cacheWrite: of('cacheWriteTokens'),
      reasoning: of('reasoningTokens'),
    });
    if (totalTokens(tokens) === 0 || model === '') continue;
    const n = carry.sums[model] ?? 0;
    carry.sums[model] = n + 1;
    const nanoAIU = number(field(metrics, 'totalNanoAiu')) ?? 0;
    yield {
      kind: 'usage',
      key: shutdownKey(carry.session, model, n),
      time: ended,
      model,
      provider: 'github-copilot',
      tokens,
      session: carry.session,
      project: carry.project,
      branch: carry.branch,
      reportedUSD: nanoAIU > 0 ? nanoAIU / nanoAIUPerUSD : undefined,
    };
  }
}

/** An AI unit is a cent. */
export const nanoAIUPerUSD = 1e11;
