import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, elements, field, type Json, number, text, time } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

interface HarnessCarry {
  session: string;
  /** The session's own id, where it is a subagent's. */
  agent?: string | undefined;
  project?: string | undefined;
  /** So many events at the beginning are a copy of another session's. */
  seed: number;
  /** What was asked last, for answers that do not tell. */
  model?: string | undefined;
  provider?: string | undefined;
}

const usage = {
  inputTokens: true,
  outputTokens: true,
  cacheReadTokens: true,
  cacheWriteTokens: true,
  reasoningTokens: true,
} as const;

/**
 * DeepSeek Harness: a line an event of a session, compressed in pieces. A new version keeps a copy in its own format beside the
 * old one, and a fork begins with a copy of its parent's events.
 */
export const deepseekHarness = reader<HarnessCarry, never, never>({
  id: 'deepseek-harness',
  title: 'DeepSeek Harness',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; requests that give a session its title are not in its logs.',
  logs,
  lines: {
    shape: {
      type: true,
      id: true,
      cwd: true,
      parentSession: true,
      seedLength: true,
      origin: true,
      seq: true,
      time: true,
      data: {
        turn: true,
        step: true,
        compactionId: true,
        header: { config: { provider: true, model: true } },
        message: {
          id: true,
          source: { provider: true, model: true, replayState: { response: { responseModel: true } } },
        },
        usage,
        stream: { chunk: { type: true, usage } },
      },
    },
    start,
    line,
  },
});

function logs(machine: Machine): readonly LogPlace[] {
  const named = foldersNamed(machine.env.DSH_HOME, machine);
  const homes = named.length > 0 ? named : [`${dataFolders(machine).home}/.dsh`];
  const files = /^(?:.+\/)?session(?:\.v\d+)?\.jsonl(?:\.zstd?)?$/;
  return homes.map((home) => ({ dir: `${home}/sessions`, files, kind: 'lines' }));
}

function start({ relativePath }: LogFile): HarnessCarry {
  return { session: relativePath.split('/').at(-2) ?? relativePath, seed: 0 };
}

function* line(value: Json, carry: HarnessCarry): Iterable<UsageEvent> {
  const [type, data] = [field(value, 'type'), field(value, 'data')];
  if (type === 'session') {
    readHead(value, carry);
  } else if (type === 'request/header') {
    const config = at(data, 'header', 'config');
    carry.model = text(field(config, 'model')) ?? carry.model;
    carry.provider = text(field(config, 'provider')) ?? carry.provider;
  } else if (type === 'assistant/message' || type === 'compaction/summary') {
    yield* request(value, carry, field(data, 'usage') ?? lastInStream(data));
  } else if (type === 'assistant/attempt') {
    yield* request(value, carry, lastInStream(data));
  }
}

function readHead(value: Json, carry: HarnessCarry): void {
  const id = text(field(value, 'id')) ?? carry.session;
  const subagent = field(value, 'origin') === 'subagent';
  carry.session = (subagent ? text(field(value, 'parentSession')) : undefined) ?? id;
  carry.agent = subagent ? id : undefined;
  carry.project = text(field(value, 'cwd'));
  carry.seed = count(field(value, 'seedLength'));
}

/** An answer that failed or was broken off has its counts in what came in of it; the latest ones hold. */
function lastInStream(data: Json | undefined): Json | undefined {
  const chunks = elements(field(data, 'stream')).map((record) => field(record, 'chunk'));
  return field(
    chunks.findLast((chunk) => field(chunk, 'type') === 'usage'),
    'usage',
  );
}

function* request(value: Json, carry: HarnessCarry, used: Json | undefined): Iterable<UsageEvent> {
  const [made, data] = [time(field(value, 'time')), field(value, 'data')];
  const of = (name: keyof typeof usage) => count(field(used, name));
  const output = of('outputTokens');
  const tokens = {
    input: of('inputTokens'),
    output,
    cacheRead: of('cacheReadTokens'),
    cacheWrite5m: of('cacheWriteTokens'),
    cacheWrite1h: 0,
    reasoning: Math.min(of('reasoningTokens'), output),
  };
  if (made === undefined || totalTokens(tokens) === 0) return;
  const source = at(data, 'message', 'source');
  const copy = (number(field(value, 'seq')) ?? carry.seed) < carry.seed;
  // Numbers of events change with the format, and ids of sessions with a fork; times and counts stay.
  const named = text(at(data, 'message', 'id')) ?? text(field(data, 'compactionId'));
  const unnamed = [
    made,
    count(field(data, 'turn')),
    count(field(data, 'step')),
    tokens.input,
    tokens.cacheRead,
    output,
  ];
  yield {
    kind: 'usage',
    key: `deepseek-harness:${named ?? unnamed.join('.')}`,
    time: made,
    model:
      text(at(source, 'replayState', 'response', 'responseModel')) ??
      text(field(source, 'model')) ??
      carry.model ??
      'unknown',
    provider: text(field(source, 'provider')) ?? carry.provider,
    tokens,
    rank: totalTokens(tokens),
    session: carry.session,
    project: carry.project,
    subagent: carry.agent === undefined ? undefined : true,
    agent: carry.agent,
    copy: copy || undefined,
  };
}
