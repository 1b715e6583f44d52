import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the corpus holds, as it was made. */
export interface Corpus {
  readonly files: number;
  readonly bytes: number;
  /** Different requests, and the totals that every right counter finds. */
  readonly requests: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface CorpusOptions {
  readonly home: string;
  readonly megabytes: number;
  readonly seed?: number;
  /** The last day of the corpus; default now. */
  readonly end?: Date;
}

const models = ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'];
const days = 90;
const largestFile = 80e6;

type Random = () => number;

/**
 * Writes Claude Code transcripts as the tool writes them: compact JSON, several lines a request with growing output, tool
 * results of many kilobytes, subagents in files of their own. The same seed gives the same corpus.
 */
export function writeCorpus({ home, megabytes, seed = 1, end = new Date() }: CorpusOptions): Corpus {
  const random = mulberry(seed);
  const prose = proseOf(random, 1 << 20);
  const total = { files: 0, bytes: 0, requests: 0, input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  const wanted = megabytes * 1e6;
  for (let session = 0; total.bytes < wanted; session++) {
    // Sizes from 1 kB to 80 MB, most of them small, most bytes in the large ones.
    const size = Math.min(10 ** (3 + random() ** 1.3 * 4.9), largestFile, Math.max(1e3, wanted - total.bytes));
    const id = uuid(random);
    const project = `/home/dev/project-${session % 12}`;
    const folder = `${home}/.claude/projects/${project.replaceAll('/', '-')}`;
    const start = end.getTime() - random() * days * 86_400_000;
    writeSession(`${folder}/${id}.jsonl`, { id, project, size, start, sidechain: false });
    if (size > 2e6) {
      for (let agent = 0; agent < 3; agent++) {
        const file = `${folder}/${id}/subagents/agent-${uuid(random).slice(0, 8)}.jsonl`;
        writeSession(file, { id, project, size: size / 20, start: start + agent * 60_000, sidechain: true });
      }
    }
  }
  return total;

  function writeSession(
    file: string,
    session: { id: string; project: string; size: number; start: number; sidechain: boolean },
  ): void {
    mkdirSync(dirname(file), { recursive: true });
    const out = openSync(file, 'w');
    const frame = {
      isSidechain: session.sidechain,
      userType: 'external',
      cwd: session.project,
      sessionId: session.id,
      version: '2.1.41',
      gitBranch: session.id.charCodeAt(0) % 3 === 0 ? 'main' : `feature/${session.id.slice(0, 4)}`,
    };
    const model = models[Math.floor(random() ** 2 * models.length)] as string;
    let time = session.start;
    let context = 12_000;
    let written = 0;
    let parent: string | null = null;
    const lines: string[] = [];
    const add = (line: object): void => {
      lines.push(`${JSON.stringify(line)}\n`);
    };
    const flush = (): void => {
      const text = lines.join('');
      lines.length = 0;
      writeSync(out, text);
      const bytes = Buffer.byteLength(text);
      written += bytes;
      total.bytes += bytes;
    };
    while (written < session.size) {
      time += 3000 + random() * 40_000;
      const uuidUser: string = uuid(random);
      const result = session.size < 4000 ? 200 : 300 + random() ** 3 * 14_000;
      add({
        parentUuid: parent,
        ...frame,
        type: 'user',
        message: {
          role: 'user',
          content: [{ tool_use_id: `toolu_${base62(random, 24)}`, type: 'tool_result', content: text(result) }],
        },
        uuid: uuidUser,
        timestamp: new Date(time).toISOString(),
        toolUseResult: { stdout: text(result), stderr: '', interrupted: false, isImage: false },
      });
      parent = uuidUser;
      const id = `msg_01${base62(random, 22)}`;
      const requestId = `req_011${base62(random, 21)}`;
      const input = 1 + Math.floor(random() * 12);
      const cacheWrite = Math.floor(200 + random() * 4000);
      const output = Math.floor(20 + random() ** 2 * 3000);
      const usage = (tokens: number) => ({
        input_tokens: input,
        cache_creation_input_tokens: cacheWrite,
        cache_read_input_tokens: context,
        cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
        output_tokens: tokens,
        service_tier: 'standard',
      });
      const blocks = 1 + Math.floor(random() * 3);
      for (let block = 1; block <= blocks; block++) {
        time += 500 + random() * 4000;
        const uuidBlock: string = uuid(random);
        add({
          parentUuid: parent,
          ...frame,
          message: {
            model,
            id,
            type: 'message',
            role: 'assistant',
            content: [
              block === blocks
                ? {
                    type: 'tool_use',
                    id: `toolu_${base62(random, 24)}`,
                    name: 'Edit',
                    input: { file_path: `${session.project}/src/a.ts`, old_string: text(400), new_string: text(600) },
                  }
                : { type: 'text', text: text(100 + random() * 1200) },
            ],
            stop_reason: null,
            stop_sequence: null,
            usage: usage(block === blocks ? output : Math.min(output, 8)),
          },
          requestId,
          type: 'assistant',
          uuid: uuidBlock,
          timestamp: new Date(time).toISOString(),
        });
        parent = uuidBlock;
      }
      total.requests++;
      total.input += input;
      total.output += output;
      total.cacheRead += context;
      total.cacheWrite += cacheWrite;
      context = context > 160_000 ? 12_000 : context + cacheWrite;
      flush();
    }
    closeSync(out);
    total.files++;
  }

  function text(length: number): string {
    const start = Math.floor(random() * (prose.length - length - 1));
    return prose.slice(start, start + Math.floor(length));
  }
}

/** Text as code and prose mix it: quotes and line breaks are escaped in JSON. */
function proseOf(random: Random, length: number): string {
  const words = [
    'const ',
    'value',
    ' = ',
    '"text"',
    ';\n',
    'return ',
    '(',
    ')',
    ' the ',
    ' file ',
    '\t',
    'ü',
    'error: ',
    '0',
    ' of ',
  ];
  const parts: string[] = [];
  for (let size = 0; size < length; ) {
    const word = random() < 0.5 ? (words[Math.floor(random() * words.length)] as string) : base62(random, 6);
    parts.push(word);
    size += word.length;
  }
  return parts.join('');
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function base62(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += letters[Math.floor(random() * 62)];
  return text;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A small random generator with a seed (mulberry32, public domain). */
function mulberry(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
