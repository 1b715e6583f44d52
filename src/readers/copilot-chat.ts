import type { UsageEvent } from '../usage/usage-event.ts';
import { type DebugCarry, debugLine, loggedFrom, startDebug } from './copilot-chat-debug.ts';
import { partShape, requestShape, resultShape } from './copilot-chat-request.ts';
import { type ChatCarry, readChange, readSession, sessionEvents, startSession } from './copilot-chat-session.ts';
import type { Json } from './json.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { placesInUserFolders, workspaceFolder } from './vscode-data.ts';

const extension = '(?:GitHub|github)\\.copilot(?:-chat)?';
const anything = '[^/]+';

const session: Shape = { sessionId: true, creationDate: true, requests: requestShape };

/** A line's value is a session, a request, a result, a part of an answer or a plain value, as its path says. */
const change: Shape = { ...session, ...requestShape, ...resultShape, ...partShape, text: true };

const call: Shape = { model: true, inputTokens: true, outputTokens: true, cachedTokens: true };

/** The chat in VS Code: a file a session, and, where a person turned that on, a debug log of every call. */
export const copilotChat = reader<ChatCarry | DebugCarry, null, never>({
  id: 'copilot-chat',
  title: 'GitHub Copilot Chat',
  version: 1,
  evidence: 'source',
  note: 'Exact where debug logs are on, else one count a request that leaves out tool rounds; sessions of early versions have no counts.',
  logs,
  lines: {
    skips,
    shape: { kind: true, k: true, i: true, v: change, ts: true, type: true, spanId: true, attrs: call },
    start: (log) => startDebug(log, workspaceFolder(log)) ?? startChat(log),
    line,
  },
  document: { shape: session, start: () => null, document },
});

function logs(machine: Machine): readonly LogPlace[] {
  const chats = (files: string) => [
    ['workspaceStorage', anything, 'chatSessions', files],
    ['workspaceStorage', anything, extension, 'chatSessions', files],
    ['globalStorage', 'emptyWindowChatSessions', files],
  ];
  const debugLogs = [extension, 'debug-logs', anything, '[^/]+\\.jsonl'];
  const lines = [
    ...chats('[^/]+\\.jsonl'),
    ['workspaceStorage', anything, ...debugLogs],
    ['globalStorage', ...debugLogs],
  ];
  return [
    ...placesInUserFolders(machine, '', lines, 'lines'),
    ...placesInUserFolders(machine, '', chats('[^/]+\\.json'), 'document'),
  ];
}

const otherField = /^\{"kind":[123],"k":\["(?!requests"|sessionId"|creationDate")/;
const otherRequestField = new RegExp(
  `^\\{"kind":[123],"k":\\["requests",\\d+,"(?!(?:${Object.keys(requestShape).join('|')})")`,
);
const otherEntry =
  /^\{(?:"v":\d+,)?"ts":[\d.]+,"dur":[\d.]+,"sid":"[^"\\]*","type":"(?!llm_request"|session_start"|user_message")/;

/** Most lines hold attachments, tool calls and texts typed but not sent. */
function skips(head: string): boolean {
  return otherField.test(head) || otherRequestField.test(head) || otherEntry.test(head);
}

function startChat(log: LogFile): ChatCarry {
  const name = log.relativePath.slice(log.relativePath.lastIndexOf('/') + 1).replace(/\.jsonl?$/, '');
  return startSession(name, workspaceFolder(log));
}

function* line(value: Json, carry: ChatCarry | DebugCarry, log: LogFile): Iterable<UsageEvent> {
  if (carry.kind === 'debug') {
    yield* debugLine(value, carry, log);
    return;
  }
  const changed = readChange(value, carry);
  if (changed.length === 0) return;
  const known = carry.loggedFrom;
  carry.loggedFrom ??= loggedFrom(carry.session, log);
  yield* sessionEvents(carry.loggedFrom === known ? changed : carry.requests, carry);
}

function* document(value: Json, _carry: null, log: LogFile): Iterable<UsageEvent> {
  const carry = startChat(log);
  readSession(value, carry);
  carry.loggedFrom = loggedFrom(carry.session, log);
  yield* sessionEvents(carry.requests, carry);
}
