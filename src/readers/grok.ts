import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { at, count, entries, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** What the session's summary, beside its updates, tells. */
interface GrokSession {
  readonly id: string;
  readonly project?: string | undefined;
  /** Its tokens are in the turns of the session that it works for. */
  readonly subagent: boolean;
}

/** Grok tells costs in ticks. */
const ticksInUSD = 1e10;

/** Grok Build keeps a file of lines a session; at the end of a turn it tells what the turn took, subagents included. */
export const grok = reader<GrokSession, never, never>({
  id: 'grok',
  title: 'Grok Build',
  version: 1,
  evidence: 'source',
  note: 'Exact for finished turns, subagents included. Not in its logs: a turn that still runs, and those of the first versions.',
  logs,
  lines: {
    needle: '"turn_completed"',
    shape: {
      timestamp: true,
      params: {
        sessionId: true,
        update: { sessionUpdate: true, prompt_id: true, usage: true },
        _meta: { agentTimestampMs: true, eventId: true },
      },
    },
    start,
    line,
  },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const dir = `${slashed(env.GROK_HOME || `${home}/.grok`, platform)}/sessions`;
  return [{ dir, files: /^[^/]+\/[^/]+\/updates\.jsonl$/, kind: 'lines', depth: 2 }];
}

function start(log: LogFile): GrokSession {
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const summary = parseJson(log.read(`${folder}/summary.json`));
  return {
    id: text(at(summary, 'info', 'id')) ?? folder.slice(folder.lastIndexOf('/') + 1),
    project: text(at(summary, 'info', 'cwd')),
    subagent: field(summary, 'session_kind') === 'subagent',
  };
}

function* line(value: Json, session: GrokSession, _log: LogFile, offset: number): Iterable<UsageEvent> {
  const [update, meta] = [at(value, 'params', 'update'), at(value, 'params', '_meta')];
  const made = time(field(meta, 'agentTimestampMs')) ?? time(field(value, 'timestamp'));
  if (session.subagent || made === undefined || field(update, 'sessionUpdate') !== 'turn_completed') return;
  const usage = field(update, 'usage');
  // What stands beside the models is their sum.
  const models = entries(field(usage, 'modelUsage'));
  for (const [model, told] of models.length > 0 ? models : ([['unknown', usage]] as const)) {
    const tokens = tokensOf(told);
    if (totalTokens(tokens) === 0) continue;
    const ticks = number(field(told, 'costUsdTicks')) ?? 0;
    const trusted = field(told, 'costIsPartial') !== true && field(usage, 'usageIsIncomplete') !== true;
    yield {
      kind: 'usage',
      key: `grok:${turnOf(update, meta, session, offset)}:${model}`,
      time: made,
      model: model === '' ? 'unknown' : model,
      tokens,
      rank: totalTokens(tokens),
      session: session.id,
      project: session.project,
      reportedUSD: ticks > 0 && trusted ? ticks / ticksInUSD : undefined,
    };
  }
}

/** A session that goes on from another one begins with a copy of its updates, so that a turn's own id alone names it. */
function turnOf(update: Json | undefined, meta: Json | undefined, { id }: GrokSession, offset: number): string {
  const prompt = text(field(update, 'prompt_id')) ?? text(field(meta, 'eventId')) ?? `${offset}`;
  return prompt.length >= 32 ? prompt : `${id}:${prompt}`;
}

/** The input holds what was read from and written to a cache, the output holds the reasoning. */
function tokensOf(told: Json | undefined): TokenCounts {
  const of = (name: string) => count(field(told, name));
  return apart({
    all: of('inputTokens'),
    output: of('outputTokens'),
    cacheRead: of('cachedReadTokens'),
    cacheWrite: of('cacheCreationTokens'),
    reasoning: of('reasoningTokens'),
  });
}
