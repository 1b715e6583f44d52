import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { hexDigest } from './hex-digest.ts';
import { at, count, elements, entries, field, type Json, text, time } from './json.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

/** What the lines of a session file have told so far. */
export interface GeminiCarry {
  session: string;
  /** In a folder of its parent's session. */
  subagent: boolean;
  /** The name of the subagent's file. */
  agent?: string | undefined;
  project?: string | undefined;
  /** Rank of the file's first byte: when the file began, so that it outranks an older file that it continues. */
  rank: number;
  /** The latest time told, for messages without one; 0 where none was. */
  time: number;
}

/** A document is told by its ids alone: nothing is carried from its previous version. */
export type GeminiDocCarry = null;

const message: Shape = {
  id: true,
  timestamp: true,
  type: true,
  model: true,
  tokens: { input: true, output: true, cached: true, thoughts: true, tool: true, total: true },
};

const session: Shape = {
  sessionId: true,
  projectHash: true,
  startTime: true,
  lastUpdated: true,
  kind: true,
  directories: true,
  messages: message,
};

/** Gemini CLI keeps a file a session: a document until 2026, since then lines. */
export const geminiCli = reader<GeminiCarry, GeminiDocCarry, never>({
  id: 'gemini-cli',
  title: 'Gemini CLI',
  version: 1,
  evidence: 'log',
  note: 'Exact; cache writes are not told.',
  logs,
  lines: { shape: { ...session, ...message, $set: session }, start, line },
  document: { shape: session, start: () => null, document },
});

/** Gemini CLI itself takes GEMINI_CLI_HOME for the folder around `.gemini`; other counters take it for `.gemini`. */
function logs(machine: Machine): readonly LogPlace[] {
  const { GEMINI_DATA_DIR: data, GEMINI_CLI_HOME: home } = machine.env;
  const slashes = (path: string) =>
    (machine.platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/(?<=.)\/+$/, '');
  const listed = data?.split(',').flatMap((dir) => slashes(dir.trim()) || []) ?? [];
  const dirs = listed.length
    ? listed.flatMap((dir) => [dir, `${dir}/tmp`])
    : home
      ? [`${slashes(home)}/.gemini/tmp`, `${slashes(home)}/tmp`]
      : [`${slashes(machine.home)}/.gemini/tmp`];
  return dirs.flatMap((dir): LogPlace[] => [
    { dir, files: /^[^/]+\/chats\/(?:.+\/)?[^/]+\.jsonl$/, kind: 'lines' },
    { dir, files: /^[^/]+\/chats\/(?:.+\/)?[^/]+\.json$/, kind: 'document' },
  ]);
}

function start(log: LogFile): GeminiCarry {
  const [, , ...below] = log.relativePath.split('/');
  const subagent = below.length > 1;
  const name = subagent ? below[0] : below[0]?.replace(/\.jsonl?$/, '');
  const agent = subagent ? below.at(-1)?.replace(/\.jsonl?$/, '') : undefined;
  return { session: name ?? log.relativePath, subagent, agent, project: projectOf(log, {}), rank: 0, time: 0 };
}

/** A header, a change to it (`$set`, which may hold messages), or a message, which comes again whenever it changes. */
function* line(value: Json, carry: GeminiCarry, log: LogFile, offset: number): Iterable<UsageEvent> {
  const told = field(value, '$set') ?? value;
  learn(told, carry, log);
  yield* events([value, ...elements(field(told, 'messages'))], carry, carry.rank + offset);
}

function* document(value: Json, _carry: GeminiDocCarry, log: LogFile): Iterable<UsageEvent> {
  const carry = start(log);
  learn(value, carry, log);
  yield* events(elements(field(value, 'messages')), carry, carry.rank);
}

function learn(told: Json, carry: GeminiCarry, log: LogFile): void {
  const id = text(field(told, 'sessionId'));
  if (id !== undefined && !carry.subagent) carry.session = id;
  if (field(told, 'kind') === 'subagent') carry.subagent = true;
  const updated = time(field(told, 'lastUpdated')) ?? time(field(told, 'startTime'));
  if (carry.rank === 0 && updated !== undefined) carry.rank = updated;
  carry.time = time(field(told, 'startTime')) ?? updated ?? carry.time;
  if (id !== undefined || field(told, 'directories') !== undefined) carry.project ??= projectOf(log, told);
}

/** Of a message that stands here twice the later one counts; none takes more than its place among the bytes of a line. */
function* events(found: readonly Json[], carry: GeminiCarry, rank: number): Iterable<UsageEvent> {
  for (const [index, one] of found.entries()) yield* event(one, carry, rank + index);
}

function* event(found: Json, carry: GeminiCarry, rank: number): Iterable<UsageEvent> {
  const logged = field(found, 'tokens');
  const made = time(field(found, 'timestamp'));
  if (made !== undefined) carry.time = made;
  if (logged === undefined || field(found, 'type') === 'user' || carry.time === 0) return;
  const tokens = counts(logged);
  if (totalTokens(tokens) === 0) return;
  const id = text(field(found, 'id'));
  yield {
    kind: 'usage',
    // Without an id the session, the time and the counts are all that tells requests apart.
    key: `gemini:${id ?? [carry.session, carry.time, ...Object.values(tokens)].join(':')}`,
    time: carry.time,
    model: text(field(found, 'model')) ?? 'unknown',
    tokens,
    rank,
    session: carry.session,
    project: carry.project,
    subagent: carry.subagent,
    agent: carry.agent,
  };
}

/** `input` holds `cached` unless the logged `total` tells otherwise; `tool` is more input, `thoughts` are more output. */
function counts(logged: Json): TokenCounts {
  const of = (name: string) => count(field(logged, name));
  const [cached, thoughts] = [of('cached'), of('thoughts')];
  const input = of('input') + of('tool');
  const output = of('output') + thoughts;
  const beside = cached > of('input') || (cached > 0 && input + cached + output === of('total'));
  return {
    input: beside ? input : input - cached,
    output,
    cacheRead: cached,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: thoughts,
  };
}

/** The project folder: its marker file, or the known folder whose short name or hash the log's folder or header bears. */
function projectOf(log: LogFile, told: Json): string | undefined {
  const name = log.relativePath.split('/')[0] ?? '';
  const marker = log.read(`${log.dir}/${name}/.project_root`)?.trim();
  if (marker) return marker;
  const home = log.dir.slice(0, log.dir.lastIndexOf('/'));
  const known = entries(at(parsed(log.read(`${home}/projects.json`)), 'projects'));
  const named = known.find(([, short]) => short === name);
  if (named !== undefined) return named[0];
  const folders = [
    ...known.map(([folder]) => folder),
    ...entries(parsed(log.read(`${home}/trustedFolders.json`))).map(([folder]) => folder),
    ...elements(field(told, 'directories')),
  ];
  const hashes = [name, field(told, 'projectHash')];
  return folders
    .filter((folder) => typeof folder === 'string')
    .find((folder) => hashes.includes(hexDigest('sha256', folder)));
}

function parsed(json: string | undefined): Json | undefined {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Json);
  } catch {
    return undefined;
  }
}
