import type { UsageEvent } from '../usage/usage-event.ts';
import { at, field, type Json, text, time } from './json.ts';
import {
  messageEvent,
  messageKey,
  type OpencodeSession,
  ranks,
  readMessage,
  withdrawal,
  withSteps,
} from './opencode-message.ts';
import type { Shape } from './pick.ts';
import type { LogFile } from './reader.ts';

/** The key under which the previous version of the file told its request. */
export interface OpencodeDocCarry {
  key?: string;
}

const message = {
  sessionID: true,
  modelID: true,
  providerID: true,
  tokens: true,
  cost: true,
  time: true,
  path: true,
} as const;

/** What is read of a message's file. */
export const documentShape: Shape = {
  role: true,
  model: true,
  ...message,
  metadata: { sessionID: true, time: true, assistant: message },
};

/** Where a project's first versions kept what is in `storage` today: `project/<project>/storage/session/message/…`. */
export const oldStorage = /^([^/]+\/storage\/session)\/message\/([^/]+)\/[^/]+\.json$/;

/** The files beside a message's own. */
interface Storage {
  /** The folder of a message's parts. */
  parts(message: string): string;
  /** The files that a session may be in. */
  session(id: string): readonly string[];
}

/** A message's file, rewritten while the model answers. Its session and its parts are files of their own. */
export function* document(value: Json, carry: OpencodeDocCarry, log: LogFile): Iterable<UsageEvent> {
  const told = asToday(value);
  const read = readMessage(told);
  if (read === undefined) return;
  const storage = storageOf(log);
  const message = messageKey(read) === undefined ? withSteps(read, parts(storage, log)) : read;
  const key = messageKey(message);
  if (key === undefined) return;
  const session = findSession(text(field(told, 'sessionID')) ?? log.path.split('/').at(-2) ?? '', storage, log);
  if (carry.key !== undefined && carry.key !== key) yield withdrawal(carry.key, message, session);
  carry.key = key;
  yield messageEvent(key, message, session, ranks.file);
}

/** The first versions kept what is at the top today in `metadata`, and what a model told apart from it. */
function asToday(value: Json): Json {
  const metadata = field(value, 'metadata');
  const assistant = field(metadata, 'assistant');
  if (assistant === undefined || assistant === null) return value;
  const { time, sessionID } = metadata as { readonly [key: string]: Json | undefined };
  return { ...(assistant as object), role: 'assistant', time, sessionID };
}

function storageOf(log: LogFile): Storage {
  const [, old, session] = (log.dir.endsWith('/project') ? oldStorage.exec(log.relativePath) : null) ?? [];
  if (old !== undefined) {
    const folder = `${log.dir}/${old}`;
    return { parts: (name) => `${folder}/part/${session}/${name}`, session: (id) => [`${folder}/info/${id}.json`] };
  }
  const folder = log.dir.slice(0, log.dir.lastIndexOf('/'));
  return {
    parts: (name) => `${folder}/part/${name}`,
    // A session is filed under its project, whose id its messages do not tell.
    session: (id) => log.list(`${folder}/session`).map((project) => `${folder}/session/${project}/${id}.json`),
  };
}

function parts(storage: Storage, log: LogFile): Json[] {
  const folder = storage.parts(log.relativePath.slice(log.relativePath.lastIndexOf('/') + 1).replace(/\.json$/, ''));
  return log.list(folder).flatMap((part) => parse(log.read(`${folder}/${part}`)) ?? []);
}

function findSession(id: string, storage: Storage, log: LogFile): OpencodeSession {
  const own = sessionFile(id, storage, log);
  const seen = new Set([id]);
  let root = id;
  for (let parent = own?.parent; parent !== undefined && !seen.has(parent); ) {
    root = parent;
    seen.add(parent);
    parent = sessionFile(parent, storage, log)?.parent;
  }
  const subagent = own?.parent !== undefined;
  return { root, subagent, agent: subagent ? id : undefined, folder: own?.folder, created: own?.created };
}

function sessionFile(id: string, storage: Storage, log: LogFile) {
  for (const path of storage.session(id)) {
    const value = parse(log.read(path));
    if (value !== undefined)
      return {
        parent: text(field(value, 'parentID')),
        folder: text(field(value, 'directory')),
        created: time(at(value, 'time', 'created')),
      };
  }
  return undefined;
}

function parse(json: string | undefined): Json | undefined {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Json);
  } catch {
    return undefined;
  }
}
