import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, number, text, time } from './json.ts';
import { foldersNamed, slashed } from './paths.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { takenBack } from './taken-back.ts';

const usageShape: Shape = {
  model: true,
  timestamp: true,
  inputTokens: true,
  outputTokens: true,
  cacheReadInputTokens: true,
  cacheCreationInputTokens: true,
};

const shape: Shape = {
  id: true,
  created: true,
  messages: { role: true, messageId: true, usage: usageShape },
  env: { initial: { trees: { uri: true } } },
  usageLedger: { events: { id: true, timestamp: true, model: true, tokens: true, toMessageId: true } },
};

/** A request, told by the ledger, by its message or by both. */
interface Told {
  readonly id: string;
  readonly time: number | undefined;
  readonly model: string;
  readonly tokens: TokenCounts;
}

/** Amp keeps a document a thread: its messages, and a ledger of requests, which knows more of them but less of the cache. */
export const amp = reader<never, null, never>({
  id: 'amp',
  title: 'Amp',
  version: 1,
  evidence: 'log',
  note: 'Exact. Threads that Amp keeps on its server only are not on the machine.',
  logs,
  document: { shape, start: () => null, document },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, platform, env } = machine;
  const named = foldersNamed(env.AMP_DATA_DIR, machine);
  const usual = `${slashed(env.XDG_DATA_HOME || `${home}/.local/share`, platform)}/amp`;
  return (named.length > 0 ? named : [usual]).map((dir) => ({
    dir: `${dir}/threads`,
    files: /^T-[^/]+\.json$/,
    kind: 'document',
    depth: 0,
  }));
}

function* document(value: Json, _carry: null, log: LogFile): Iterable<UsageEvent> {
  const session = text(field(value, 'id')) ?? log.relativePath.replace(/\.json$/, '');
  const began = time(field(value, 'created'));
  const project = folderOf(text(field(elements(at(value, 'env', 'initial', 'trees'))[0], 'uri')));
  const messages = new Map(elements(field(value, 'messages')).flatMap(readMessage));
  const named = new Set<string>();

  function eventOf({ id, time: made, model, tokens }: Told): UsageEvent | undefined {
    const when = made ?? began;
    const rank = totalTokens(tokens);
    if (when === undefined || rank === 0) return undefined;
    return { kind: 'usage', key: `amp:${session}:${id}`, time: when, model, tokens, rank, session, project };
  }

  for (const entry of elements(at(value, 'usageLedger', 'events'))) {
    const told = readEntry(entry);
    const target = idOf(field(entry, 'toMessageId'));
    const message = target === undefined ? alike(messages, told) : messages.get(target);
    if (message !== undefined) messages.delete(message.id);
    // The first request for a message has the message's own name, which it bore before the ledger told of it.
    const id = target === undefined || named.has(target) ? told.id : target;
    named.add(id);
    const event = eventOf({ ...told, ...cacheOf(told, message), id, time: told.time ?? message?.time });
    if (event === undefined) continue;
    yield event;
    if (message !== undefined && message.id !== id) yield takenBack(`amp:${session}:${message.id}`, event);
  }
  for (const message of messages.values()) {
    const event = eventOf(message);
    if (event !== undefined) yield event;
  }
}

function readMessage(message: Json): [string, Told][] {
  const [usage, id] = [field(message, 'usage'), idOf(field(message, 'messageId'))];
  if (usage === undefined || usage === null || id === undefined) return [];
  const of = (name: string) => count(field(usage, name));
  const tokens = {
    input: of('inputTokens'),
    output: of('outputTokens'),
    cacheRead: of('cacheReadInputTokens'),
    cacheWrite5m: of('cacheCreationInputTokens'),
    cacheWrite1h: 0,
    reasoning: 0,
  };
  return [[id, { id, time: time(field(usage, 'timestamp')), model: modelOf(usage), tokens }]];
}

function readEntry(entry: Json): Told {
  const logged = field(entry, 'tokens');
  const of = (name: string) => count(field(logged, name));
  const [input, output] = [of('input'), of('output')];
  const tokens = {
    // Some tell nothing but the total.
    input: input + output === 0 ? of('total') : input,
    output,
    cacheRead: of('cacheReadInputTokens'),
    cacheWrite5m: of('cacheCreationInputTokens'),
    cacheWrite1h: 0,
    reasoning: 0,
  };
  const made = time(field(entry, 'timestamp'));
  const model = modelOf(entry);
  const id = text(field(entry, 'id')) ?? [made, model, input, output].join(':');
  return { id, time: made, model, tokens };
}

/** What a message is called in keys. */
function idOf(messageId: Json | undefined): string | undefined {
  const id = typeof messageId === 'string' ? text(messageId) : number(messageId);
  return id === undefined ? undefined : `m${id}`;
}

function modelOf(value: Json): string {
  return text(field(value, 'model')) ?? 'unknown';
}

/** The first message that the ledger, which does not name it, may tell of. */
function alike(messages: ReadonlyMap<string, Told>, { model, tokens }: Told): Told | undefined {
  return [...messages.values()].find(
    (message) =>
      message.model === model && message.tokens.input === tokens.input && message.tokens.output === tokens.output,
  );
}

/** The counts with the message's cache, where the ledger tells of none. */
function cacheOf({ tokens }: Told, message: Told | undefined): Pick<Told, 'tokens'> {
  if (message === undefined || tokens.cacheRead + tokens.cacheWrite5m > 0) return { tokens };
  const { cacheRead, cacheWrite5m } = message.tokens;
  return { tokens: { ...tokens, cacheRead, cacheWrite5m } };
}

/** The path of a `file://` address. */
function folderOf(uri: string | undefined): string | undefined {
  if (uri === undefined || !uri.startsWith('file://')) return undefined;
  const path = uri.slice('file://'.length).replace(/^\/([A-Za-z]:)/, '$1');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
