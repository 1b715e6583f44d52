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

/** All but the journals of workflows, which only tell what became of subagents. */
const transcripts = /^(?!(?:.*\/)?subagents\/(?:.*\/)?journal\.jsonl$).*\.jsonl$/;
/** A subagent's own transcript. */
const subagentFile = /(?:^|\/)(?:agent-[^/]*\.jsonl$|subagents\/)/;
const parentSession = /(?:^|\/)([^/]+)\/subagents\//;

/** What a transcript's path tells. A subagent works for the session whose folder holds its file. */
interface TranscriptFile {
  readonly name: string;
  readonly parent?: string | undefined;
  readonly subagent: boolean;
}

/** Claude Code's transcripts: one line a content block, so that one request stands on several lines and in several files. */
export const claudeCode = reader<TranscriptFile, never, never>({
  id: 'claude-code',
  title: 'Claude Code',
  version: 1,
  evidence: 'log',
  note: 'Exact; what it deleted before the first reading is lost, and some of its versions log placeholders for input.',
  logs,
  lines: { needle: '_tokens"', shape, start, line },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { platform, env } = machine;
  const slashes = (path: string) => (platform === 'win32' ? path.replaceAll('\\', '/') : path);
  const home = slashes(machine.home);
  const config = slashes(env.XDG_CONFIG_HOME || `${home}/.config`);
  const named = (env.CLAUDE_CONFIG_DIR ?? '')
    .split(',')
    .flatMap((dir) => slashes(dir.trim()).replace(/\/+$/, '') || []);
  const roots =
    named.length > 0
      ? named.map((dir) => (dir.endsWith('/projects') ? dir : `${dir}/projects`))
      : [`${home}/.claude/projects`, `${config}/claude/projects`];
  const appData =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32'
        ? slashes(env.APPDATA || `${home}/AppData/Roaming`)
        : config;
  return [
    ...[...new Set(roots), `${home}/.claude/transcripts`, `${appData}/CherryStudio/.claude/projects`].map(
      (dir): LogPlace => ({ dir, files: transcripts, kind: 'lines' }),
    ),
    { dir: `${home}/.cc-mirror`, files: /^[^/]+\/config\/projects\/.+\.jsonl$/, kind: 'lines' },
  ];
}

function start({ relativePath }: LogFile): TranscriptFile {
  return {
    name: relativePath.slice(relativePath.lastIndexOf('/') + 1).replace(/\.jsonl$/, ''),
    parent: parentSession.exec(relativePath)?.[1],
    subagent: subagentFile.test(relativePath),
  };
}

function line(value: Json, file: TranscriptFile): readonly UsageEvent[] {
  const type = field(value, 'type');
  if (type === 'assistant') return requests(value, value, file);
  if (type !== 'progress') return [];
  // A running subagent reports each of its messages to the parent's transcript, sometimes the only trace of them.
  const record = at(value, 'data', 'message');
  return record !== undefined && field(record, 'type') === 'assistant' ? requests(record, value, file) : [];
}

/** `record` holds the message, `outer` the line's own fields; they differ for a subagent's progress. */
function requests(record: Json, outer: Json, file: TranscriptFile): readonly UsageEvent[] {
  const message = field(record, 'message');
  const usage = field(message, 'usage');
  const model = text(field(message, 'model')) ?? 'unknown';
  const when = time(field(record, 'timestamp')) ?? time(field(outer, 'timestamp'));
  if (usage === undefined || usage === null || when === undefined || model === '<synthetic>') return [];

  const fork = text(field(field(outer, 'forkedFrom'), 'sessionId'));
  const subagent = file.subagent || record !== outer || field(outer, 'isSidechain') === true;
  const session = fork ?? file.parent ?? text(field(outer, 'sessionId')) ?? file.name;
  const tokens = tokensOf(usage);
  const costUSD = field(outer, 'costUSD');
  const event: UsageEvent = {
    kind: 'usage',
    key: keyOf(record, message, tokens, `${session}:${when}`),
    time: when,
    model,
    tokens,
    rank: rankOf(tokens, subagent, field(message, 'stop_reason') != null),
    copy: subagent || fork !== undefined,
    session,
    project: text(field(outer, 'cwd')),
    branch: text(field(outer, 'gitBranch')),
    subagent,
    agent: file.subagent ? file.name : undefined,
    tier: tierOf(usage),
    webSearches: count(field(field(usage, 'server_tool_use'), 'web_search_requests')),
    reportedUSD: record === outer && typeof costUSD === 'number' && costUSD > 0 ? costUSD : undefined,
  };
  return field(usage, 'iterations') === undefined ? [event] : [event, ...advice(usage, event)];
}

/** A message's id is its API response's own; where a proxy leaves it out, the request's id and counts have to do. */
function keyOf(record: Json, message: Json | undefined, tokens: TokenCounts, place: string): string {
  const id = text(field(message, 'id'));
  if (id !== undefined) return `anthropic:${id}`;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const request = text(field(record, 'requestId')) ?? place;
  return `anthropic:${request}:${input}:${output}:${cacheRead}:${cacheWrite5m}:${cacheWrite1h}`;
}

/** An advisor is another model that is asked within a request; its tokens are in no other count. */
function advice(usage: Json, request: UsageEvent): readonly UsageEvent[] {
  return elements(field(usage, 'iterations'))
    .filter((iteration) => field(iteration, 'type') === 'advisor_message')
    .map((iteration, index) => {
      const tokens = tokensOf(iteration);
      return {
        ...request,
        key: `${request.key}:advisor:${index}`,
        model: text(field(iteration, 'model')) ?? 'unknown',
        tokens,
        rank: rankOf(tokens, request.subagent === true, false),
        webSearches: 0,
        reportedUSD: undefined,
      };
    });
}

/** A record whose cache split is empty still counts its cache writes as a whole. */
function tokensOf(usage: Json): TokenCounts {
  const split = field(usage, 'cache_creation');
  const cacheWrite1h = count(field(split, 'ephemeral_1h_input_tokens'));
  const split5m = count(field(split, 'ephemeral_5m_input_tokens'));
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
