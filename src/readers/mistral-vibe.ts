import type { UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, number, text, time } from './json.ts';
import { slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';
import { type SeenTotals, seenBefore, sessionTotal } from './session-totals.ts';
import { parseJson } from './vscode-data.ts';

interface VibeCarry {
  readonly seen: SeenTotals;
  /** The figures that the session began with; unknown before its first reading. */
  base?: readonly number[];
}

const names = [
  'session_prompt_tokens',
  'session_completion_tokens',
  'session_cached_tokens',
  'session_cache_write_tokens',
  'session_reasoning_tokens',
  'session_cost',
] as const;

const metaShape = {
  session_id: true,
  parent_session_id: true,
  start_time: true,
  end_time: true,
  git_branch: true,
  environment: { working_directory: true },
  config: { active_model: true },
  stats: Object.fromEntries(names.map((name) => [name, true as const])),
} as const;

/** Mistral Vibe keeps the sum of a session in its metadata, a document that it rewrites after each turn. */
export const mistralVibe = reader<never, VibeCarry, never>({
  id: 'mistral-vibe',
  title: 'Mistral Vibe',
  version: 1,
  evidence: 'source',
  note: 'Exact in sum. Only a sum for each session is logged: what is added belongs to the time at which it is seen, and to the model then in use.',
  logs,
  document: {
    shape: { ...metaShape, metadata: metaShape },
    start: (_log, before) => {
      const base = elements(field(before, 'base')).map((figure) => number(figure) ?? 0);
      return { seen: seenBefore(field(before, 'seen')), ...(base.length === names.length ? { base } : {}) };
    },
    document,
  },
});

function logs({ home, platform, env }: Machine): readonly LogPlace[] {
  const dir = `${slashed(env.VIBE_HOME || `${home}/.vibe`, platform)}/logs/session`;
  // The first versions kept a session in one file, messages and all.
  const files = /^(?:[^/]+\/(?:agents\/[^/]+\/)?meta|session_[^/]+)\.json$/;
  return [{ dir, files, kind: 'document', depth: 3 }];
}

function document(value: Json, carry: VibeCarry, log: LogFile): readonly UsageEvent[] {
  const meta = field(value, 'metadata') ?? value;
  const began = time(field(meta, 'start_time'));
  const folder = log.relativePath.split('/');
  const name = (folder.length > 1 ? folder.at(-2) : folder[0]?.replace(/\.json$/, '')) ?? log.relativePath;
  const session = text(field(meta, 'session_id')) ?? name;
  const base = carry.base ?? baseOf(meta, log);
  if (base === undefined) return [];
  carry.base = base;
  const figures = figuresOf(meta).map((figure, place) => Math.max(0, figure - (base[place] ?? 0)));
  const [prompt = 0, output = 0, cacheRead = 0, cacheWrite5m = 0, reasoning = 0, cost = 0] = figures;
  const total = {
    kind: 'usage',
    key: `vibe:${session}`,
    time: began ?? log.modified,
    model: text(at(meta, 'config', 'active_model')) ?? 'unknown',
    tokens: {
      // What was read from and written to a cache is in the prompt.
      input: Math.max(0, prompt - cacheRead - cacheWrite5m),
      output,
      cacheRead,
      cacheWrite5m,
      cacheWrite1h: 0,
      reasoning: Math.min(reasoning, output),
    },
    session,
    project: text(at(meta, 'environment', 'working_directory')),
    branch: text(field(meta, 'git_branch')),
    subagent: folder.at(-3) === 'agents',
    reportedUSD: cost > 0 ? cost : undefined,
  } as const;
  return sessionTotal(carry.seen, total, time(field(meta, 'end_time')) ?? log.modified);
}

/**
 * A session that goes on from one whose chat was compressed goes on counting, too: what its parent counted is the
 * parent's. One that was made from another begins with nothing, so that it has less than that, at first. Undefined while
 * the parent may be among what cannot be read.
 */
function baseOf(meta: Json, log: LogFile): readonly number[] | undefined {
  const none = names.map(() => 0);
  const parent = text(field(meta, 'parent_session_id'));
  if (parent === undefined) return none;
  const siblings = log.path.slice(0, log.path.lastIndexOf('/', log.path.lastIndexOf('/') - 1));
  const marks = [parent.slice(0, 8), parent.slice(-8)];
  const named = log.list(siblings).filter((name) => marks.some((mark) => name.includes(mark)));
  const others = named.map((name) => parseJson(log.read(`${siblings}/${name}/meta.json`)));
  const other = others.find((one) => field(one, 'session_id') === parent);
  if (other === undefined) return others.includes(undefined) ? undefined : none;
  const [own, before] = [figuresOf(meta), figuresOf(other)];
  return before.every((figure, place) => figure <= (own[place] ?? 0)) ? before : none;
}

function figuresOf(meta: Json | undefined): readonly number[] {
  return names.map((name) => {
    const figure = at(meta, 'stats', name);
    return name === 'session_cost' ? Math.max(0, number(figure) ?? 0) : count(figure);
  });
}
