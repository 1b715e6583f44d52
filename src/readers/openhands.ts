import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { at, count, elements, entries, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** OpenHands keeps the state of a conversation in a document, with the counts of each request to a model. */
export const openhands = reader<never, null, never>({
  id: 'openhands',
  title: 'OpenHands',
  version: 1,
  evidence: 'source',
  note: 'Exact for its command. Not in its logs: conversations in the cloud and in containers, and when exactly requests without a cost were made.',
  logs,
  document: {
    // The agent's settings stand beside these, keys and all; they are not read.
    shape: {
      workspace: { working_dir: true },
      stats: { usage_to_metrics: true },
    },
    start: () => null,
    document,
  },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const persisted = env.OPENHANDS_PERSISTENCE_DIR || `${home}/.openhands`;
  const dir = slashed(env.OPENHANDS_CONVERSATIONS_DIR || `${persisted}/conversations`, platform);
  return [{ dir, files: /^[^/]+\/(?:subagents\/[^/]+\/)?base_state\.json$/, kind: 'document', depth: 3, enter }];
}

/** Each event of a conversation is a file of its own. */
const enter = /^[^/]+(?:\/subagents(?:\/[^/]+)?)?$/;

function* document(value: Json, _carry: null, log: LogFile): Iterable<UsageEvent> {
  const [session = log.relativePath, , agent] = log.relativePath.split('/').slice(0, -1);
  const project = text(at(value, 'workspace', 'working_dir'));
  for (const [use, metrics] of entries(at(value, 'stats', 'usage_to_metrics'))) {
    const usages = elements(field(metrics, 'token_usages'));
    const costs = elements(field(metrics, 'costs'));
    for (const [index, usage] of usages.entries()) {
      const tokens = tokensOf(usage);
      if (totalTokens(tokens) === 0) continue;
      // Costs and counts are listed apart; only as long as each request has both do they belong together.
      const cost = costs.length === usages.length ? costs[index] : undefined;
      const usd = number(field(cost, 'cost')) ?? 0;
      const made = time(field(cost, 'timestamp')) ?? beginning(log);
      yield {
        kind: 'usage',
        key: `openhands:${requestOf(usage) ?? [agent ?? session, use, index].join(':')}`,
        time: made,
        model: text(field(usage, 'model')) ?? 'unknown',
        tokens,
        rank: totalTokens(tokens),
        // A conversation holds its subagents' requests, too.
        copy: agent === undefined && /^(?:delegate|task)/.test(use),
        session,
        project,
        subagent: agent !== undefined || /^(?:delegate|task)/.test(use),
        agent,
        reportedUSD: usd > 0 ? usd : undefined,
      };
    }
  }
}

/** When a conversation began: the date of its first event, a file beside its state. */
function beginning(log: LogFile): number {
  const events = log.path.replace(/[^/]+$/, 'events');
  const first = log.list(events).find((name) => /^event-\d+-/.test(name));
  return time(field(parseJson(log.read(`${events}/${first}`)), 'timestamp')) ?? log.modified;
}

/** A reply's id, where the server gives it one that no other reply has. */
function requestOf(usage: Json): string | undefined {
  const id = text(field(usage, 'response_id')) ?? '';
  return id.length >= 20 ? id : undefined;
}

/** The prompt holds what was read from and written to a cache, except with agents that tell them apart. */
function tokensOf(usage: Json): TokenCounts {
  const of = (name: string) => count(field(usage, name));
  return apart({
    all: of('prompt_tokens'),
    output: of('completion_tokens'),
    cacheRead: of('cache_read_tokens'),
    cacheWrite: of('cache_write_tokens'),
    reasoning: of('reasoning_tokens'),
  });
}
