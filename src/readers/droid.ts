import type { UsageEvent } from '../usage/usage-event.ts';
import { at, count, field, type Json, text, time } from './json.ts';
import { foldersNamed, slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { type SeenTotals, seenBefore, sessionTotal } from './session-totals.ts';
import { parseJson } from './vscode-data.ts';

/** Droid (Factory) keeps the sum of a session in its settings, which it rewrites with each request. */
export const droid = reader<never, SeenTotals, never>({
  id: 'droid',
  title: 'Droid',
  version: 1,
  evidence: 'log',
  note: 'Exact in sum. Only a sum for each session is logged: what is added belongs to the time at which it is seen, and to the model then in use.',
  logs,
  document: {
    shape: { model: true, providerLock: true, providerLockTimestamp: true, tokenUsage: true },
    start: (_log, before) => seenBefore(before),
    document,
  },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, platform, env } = machine;
  const named = foldersNamed(env.DROID_SESSIONS_DIR, machine);
  return (named.length > 0 ? named : [`${slashed(home, platform)}/.factory/sessions`]).map((dir) => ({
    dir,
    files: /^(?:.+\/)?[^/]+\.settings\.json$/,
    kind: 'document',
  }));
}

function document(value: Json, seen: SeenTotals, log: LogFile): readonly UsageEvent[] {
  const of = (name: string) => count(at(value, 'tokenUsage', name));
  const [output, thinking] = [of('outputTokens'), of('thinkingTokens')];
  const session = log.path.slice(log.path.lastIndexOf('/') + 1).replace(/\.settings\.json$/, '');
  const { project, parent } = firstLine(log);
  const total = {
    kind: 'usage',
    key: `droid:${session}`,
    time: time(field(value, 'providerLockTimestamp')) ?? log.modified,
    model: modelOf(text(field(value, 'model'))),
    provider: text(field(value, 'providerLock')),
    tokens: {
      input: of('inputTokens'),
      output,
      cacheRead: of('cacheReadTokens'),
      cacheWrite5m: of('cacheCreationTokens'),
      cacheWrite1h: 0,
      reasoning: Math.min(thinking, output),
    },
    session: parent ?? session,
    project,
    subagent: parent !== undefined,
  } as const;
  return sessionTotal(seen, total, log.modified);
}

/** A model of a person's own is told with its place in the list: `custom:GLM-5.1-[Z.AI]-0`. */
function modelOf(logged: string | undefined): string {
  const own = /^custom:(.+?)(?:-\[[^\]]*\])?-\d+$/.exec(logged ?? '')?.[1];
  return own?.trim().replaceAll(' ', '-') || logged || 'unknown';
}

/** The conversation beside the settings begins with the session's folder and with the session that it works for. */
function firstLine(log: LogFile): { readonly project: string | undefined; readonly parent: string | undefined } {
  const conversation = log.read(log.path.replace(/\.settings\.json$/, '.jsonl'));
  const start = parseJson(conversation?.slice(0, Math.max(0, conversation.indexOf('\n'))));
  return { project: text(field(start, 'cwd')), parent: text(field(start, 'callingSessionId')) };
}
