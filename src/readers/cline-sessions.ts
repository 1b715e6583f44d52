import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { at, count, elements, field, type Json, number, text, time } from './json.ts';
import type { Shape } from './pick.ts';
import type { LogFile } from './reader.ts';
import { parseJson } from './vscode-data.ts';

export const sessionShape = {
  messages: { id: true, role: true, ts: true, modelInfo: true, metrics: true },
} as const satisfies Shape;

/** `sessions/<session>/<session>.messages.json`; subagents have their messages beside it, in files of their own names. */
export function* sessionEvents(value: Json, log: LogFile): Iterable<UsageEvent> {
  const [session = log.relativePath, file = ''] = log.path.split('/').slice(-2);
  const name = file.replace(/\.messages\.json$/, '');
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const manifest = parseJson(log.read(`${folder}/${session}.json`));
  const project = text(field(manifest, 'workspace_root')) ?? text(field(manifest, 'cwd'));
  let model = text(field(manifest, 'model'));
  let provider = text(field(manifest, 'provider'));
  for (const message of elements(field(value, 'messages'))) {
    const [id, made, metrics] = [field(message, 'id'), time(field(message, 'ts')), field(message, 'metrics')];
    model = text(at(message, 'modelInfo', 'id')) ?? model;
    provider = text(at(message, 'modelInfo', 'provider')) ?? provider;
    const tokens = tokensOf(metrics);
    const total = totalTokens(tokens);
    if (made === undefined || total === 0) continue;
    const cost = number(field(metrics, 'cost')) ?? 0;
    yield {
      kind: 'usage',
      // A session that goes on from another one copies its messages, ids and times and all.
      key: `cline:${text(id) ?? session}:${made}`,
      time: made,
      model: model ?? 'unknown',
      provider,
      tokens,
      rank: total,
      session,
      project,
      subagent: name !== session || undefined,
      agent: name !== session ? name : undefined,
      reportedUSD: cost > 0 ? cost : undefined,
    };
  }
}

/** The input that is told holds what was read from and written to a cache. */
function tokensOf(metrics: Json | undefined) {
  const of = (name: string) => count(field(metrics, name));
  return apart({
    all: of('inputTokens'),
    output: of('outputTokens'),
    cacheRead: of('cacheReadTokens'),
    cacheWrite: of('cacheWriteTokens'),
    reasoning: 0,
  });
}
