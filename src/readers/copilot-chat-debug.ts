import type { UsageEvent } from '../usage/usage-event.ts';
import { readChange, readSession, sessionEvents, startSession } from './copilot-chat-session.ts';
import { at, count, field, type Json, text, time } from './json.ts';
import type { LogFile } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** What a debug log has told so far. */
export interface DebugCarry {
  kind: 'debug';
  /** The session that a person sees; its subagents have files of their own beside its `main.jsonl`. */
  session: string;
  subagent: boolean;
  /** The name of the subagent's file. */
  agent?: string | undefined;
  project?: string | undefined;
  /** The log's first time, epoch milliseconds. */
  began?: number | undefined;
  /** The session's own counts were taken back. */
  withdrawn?: boolean | undefined;
}

/** A request is made before its first call, and a log may begin with that call; no window opens anew in less. */
const leadMs = 30_000;

const debugPath = /^(.*)\/[^/]*copilot[^/]*\/debug-logs\/([^/]+)\/([^/]+)\.jsonl$/i;
const chatPath = /^(.*?)(?:\/[^/]*copilot[^/]*)?\/(?:chatSessions|emptyWindowChatSessions)\/[^/]+$/i;
const extensionFolders = ['GitHub.copilot-chat', 'github.copilot-chat', 'GitHub.copilot', 'github.copilot'];

export function startDebug(log: LogFile, project: string | undefined): DebugCarry | undefined {
  const [, , session, name] = debugPath.exec(log.path) ?? [];
  if (session === undefined) return undefined;
  const subagent = name !== 'main';
  return { kind: 'debug', session, subagent, agent: subagent ? name : undefined, project };
}

/** One call of a model. The first one takes back what the session's own log says of the same time. */
export function* debugLine(line: Json, carry: DebugCarry, log: LogFile): Iterable<UsageEvent> {
  const made = time(field(line, 'ts'));
  if (made === undefined) return;
  carry.began ??= made;
  if (field(line, 'type') !== 'llm_request') return;
  if (carry.withdrawn !== true && !carry.subagent) {
    carry.withdrawn = true;
    yield* withdrawals(carry, carry.began - leadMs, log);
  }
  const attributes = field(line, 'attrs');
  const [all, cached] = [count(field(attributes, 'inputTokens')), count(field(attributes, 'cachedTokens'))];
  const output = count(field(attributes, 'outputTokens'));
  if (all + output === 0) return;
  yield {
    kind: 'usage',
    key: `copilot-chat:${carry.session}:${text(field(line, 'spanId')) ?? `${made}:${all}:${cached}:${output}`}`,
    time: made,
    model: text(field(attributes, 'model')) ?? 'unknown',
    tokens: {
      input: Math.max(0, all - cached),
      output,
      cacheRead: Math.min(all, cached),
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      reasoning: 0,
    },
    session: carry.session,
    project: carry.project,
    subagent: carry.subagent,
    agent: carry.agent,
  };
}

/** From when on a debug log tells of a session's calls; undefined where there is none, or none with a call yet. */
export function loggedFrom(session: string, log: LogFile): number | undefined {
  const storage = chatPath.exec(log.path)?.[1];
  for (const extension of extensionFolders) {
    const folder = `${storage}/${extension}/debug-logs`;
    if (!log.list(folder).includes(session) || !log.list(`${folder}/${session}`).includes('main.jsonl')) continue;
    const lines = log.read(`${folder}/${session}/main.jsonl`);
    // Too long to be looked at: it tells of all then, since nothing may be counted twice.
    if (lines === undefined) return 0;
    if (!lines.includes('"llm_request"')) continue;
    return (time(at(parseJson(lines.slice(0, lines.indexOf('\n'))), 'ts')) ?? leadMs) - leadMs;
  }
  return undefined;
}

/** The session may have been read before its debug log was written, and not again since. */
function* withdrawals(carry: DebugCarry, from: number, log: LogFile): Iterable<UsageEvent> {
  const storage = debugPath.exec(log.path)?.[1];
  for (const folder of [`${storage}/chatSessions`, `${storage}/emptyWindowChatSessions`])
    for (const ending of ['.json', '.jsonl']) {
      const written = log.read(`${folder}/${carry.session}${ending}`);
      if (written === undefined) continue;
      const chat = { ...startSession(carry.session, carry.project), loggedFrom: from };
      if (ending === '.json') readSession(parseJson(written), chat);
      else for (const line of written.split('\n')) readChange(parseJson(line) ?? null, chat);
      const counted = chat.requests.filter(({ time: made = chat.created }) => made !== undefined && made >= from);
      yield* sessionEvents(counted, chat);
    }
}
