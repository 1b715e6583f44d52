import type { TokenCounts, UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, text, time } from './json.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

const usageShape: Shape = {
  input_tokens: true,
  output_tokens: true,
  cache_read_input_tokens: true,
  cache_creation_input_tokens: true,
  cache_creation: { ephemeral_5m_input_tokens: true, ephemeral_1h_input_tokens: true },
  speed: true,
  service_tier: true,
  server_tool_use: { web_search_requests: true },
  iterations: true,
};

const messageShape: Shape = { id: true, model: true, stop_reason: true, usage: usageShape };

const shape: Shape = {
  type: true,
  timestamp: true,
  sessionId: true,
  cwd: true,
  gitBranch: true,
  requestId: true,
  isSidechain: true,
  costUSD: true,
  forkedFrom: { sessionId: true },
  message: messageShape,
  data: { type: true, message: { type: true, timestamp: true, requestId: true, message: messageShape } },
};

const transcripts = /\.jsonl$/;
/** A subagent's own transcript; `journal.jsonl` beside those of a workflow holds no requests. */
const subagentFile = /(?:^|\/)(?:agent-[^/]*\.jsonl$|subagents\/)/;
const parentSession = /(?:^|\/)([^/]+)\/subagents\//;

/** Claude Code's transcripts: one line a content block, so that one request stands on several lines and in several files. */
export const claudeCode = reader<Record<string, never>, never, never>({
  id: 'claude-code',
  title: 'Claude Code',
  version: 1,
  logs,
  lines: { needle: '_tokens"', shape, start: () => ({}), line },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const configured = (env.CLAUDE_CONFIG_DIR ?? '')
    .split(',')
    .map((dir) => dir.trim().replace(/[/\\]+$/, ''))
    .filter((dir) => dir !== '')
    .map((dir) => (/[/\\]projects$/.test(dir) ? dir : `${dir}/projects`));
  const roots =
    configured.length > 0
      ? configured
      : [`${home}/.claude/projects`, `${env.XDG_CONFIG_HOME || `${home}/.config`}/claude/projects`];
  const appData =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32'
        ? env.APPDATA || `${home}/AppData/Roaming`
        : `${home}/.config`;
  return [
    ...[...new Set(roots), `${home}/.claude/transcripts`, `${appData}/CherryStudio/.claude/projects`].map(
      (dir): LogPlace => ({ dir, files: transcripts, kind: 'lines' }),
    ),
    { dir: `${home}/.cc-mirror`, files: /^[^/]+\/config\/projects\/.+\.jsonl$/, kind: 'lines' },
  ];
}

function* line(value: Json, _carry: unknown, log: LogFile): Iterable<UsageEvent> {
  const type = field(value, 'type');
  if (type === 'assistant') yield* request(value, value, log);
  // A running subagent reports each of its messages to the parent's transcript, sometimes the only trace of them.
  else if (type === 'progress' && at(value, 'data', 'message', 'type') === 'assistant') {
    yield* request(at(value, 'data', 'message') as Json, value, log);
  }
}

/** `record` holds the message, `outer` the line's own fields; they differ for a subagent's progress. */
function* request(record: Json, outer: Json, log: LogFile): Iterable<UsageEvent> {
  const message = field(record, 'message');
  const usage = field(message, 'usage');
  const model = text(field(message, 'model')) ?? 'unknown';
  const when = time(field(record, 'timestamp')) ?? time(field(outer, 'timestamp'));
  if (usage === undefined || usage === null || when === undefined || model === '<synthetic>') return;

  const fork = text(at(outer, 'forkedFrom', 'sessionId'));
  const inSubagentFile = subagentFile.test(log.relativePath);
  const subagent = record !== outer || field(outer, 'isSidechain') === true || inSubagentFile;
  const session = fork ?? sessionOf(outer, log);
  const tokens = tokensOf(usage);
  const id = text(field(message, 'id'));
  const requestId = text(field(record, 'requestId'));
  const key =
    id !== undefined
      ? `anthropic:${id}`
      : `anthropic:${requestId ?? `${session}:${when}`}:${tokens.input}:${tokens.output}:${tokens.cacheRead}:${tokens.cacheWrite5m}:${tokens.cacheWrite1h}`;
  const shared = {
    kind: 'usage',
    time: when,
    copy: subagent || fork !== undefined,
    session,
    project: text(field(outer, 'cwd')),
    branch: text(field(outer, 'gitBranch')),
    subagent,
    tier: tierOf(usage),
  } as const;
  const rank = rankOf(tokens, subagent, field(message, 'stop_reason') != null);
  const costUSD = field(outer, 'costUSD');
  yield {
    ...shared,
    key,
    model,
    tokens,
    rank,
    webSearches: count(at(usage, 'server_tool_use', 'web_search_requests')),
    reportedUSD: record === outer && typeof costUSD === 'number' && costUSD > 0 ? costUSD : undefined,
  };
  yield* advice(usage, shared, key, subagent);
}

/** An advisor is another model that is asked within a request; its tokens are in no other count. */
function* advice(
  usage: Json,
  shared: Omit<UsageEvent, 'key' | 'model' | 'tokens'>,
  key: string,
  subagent: boolean,
): Iterable<UsageEvent> {
  let index = 0;
  for (const iteration of elements(field(usage, 'iterations'))) {
    if (field(iteration, 'type') !== 'advisor_message') continue;
    const tokens = tokensOf(iteration);
    yield {
      ...shared,
      key: `${key}:advisor:${index++}`,
      model: text(field(iteration, 'model')) ?? 'unknown',
      tokens,
      rank: rankOf(tokens, subagent, false),
    };
  }
}

/** A subagent works for the session whose folder holds its file; the lines name it too, but older ones need not. */
function sessionOf(outer: Json, log: LogFile): string {
  const parent = parentSession.exec(log.relativePath)?.[1];
  const name = log.relativePath.slice(log.relativePath.lastIndexOf('/') + 1).replace(/\.jsonl$/, '');
  return parent ?? text(field(outer, 'sessionId')) ?? name;
}

/** A record whose cache split is empty still counts its cache writes as a whole. */
function tokensOf(usage: Json): TokenCounts {
  const cacheWrite1h = count(at(usage, 'cache_creation', 'ephemeral_1h_input_tokens'));
  const split5m = count(at(usage, 'cache_creation', 'ephemeral_5m_input_tokens'));
  const flat = count(field(usage, 'cache_creation_input_tokens'));
  return {
    input: count(field(usage, 'input_tokens')),
    output: count(field(usage, 'output_tokens')),
    cacheRead: count(field(usage, 'cache_read_input_tokens')),
    cacheWrite5m: Math.max(split5m, flat - cacheWrite1h),
    cacheWrite1h,
    reasoning: 0,
  };
}

/** Output grows while a message streams, so the longest record is the whole one; a sidechain only repeats its parent's. */
function rankOf(tokens: TokenCounts, sidechain: boolean, stopped: boolean): number {
  return (sidechain ? 0 : 2 ** 50) + Math.min(tokens.output, 2 ** 48) * 2 + (stopped ? 1 : 0);
}

function tierOf(usage: Json): string | undefined {
  if (field(usage, 'speed') === 'fast') return 'fast';
  const tier = text(field(usage, 'service_tier'));
  return tier === 'batch' || tier === 'flex' || tier === 'priority' ? tier : undefined;
}
