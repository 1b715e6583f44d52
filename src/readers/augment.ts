import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

/** Augment's command keeps a document a session, with the counts of each turn among the parts of its answer. */
export const augment = reader<never, null, never>({
  id: 'augment',
  title: 'Augment',
  version: 1,
  evidence: 'unverified',
  note: 'Its command only. Other counters read these logs so; neither its source nor a log was at hand to check it.',
  logs,
  document: {
    shape: {
      sessionId: true,
      agentState: { modelId: true },
      chatHistory: {
        finishedAt: true,
        sequenceId: true,
        exchange: { model_id: true, request_id: true, response_nodes: { token_usage: true } },
      },
    },
    start: () => null,
    document,
  },
});

function logs({ home, platform }: Machine): readonly LogPlace[] {
  return [{ dir: `${slashed(home, platform)}/.augment/sessions`, files: /^[^/]+\.json$/, kind: 'document', depth: 0 }];
}

function* document(value: Json, _carry: null, log: LogFile): Iterable<UsageEvent> {
  const session = text(field(value, 'sessionId')) ?? log.relativePath.replace(/\.json$/, '');
  const usual = text(at(value, 'agentState', 'modelId')) ?? 'unknown';
  for (const [index, turn] of elements(field(value, 'chatHistory')).entries()) {
    const exchange = field(turn, 'exchange');
    // Should a turn repeat its counts, they are the same ones.
    const tokens = elements(field(exchange, 'response_nodes'))
      .map((node) => tokensOf(field(node, 'token_usage')))
      .find((counts) => totalTokens(counts) > 0);
    const made = time(field(turn, 'finishedAt'));
    if (tokens === undefined || made === undefined) continue;
    const place = text(field(turn, 'sequenceId')) ?? number(field(turn, 'sequenceId')) ?? index;
    yield {
      kind: 'usage',
      key: `augment:${session}:${text(field(exchange, 'request_id')) ?? place}`,
      time: made,
      model: text(field(exchange, 'model_id')) ?? usual,
      tokens,
      rank: totalTokens(tokens),
      session,
    };
  }
}

function tokensOf(usage: Json | undefined): TokenCounts {
  const of = (name: string) => count(field(usage, name));
  return {
    input: of('input_tokens'),
    output: of('output_tokens'),
    cacheRead: of('cache_read_input_tokens'),
    cacheWrite5m: of('cache_creation_input_tokens'),
    cacheWrite1h: 0,
    reasoning: 0,
  };
}
