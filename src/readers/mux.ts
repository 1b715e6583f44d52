import { type TokenCounts, totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { apart } from './cache-in-input.ts';
import { at, count, elements, field, type Json, text, time } from './json.ts';
import { slashed } from './paths.ts';
import type { Shape } from './pick.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { parseJson } from './vscode-data.ts';

/** The workspace that a log belongs to. */
interface Workspace {
  /** The one that a person works in; a subagent's has it as its parent. */
  readonly session: string;
  readonly agent?: string | undefined;
  readonly project?: string | undefined;
}

const usageShape: Shape = {
  inputTokens: true,
  outputTokens: true,
  reasoningTokens: true,
  cachedInputTokens: true,
};

const providerShape: Shape = {
  anthropic: { cacheCreationInputTokens: true },
  openai: { reasoningTokens: true },
};

const toolShape: Shape = { model: true, timestamp: true, usage: usageShape, providerMetadata: providerShape };

/** Mux keeps a chat a workspace, and beside it what it asks models for on its own. */
export const mux = reader<Workspace, never, never>({
  id: 'mux',
  title: 'Mux',
  version: 1,
  evidence: 'source',
  note: 'Exact for replies that still stand in a chat when they are first read; what was taken out of it before is not counted.',
  logs,
  lines: {
    needle: '"usage"',
    shape: {
      // Of a reply.
      id: true,
      role: true,
      createdAt: true,
      metadata: { ...toolShape, toolModelUsages: toolShape },
      // Of a request without one.
      source: true,
      ...toolShape,
    },
    start,
    line,
  },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  return [
    {
      dir: `${slashed(env.MUX_ROOT || `${home}/.mux`, platform)}/sessions`,
      files: /^[^/]+\/(?:subagent-transcripts\/[^/]+\/)?(?:chat|headless-usage)\.jsonl$/,
      kind: 'lines',
      depth: 3,
    },
  ];
}

function start(log: LogFile): Workspace {
  const [own = log.relativePath, , archived] = log.relativePath.split('/').slice(0, -1);
  const folder = log.path.slice(0, log.path.lastIndexOf('/'));
  const known = parseJson(log.read(`${folder}/metadata.json`));
  const parent = archived === undefined ? text(field(known, 'parentWorkspaceId')) : own;
  const workspace = archived ?? own;
  return {
    session: parent ?? workspace,
    agent: parent === undefined ? undefined : workspace,
    project: text(field(known, 'projectPath')),
  };
}

function* line(value: Json, workspace: Workspace, log: LogFile, offset: number): Iterable<UsageEvent> {
  const metadata = field(value, 'metadata');
  if (field(value, 'role') === 'assistant') {
    const made = time(field(metadata, 'timestamp')) ?? time(field(value, 'createdAt'));
    // A workspace that was made from another one has a copy of its chat, ids and all.
    const id = text(field(value, 'id')) ?? `${log.relativePath}:${made}`;
    yield* request(id, metadata, made, workspace);
    for (const [index, tool] of elements(field(metadata, 'toolModelUsages')).entries())
      yield* request(`${id}:tool:${index}`, tool, time(field(tool, 'timestamp')) ?? made, workspace);
  } else if (field(value, 'source') !== undefined) {
    const made = time(field(value, 'timestamp'));
    yield* request(`${workspace.agent ?? workspace.session}:${offset}:${made}`, value, made, workspace);
  }
}

function* request(
  id: string,
  told: Json | undefined,
  made: number | undefined,
  { session, agent, project }: Workspace,
): Iterable<UsageEvent> {
  const tokens = tokensOf(told);
  const rank = totalTokens(tokens);
  if (made === undefined || rank === 0) return;
  // `anthropic:claude-opus-4-6`
  const [, provider, model] = /^(?:([^:/]+):)?(.+)$/s.exec(text(field(told, 'model')) ?? 'unknown') ?? [];
  yield {
    kind: 'usage',
    key: `mux:${id}`,
    time: made,
    model: model ?? 'unknown',
    provider,
    tokens,
    rank,
    session,
    project,
    subagent: agent !== undefined,
    agent,
  };
}

/** The output holds the reasoning. Whether the input holds the cache depends on the provider and on Mux's version. */
function tokensOf(told: Json | undefined): TokenCounts {
  const of = (name: string) => count(at(told, 'usage', name));
  const cacheWrite = count(at(told, 'providerMetadata', 'anthropic', 'cacheCreationInputTokens'));
  const reasoning = of('reasoningTokens') || count(at(told, 'providerMetadata', 'openai', 'reasoningTokens'));
  const [all, output, cacheRead] = [of('inputTokens'), of('outputTokens'), of('cachedInputTokens')];
  return apart({ all, output, cacheRead, cacheWrite, reasoning });
}
