import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../workbench/cache-folder.ts';
import { type Corpus, writeCorpus } from './corpus.ts';

/** A home folder with a corpus of transcripts; it is kept between runs. */
export interface CorpusHome {
  readonly home: string;
  readonly corpus: Corpus;
  /** Size in bytes of the transcript to which lines are appended. */
  readonly sessionBytes: number;
  /** A person goes on in a session: appends the line of one more request. Gives its input and output tokens. */
  append(): { readonly input: number; readonly output: number };
  /** Takes back all that was appended. */
  restore(): void;
}

/** A transcript as a session of some hours leaves it. */
const typicalSession = 8e6;

/** The corpus of a size, written anew where it is not in the cache or its generator has changed. */
export async function corpusHome(megabytes: number): Promise<CorpusHome> {
  const generator = createHash('sha256').update(readFileSync(join(import.meta.dirname, 'corpus.ts')));
  const name = `bench-corpus-${megabytes}-${generator.digest('hex').slice(0, 10)}`;
  const folder = await installedOnce(name, async (partial) => {
    const corpus = writeCorpus({ home: join(partial, 'home'), megabytes });
    writeFileSync(join(partial, 'corpus.json'), JSON.stringify(corpus));
    const sessions = transcripts(join(partial, 'home'));
    sessions.sort((a, b) => Math.abs(a.bytes - typicalSession) - Math.abs(b.bytes - typicalSession));
    writeFileSync(join(partial, 'session.json'), JSON.stringify(sessions[0]));
  });
  const home = join(folder, 'home');
  const corpus: Corpus = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8'));
  const session: Transcript = JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8'));
  const path = join(home, session.path);
  // An earlier run may have been stopped before it took back what it had appended.
  const restore = () => truncateSync(path, session.bytes);
  restore();
  return {
    home,
    corpus,
    sessionBytes: session.bytes,
    append() {
      const tokens = { input: 11, output: 222 };
      appendFileSync(path, requestLine(tokens));
      return tokens;
    },
    restore,
  };
}

interface Transcript {
  /** Below the home. */
  readonly path: string;
  readonly bytes: number;
}

function transcripts(home: string): Transcript[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl') && !path.includes('subagents'))
    .map((path) => ({ path, bytes: statSync(join(home, path)).size }));
}

let appended = 0;

function requestLine({ input, output }: { readonly input: number; readonly output: number }): string {
  const id = `${process.pid}_${Date.now()}_${appended++}`;
  const line = {
    type: 'assistant',
    timestamp: new Date().toISOString(),
    sessionId: 'bench',
    cwd: '/home/dev/project-1',
    requestId: `req_${id}`,
    message: {
      model: 'claude-sonnet-4-5-20250929',
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Done.' }],
      stop_reason: 'end_turn',
      usage: {
        input_tokens: input,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: output,
        service_tier: 'standard',
      },
    },
    uuid: id,
  };
  return `${JSON.stringify(line)}\n`;
}
