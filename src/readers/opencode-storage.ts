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

/** What is read of `storage/message/<session>/<message>.json`. */
export const documentShape: Shape = {
  role: true,
  sessionID: true,
  modelID: true,
  providerID: true,
  model: true,
  tokens: true,
  cost: true,
  time: true,
  path: true,
};

/** A message's file, rewritten while the model answers. Its session and its parts are files of their own. */
export function* document(value: Json, carry: OpencodeDocCarry, log: LogFile): Iterable<UsageEvent> {
  const read = readMessage(value);
  if (read === undefined) return;
  const storage = log.dir.slice(0, log.dir.lastIndexOf('/'));
  const message = messageKey(read) === undefined ? withSteps(read, parts(storage, log)) : read;
  const key = messageKey(message);
  if (key === undefined) return;
  const session = findSession(text(field(value, 'sessionID')) ?? log.relativePath.split('/')[0] ?? '', storage, log);
  if (carry.key !== undefined && carry.key !== key) yield withdrawal(carry.key, message, session);
  carry.key = key;
  yield messageEvent(key, message, session, ranks.file);
}

function parts(storage: string, log: LogFile): Json[] {
  const name = log.relativePath.slice(log.relativePath.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const folder = `${storage}/part/${name}`;
  return log.list(folder).flatMap((part) => parse(log.read(`${folder}/${part}`)) ?? []);
}

function findSession(id: string, storage: string, log: LogFile): OpencodeSession {
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

/** A session is filed under its project, whose id its messages do not tell. */
function sessionFile(id: string, storage: string, log: LogFile) {
  for (const project of log.list(`${storage}/session`)) {
    const value = parse(log.read(`${storage}/session/${project}/${id}.json`));
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
