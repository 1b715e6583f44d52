import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, field, type Json, number, text, time } from './json.ts';

/** What is read of an entry of pi's sessions, and of those of the tools that came from it. */
export const usageShape = {
  input: true,
  output: true,
  cacheRead: true,
  cacheWrite: true,
  cacheWrite1h: true,
  reasoning: true,
  cost: { total: true },
} as const;

/** Where an entry stands. */
export interface PiPlace {
  readonly session: string;
  readonly project: string | undefined;
  readonly subagent?: boolean | undefined;
  /** The subagent's own session. */
  readonly agent?: string | undefined;
  /** When the session began, where that is known: what is older was copied from another one. */
  readonly begun?: number | undefined;
  /** The model in use, for what does not tell its own. */
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
}

/**
 * The request behind an assistant's message, or behind the summary that a compaction asked for. Its name is what it was: a fork
 * copies entries, and ids were given anew when sessions got them. Undefined where the entry tells of none.
 */
export function piRequest(tool: string, entry: Json, place: PiPlace): UsageEvent | undefined {
  const type = field(entry, 'type');
  const message = type === 'message' ? field(entry, 'message') : entry;
  const isReply = type === 'message' && field(message, 'role') === 'assistant';
  if (!isReply && type !== 'compaction' && type !== 'branch_summary') return undefined;
  const usage = field(message, 'usage');
  const tokens = tokensOf(usage);
  const made = time(field(message, 'timestamp')) ?? time(field(entry, 'timestamp'));
  if (made === undefined || totalTokens(tokens) === 0) return undefined;
  const model = text(field(message, 'model')) ?? place.model ?? 'unknown';
  const provider = text(field(message, 'provider')) ?? place.provider;
  const cost = number(at(usage, 'cost', 'total')) ?? 0;
  const { session, project, subagent, agent, begun } = place;
  return {
    kind: 'usage',
    key: [
      tool,
      made,
      model,
      tokens.input,
      tokens.output,
      tokens.cacheRead,
      tokens.cacheWrite5m + tokens.cacheWrite1h,
    ].join(':'),
    time: made,
    model,
    provider,
    tokens,
    copy: begun !== undefined && made < begun,
    session,
    project,
    subagent,
    agent,
    reportedUSD: cost > 0 ? cost : undefined,
  };
}

/** Reasoning is a part of the output, and what is cached for an hour a part of the cache writes. */
function tokensOf(usage: Json | undefined): TokenCounts {
  const of = (name: string) => count(field(usage, name));
  const [output, written] = [of('output'), of('cacheWrite')];
  const cacheWrite1h = Math.min(of('cacheWrite1h'), written);
  return {
    input: of('input'),
    output,
    cacheRead: of('cacheRead'),
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
    reasoning: Math.min(of('reasoning'), output),
  };
}
