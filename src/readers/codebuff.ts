import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, text, time } from './json.ts';
import { foldersNamed, slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

const usageShape = { usage: true, codebuff: { usage: true, model: true } } as const;

/** Codebuff keeps a document a chat. */
export const codebuff = reader<never, null, never>({
  id: 'codebuff',
  title: 'Codebuff',
  version: 1,
  evidence: 'unverified',
  note: 'Most chats hold credits and no counts of tokens. Other counters read the others so; its source does not tell of them.',
  logs,
  document: {
    shape: {
      id: true,
      variant: true,
      role: true,
      timestamp: true,
      metadata: {
        model: true,
        timestamp: true,
        ...usageShape,
        runState: {
          sessionState: { mainAgentState: { messageHistory: { role: true, providerOptions: usageShape } } },
        },
      },
    },
    start: () => null,
    document,
  },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, platform, env } = machine;
  const named = foldersNamed(env.CODEBUFF_DATA_DIR, machine);
  const usual = ['manicode', 'manicode-dev', 'manicode-staging'].map(
    (name) => `${slashed(home, platform)}/.config/${name}`,
  );
  return (named.length > 0 ? named : usual).map((dir) => ({
    dir: `${dir}/projects`,
    files: /^[^/]+\/chats\/[^/]+\/chat-messages\.json$/,
    kind: 'document',
    depth: 3,
  }));
}

const replies = new Set(['ai', 'agent', 'assistant']);

function* document(value: Json, _carry: null, log: LogFile): Iterable<UsageEvent> {
  const [project = '', , chat = ''] = log.relativePath.split('/');
  const session = `${project}/${chat}`;
  // A chat's folder is named by its date, `2025-12-14T10-00-00.000Z`.
  const began = time(chat.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
  for (const message of elements(value)) {
    if (!replies.has(text(field(message, 'variant')) ?? text(field(message, 'role')) ?? '')) continue;
    const metadata = field(message, 'metadata');
    const told = usageOf(metadata);
    const tokens = tokensOf(told.usage);
    const made = time(field(message, 'timestamp')) ?? time(field(metadata, 'timestamp')) ?? began;
    if (made === undefined || totalTokens(tokens) === 0) continue;
    const id = text(field(message, 'id')) ?? [made, ...Object.values(tokens)].join(':');
    yield {
      kind: 'usage',
      key: `codebuff:${session}:${id}`,
      time: made,
      model: text(field(metadata, 'model')) ?? told.model ?? 'unknown',
      tokens,
      rank: totalTokens(tokens),
      session,
    };
  }
}

/** Where a reply has no counts of its own, the last one of its run may have. */
function usageOf(metadata: Json | undefined): { readonly usage: Json | undefined; readonly model: string | undefined } {
  const history = elements(at(metadata, 'runState', 'sessionState', 'mainAgentState', 'messageHistory'));
  const last = history.findLast((message) => field(message, 'role') === 'assistant');
  const places = [metadata, field(last, 'providerOptions')];
  const usages = places.flatMap((place) => [field(place, 'usage'), at(place, 'codebuff', 'usage')]);
  const usage = usages.find((one) => totalTokens(tokensOf(one)) > 0);
  return { usage, model: text(field(usage, 'model')) ?? text(at(places[1], 'codebuff', 'model')) };
}

/** Providers' own names are passed on. Those that speak of prompts include the cache in them. */
function tokensOf(usage: Json | undefined): TokenCounts {
  const of = (...names: readonly string[]) => count(names.map((name) => field(usage, name)).find(Boolean));
  const prompt = of('promptTokens', 'prompt_tokens');
  const details = field(usage, 'promptTokensDetails') ?? field(usage, 'prompt_tokens_details');
  const cacheRead =
    of('cacheReadInputTokens', 'cache_read_input_tokens') ||
    count(field(details, 'cachedTokens') ?? field(details, 'cached_tokens'));
  return {
    input: of('inputTokens', 'input_tokens') || (prompt >= cacheRead ? prompt - cacheRead : prompt),
    output: of('outputTokens', 'output_tokens', 'completionTokens', 'completion_tokens'),
    cacheRead,
    cacheWrite5m: of('cacheCreationInputTokens', 'cache_creation_input_tokens'),
    cacheWrite1h: 0,
    reasoning: 0,
  };
}
