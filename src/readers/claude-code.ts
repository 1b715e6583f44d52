import type { TokenCounts, UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, text, time } from './json.ts';
import type { LineRow } from './line-row.ts';
import type { Shape } from './pick.ts';
import { type Columns, type LogFile, type LogPlace, type Machine, type RowEvent, reader } from './reader.ts';

const keyPrefix = 'anthropic:';

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

const counts = ['message', 'usage'];
const split = [...counts, 'cache_creation'];

/** The fields of a plain request, by what `row` calls them. */
const paths = {
  type: ['type'],
  timestamp: ['timestamp'],
  sessionId: ['sessionId'],
  cwd: ['cwd'],
  gitBranch: ['gitBranch'],
  isSidechain: ['isSidechain'],
  costUSD: ['costUSD'],
  forkedFrom: ['forkedFrom'],
  id: ['message', 'id'],
  model: ['message', 'model'],
  stopReason: ['message', 'stop_reason'],
  usage: counts,
  input: [...counts, 'input_tokens'],
  output: [...counts, 'output_tokens'],
  cacheRead: [...counts, 'cache_read_input_tokens'],
  cacheWrite: [...counts, 'cache_creation_input_tokens'],
  cacheWrite5m: [...split, 'ephemeral_5m_input_tokens'],
  cacheWrite1h: [...split, 'ephemeral_1h_input_tokens'],
  speed: [...counts, 'speed'],
  tier: [...counts, 'service_tier'],
  webSearches: [...counts, 'server_tool_use', 'web_search_requests'],
  iterations: [...counts, 'iterations'],
};
const columns: Columns = Object.values(paths);
const column = Object.fromEntries(Object.keys(paths).map((name, place) => [name, place])) as {
  readonly [name in keyof typeof paths]: number;
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
  lines: { needle: '_tokens"', shape, start, line, row: { columns, line: row } },
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
    ...[
      ...new Set(roots),
      `${home}/.claude/transcripts`,
      `${appData}/CherryStudio/.claude/projects`,
      `${appData}/CherryStudio/Data/Agents/.claude/projects`,
    ].map((dir): LogPlace => ({ dir, files: transcripts, kind: 'lines' })),
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

  const tokens = tokensOf(usage);
  const fork = text(field(field(outer, 'forkedFrom'), 'sessionId'));
  const subagent = file.subagent || record !== outer || field(outer, 'isSidechain') === true;
  const session = fork ?? file.parent ?? text(field(outer, 'sessionId')) ?? file.name;
  const costUSD = record === outer ? field(outer, 'costUSD') : undefined;
  // A message's id is its API response's own; where a proxy leaves it out, the request's id and counts have to do.
  const id = text(field(message, 'id'));
  const request = id ?? `${text(field(record, 'requestId')) ?? `${session}:${when}`}:${countsText(tokens)}`;
  const event: UsageEvent = {
    kind: 'usage',
    key: `${keyPrefix}${request}`,
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
    tier: tierOf(field(usage, 'speed'), field(usage, 'service_tier')),
    webSearches: count(field(field(usage, 'server_tool_use'), 'web_search_requests')),
    reportedUSD: typeof costUSD === 'number' && costUSD > 0 ? costUSD : undefined,
  };
  return field(usage, 'iterations') === undefined ? [event] : [event, ...advice(usage, event)];
}

/** The same for a plain request; of all else only `line` can tell. */
function row(fields: LineRow, file: TranscriptFile): RowEvent | undefined {
  const at = column;
  if (fields.text(at.type) !== 'assistant' || !fields.isSet(at.usage) || fields.has(at.iterations)) return undefined;
  if (fields.has(at.costUSD) || fields.has(at.forkedFrom)) return undefined;
  const hash = fields.key(keyPrefix, at.id);
  const when = fields.time(at.timestamp);
  const model = fields.text(at.model);
  const input = fields.count(at.input);
  const output = fields.count(at.output);
  const cacheRead = fields.count(at.cacheRead);
  const cacheWrite = fields.count(at.cacheWrite);
  const cacheWrite5m = fields.count(at.cacheWrite5m);
  const cacheWrite1h = fields.count(at.cacheWrite1h);
  const webSearches = fields.count(at.webSearches);
  if (hash === undefined || when === undefined || model === undefined || model === '<synthetic>') return undefined;
  if (input === undefined || output === undefined || cacheRead === undefined || cacheWrite === undefined)
    return undefined;
  if (cacheWrite5m === undefined || cacheWrite1h === undefined || webSearches === undefined) return undefined;
  const tokens = countsOf(input, output, cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h);
  const subagent = file.subagent || fields.isTrue(at.isSidechain);
  return {
    kind: 'usage',
    hash,
    time: when,
    model,
    tokens,
    rank: rankOf(tokens, subagent, fields.isSet(at.stopReason)),
    copy: subagent,
    session: file.parent ?? fields.text(at.sessionId) ?? file.name,
    project: fields.text(at.cwd),
    branch: fields.text(at.gitBranch),
    subagent,
    agent: file.subagent ? file.name : undefined,
    tier: tierOf(fields.text(at.speed), fields.text(at.tier)),
    webSearches,
    reportedUSD: undefined,
  };
}

function countsText({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: TokenCounts): string {
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h].join(':');
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

function tokensOf(usage: Json): TokenCounts {
  const split = field(usage, 'cache_creation');
  return countsOf(
    count(field(usage, 'input_tokens')),
    count(field(usage, 'output_tokens')),
    count(field(usage, 'cache_read_input_tokens')),
    count(field(usage, 'cache_creation_input_tokens')),
    count(field(split, 'ephemeral_5m_input_tokens')),
    count(field(split, 'ephemeral_1h_input_tokens')),
  );
}

/** A record whose cache split is empty still counts its cache writes as a whole. */
function countsOf(
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite: number,
  split5m: number,
  cacheWrite1h: number,
): TokenCounts {
  const cacheWrite5m = Math.max(split5m, cacheWrite - cacheWrite1h);
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning: 0 };
}

/** Output grows while a message streams, so the longest record is the whole one; a sidechain only repeats its parent's. */
function rankOf(tokens: TokenCounts, sidechain: boolean, stopped: boolean): number {
  return (sidechain ? 0 : 2 ** 50) + Math.min(tokens.output, 2 ** 48) * 2 + (stopped ? 1 : 0);
}

function tierOf(speed: Json | undefined, tier: Json | undefined): string | undefined {
  if (speed === 'fast') return 'fast';
  return tier === 'batch' || tier === 'flex' || tier === 'priority' ? tier : undefined;
}
