import { totalTokens, type UsageEvent } from '../usage/usage-event.ts';
import { at, count, field, type Json, number, text, time } from './json.ts';
import { dataFolders, foldersNamed } from './paths.ts';
import { type LogFile, type LogPlace, type Machine, reader } from './reader.ts';

interface GptmeCarry {
  readonly session: string;
  readonly project: string | undefined;
}

const counts = {
  input_tokens: true,
  output_tokens: true,
  cache_read_tokens: true,
  cache_creation_tokens: true,
  reasoning_tokens: true,
} as const;

/** gptme writes a conversation anew after each message; its branches, views and forks are copies of the messages before. */
export const gptme = reader<GptmeCarry, never, never>({
  id: 'gptme',
  title: 'gptme',
  version: 1,
  evidence: 'source',
  note: 'Exact as told by the provider; the output of answers that were broken off is not in its logs, nor are requests that name or summarise a conversation.',
  logs,
  lines: {
    needle: '"metadata"',
    shape: {
      role: true,
      timestamp: true,
      metadata: { model: true, served_model: true, cost: true, usage: counts, ...counts },
    },
    start,
    line,
  },
});

/** `<conversation>/conversation.jsonl`, `…/branches/<branch>.jsonl` and `…/views/<view>.jsonl`. */
const files = /^[^/]+\/(?:conversation|(?:branches|views)\/[^/]+)\.jsonl$/;

function logs(machine: Machine): readonly LogPlace[] {
  const { xdg, own } = dataFolders(machine);
  // Windows' own folder is named after the author as well.
  const folders = [`${xdg}/gptme`, `${own}/gptme`, `${dataFolders(machine).local}/gptme/gptme`].map(
    (folder) => `${folder}/logs`,
  );
  return [...new Set([...folders, ...foldersNamed(machine.env.GPTME_LOGS_HOME, machine)])].map((dir) => ({
    dir,
    files,
    kind: 'lines',
    depth: 2,
    enter: /^[^/]+(?:\/(?:branches|views))?$/,
  }));
}

function start(log: LogFile): GptmeCarry {
  const session = log.relativePath.split('/')[0] ?? log.relativePath;
  const config = log.read(`${log.dir}/${session}/config.toml`) ?? '';
  const written = /^workspace\s*=\s*(["'])(.+)\1\s*$/m.exec(config)?.[2];
  const home = /^(.+?)\/(?:\.local\/share|Library\/Application Support|AppData\/Local)\//.exec(log.dir)?.[1] ?? '~';
  return { session, project: written === '@log' ? undefined : written?.replace(/^~(?=\/|$)/, () => home) };
}

function* line(value: Json, { session, project }: GptmeCarry): Iterable<UsageEvent> {
  const metadata = field(value, 'metadata');
  const written = text(field(value, 'timestamp'));
  const made = time(written);
  if (made === undefined || field(value, 'role') !== 'assistant') return;
  // The first versions that counted had the counts beside the model.
  const usage = field(metadata, 'usage') ?? metadata;
  const of = (name: keyof typeof counts) => count(at(usage, name));
  const output = of('output_tokens');
  const tokens = {
    input: of('input_tokens'),
    output,
    cacheRead: of('cache_read_tokens'),
    cacheWrite5m: of('cache_creation_tokens'),
    cacheWrite1h: 0,
    reasoning: Math.min(of('reasoning_tokens'), output),
  };
  if (totalTokens(tokens) === 0) return;
  const model = text(field(metadata, 'served_model')) ?? text(field(metadata, 'model')) ?? 'unknown';
  const cost = number(field(metadata, 'cost')) ?? 0;
  yield {
    kind: 'usage',
    // A message has no id, but a time in microseconds.
    key: `gptme:${written}:${model}:${tokens.input}.${tokens.cacheRead}.${output}`,
    time: made,
    model,
    tokens,
    session,
    project,
    reportedUSD: cost > 0 ? cost : undefined,
  };
}
