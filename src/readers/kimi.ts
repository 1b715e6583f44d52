import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, field, type Json, text, time } from './json.ts';
import { kimiProject } from './kimi-projects.ts';
import { foldersNamed, slashed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

/** What a wire file's path tells. */
interface WireFile {
  readonly session: string;
  /** The subagent whose file it is. */
  readonly agent?: string | undefined;
  readonly project?: string | undefined;
}

const statusShape = {
  type: true,
  payload: { token_usage: true, message_id: true },
} as const;

/** Kimi CLI and its successor Kimi Code keep a file of lines, a "wire", a session and a subagent. */
export const kimi = reader<WireFile, never, never>({
  id: 'kimi',
  title: 'Kimi',
  version: 1,
  evidence: 'source',
  note: 'Exact. Kimi CLI does not log the model, nor requests made to compress a chat; Kimi Code logs both.',
  logs,
  lines: {
    needle: 'usage',
    shape: {
      timestamp: true,
      message: {
        type: true,
        payload: { ...statusShape.payload, agent_id: true, event: statusShape },
      },
      type: true,
      time: true,
      model: true,
      usage: true,
    },
    start,
    line,
  },
});

function logs(machine: Machine): readonly LogPlace[] {
  const { home, platform, env } = machine;
  const named = foldersNamed(env.KIMI_DATA_DIR, machine);
  const usual = [env.KIMI_SHARE_DIR || `${home}/.kimi`, env.KIMI_CODE_HOME || `${home}/.kimi-code`].map((path) =>
    slashed(path, platform),
  );
  return (named.length > 0 ? named : usual).map((dir) => ({
    dir: `${dir}/sessions`,
    files: /^[^/]+\/[^/]+\/(?:(?:subagents|agents)\/[^/]+\/)?wire\.jsonl$/,
    kind: 'lines',
    depth: 4,
  }));
}

function start(log: LogFile): WireFile {
  const [group = '', session = group, , agent] = log.relativePath.split('/').slice(0, -1);
  return {
    session,
    agent: agent === 'main' ? undefined : agent,
    project: kimiProject(group, session, log),
  };
}

function* line(value: Json, file: WireFile): Iterable<UsageEvent> {
  if (field(value, 'type') === 'usage.record') yield* record(value, file);
  const message = field(value, 'message');
  if (field(message, 'type') === 'StatusUpdate') yield* status(value, message, file);
  if (field(message, 'type') !== 'SubagentEvent') return;
  // A session is told of its subagents' steps, which newer versions tell in files of their own as well.
  const event = at(message, 'payload', 'event');
  const agent = text(at(message, 'payload', 'agent_id')) ?? 'subagent';
  if (field(event, 'type') === 'StatusUpdate') yield* status(value, event, { ...file, agent });
}

/** A request of Kimi Code. A session that goes on from another one has a copy of its wires, times and all. */
function* record(value: Json, file: WireFile): Iterable<UsageEvent> {
  const made = time(field(value, 'time'));
  const tokens = tokensOf(field(value, 'usage'), ['inputOther', 'output', 'inputCacheRead', 'inputCacheCreation']);
  if (made === undefined || totalTokens(tokens) === 0) return;
  const key = ['kimi', file.agent ?? 'main', made, ...Object.values(tokens)].join(':');
  const model = text(field(value, 'model')) ?? 'unknown';
  // A name between underscores stands for what an environment variable says.
  yield { ...originOf(file), key, time: made, model: /^__.*__$/.test(model) ? 'unknown' : model, tokens };
}

/** A step of Kimi CLI: the counts of one request. */
function* status(line: Json, message: Json | undefined, file: WireFile): Iterable<UsageEvent> {
  const made = time(field(line, 'timestamp'));
  const usage = at(message, 'payload', 'token_usage');
  const tokens = tokensOf(usage, ['input_other', 'output', 'input_cache_read', 'input_cache_creation']);
  if (made === undefined || totalTokens(tokens) === 0) return;
  const id = text(at(message, 'payload', 'message_id')) ?? '';
  // Some servers count their replies from one on: then only the time tells them apart, which a copied wire repeats.
  const key = id.length >= 20 ? `kimi:${id}` : ['kimi', made, ...Object.values(tokens)].join(':');
  yield { ...originOf(file), key, time: made, model: 'unknown', tokens };
}

function originOf({ session, agent, project }: WireFile) {
  return { kind: 'usage', session, project, subagent: agent !== undefined, agent } as const;
}

function tokensOf(usage: Json | undefined, [input, output, read, write]: readonly [string, string, string, string]) {
  const of = (name: string) => count(field(usage, name));
  return {
    input: of(input),
    output: of(output),
    cacheRead: of(read),
    cacheWrite5m: of(write),
    cacheWrite1h: 0,
    reasoning: 0,
  };
}
