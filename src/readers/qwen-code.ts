import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { geminiCli } from './gemini-cli.ts';
import { at, count, field, type Json, text, time } from './json.ts';
import { foldersNamed, slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** What a chat's path tells: whose session it is, and the subagent's model, which its records leave out. */
interface ChatFile {
  readonly session: string;
  readonly subagent: boolean;
  readonly model?: string | undefined;
}

const usageShape = {
  promptTokenCount: true,
  candidatesTokenCount: true,
  thoughtsTokenCount: true,
  cachedContentTokenCount: true,
  totalTokenCount: true,
} as const;

const eventShape = {
  'event.name': true,
  model: true,
  prompt_id: true,
  input_token_count: true,
  output_token_count: true,
  thoughts_token_count: true,
  cached_content_token_count: true,
  total_token_count: true,
} as const;

/** Qwen Code keeps a file of lines a session and a subagent; its first versions wrote documents as Gemini CLI does. */
export const qwenCode = reader<ChatFile, unknown, never>({
  id: 'qwen-code',
  title: 'Qwen Code',
  version: 1,
  evidence: 'source',
  note: 'Exact for conversations and subagents. Not in its logs: requests made to compress a chat or to name it.',
  logs,
  lines: {
    // In `TokenCount` of a reply and in `token_count` of what it reports about a subagent's.
    needle: 'oken',
    shape: {
      uuid: true,
      sessionId: true,
      timestamp: true,
      type: true,
      cwd: true,
      gitBranch: true,
      model: true,
      agentId: true,
      isSidechain: true,
      forkedFrom: { sessionId: true },
      usageMetadata: usageShape,
      systemPayload: { uiEvent: eventShape },
    },
    start,
    line,
  },
  ...(geminiCli.document === undefined ? {} : { document: geminiCli.document }),
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, platform, env } = machine;
  const named = foldersNamed(env.QWEN_DATA_DIR, machine);
  const usual = slashed(env.QWEN_RUNTIME_DIR || env.QWEN_HOME || `${home}/.qwen`, platform);
  return (named.length > 0 ? named : [usual]).flatMap((dir): LogPlace[] => [
    { dir: `${dir}/projects`, files: /^[^/]+\/(?:chats|subagents\/[^/]+)\/[^/]+\.jsonl$/, kind: 'lines', depth: 3 },
    { dir: `${dir}/tmp`, files: /^[^/]+\/chats\/[^/]+\.json$/, kind: 'document', depth: 2 },
  ]);
}

function start({ path, relativePath, read }: LogFile): ChatFile {
  const [, kind, ...below] = relativePath.split('/');
  const subagent = kind === 'subagents';
  const session = (subagent ? below[0] : below.at(-1)?.replace(/\.jsonl$/, '')) ?? relativePath;
  const meta = subagent ? parseJson(read(path.replace(/\.jsonl$/, '.meta.json'))) : undefined;
  return { session, subagent, model: text(field(meta, 'model')) };
}

function* line(value: Json, file: ChatFile): Iterable<UsageEvent> {
  const made = time(field(value, 'timestamp'));
  if (made === undefined) return;
  const fork = text(at(value, 'forkedFrom', 'sessionId'));
  const session = fork ?? text(field(value, 'sessionId')) ?? file.session;
  const origin = {
    kind: 'usage',
    time: made,
    session,
    project: text(field(value, 'cwd')),
    branch: text(field(value, 'gitBranch')),
    copy: fork !== undefined,
    agent: text(field(value, 'agentId')),
  } as const;
  const uiEvent = at(value, 'systemPayload', 'uiEvent');
  if (field(value, 'type') === 'assistant') {
    const tokens = tokensOf((name) => count(at(value, 'usageMetadata', name)));
    if (totalTokens(tokens) === 0) return;
    const subagent = file.subagent || field(value, 'isSidechain') === true;
    const id = subagent ? undefined : text(field(value, 'uuid'));
    const model = modelOf(field(value, 'model')) ?? file.model ?? 'unknown';
    yield { ...origin, key: `qwen:${id ?? printOf(session, tokens)}`, model, tokens, subagent };
  } else if (isOfSubagent(uiEvent)) {
    // The session is told of each request of its subagents. Their own files, where there are any, leave some out.
    const tokens = tokensOf((name) => count(field(uiEvent, eventNames[name])));
    if (totalTokens(tokens) === 0) return;
    const model = modelOf(field(uiEvent, 'model')) ?? 'unknown';
    yield { ...origin, key: `qwen:${printOf(session, tokens)}`, model, tokens, subagent: true, rank: 1 };
  }
}

const eventNames = {
  promptTokenCount: 'input_token_count',
  candidatesTokenCount: 'output_token_count',
  thoughtsTokenCount: 'thoughts_token_count',
  cachedContentTokenCount: 'cached_content_token_count',
  totalTokenCount: 'total_token_count',
} as const;

/** A prompt of a person has the id `session########7`, one for a subagent `session#reviewer-x1#7`. */
function isOfSubagent(uiEvent: Json | undefined): boolean {
  const name = text(field(uiEvent, 'event.name')) ?? '';
  return name.endsWith('api_response') && /^[^#]+#[^#]+#\d+$/.test(text(field(uiEvent, 'prompt_id')) ?? '');
}

/** A subagent's request has no id that both of its records bear. */
function printOf(session: string, { input, output, cacheRead, reasoning }: TokenCounts): string {
  return [session, input, output, cacheRead, reasoning].join(':');
}

/** A model that was chosen in a running session is told as `$runtime|provider|model`. */
function modelOf(model: Json | undefined): string | undefined {
  return text(model)?.replace(/^\$runtime\|[^|]*\|/, '');
}

/** The prompt holds what was cached; thoughts are beside the candidates or, with most providers, in them: the total tells. */
function tokensOf(of: (name: keyof typeof usageShape) => number): TokenCounts {
  const [prompt, candidates, thoughts] = [of('promptTokenCount'), of('candidatesTokenCount'), of('thoughtsTokenCount')];
  const [cached, total] = [of('cachedContentTokenCount'), of('totalTokenCount')];
  const inside = thoughts <= candidates && prompt + candidates === total;
  const output = inside ? candidates : candidates + thoughts;
  // Some servers tell the total alone.
  const input = prompt + candidates === 0 ? Math.max(0, total - thoughts) : prompt;
  return {
    input: Math.max(0, input - cached),
    output,
    cacheRead: Math.min(cached, input),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: thoughts,
  };
}
