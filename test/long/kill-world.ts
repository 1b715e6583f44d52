import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import type { AnyReader, Machine } from '../../src/readers/reader.ts';
import { seeded } from '../demo/random.ts';
import { contents } from '../ledger/contents.ts';
import { type CodexUsage, claudeLine, codexCount, codexHead, noon } from '../ledger/log-lines.ts';

/** Logs large enough that a scan takes a while, and ledgers in all states that a kill may meet. */
export interface KillWorld {
  /** The same logs with another, empty place for a ledger; where given, it begins as a copy of that one. */
  place(copyOf?: Machine): Machine;
  /** The ledger after a scan by these readers. */
  scanned(machine: Machine, withReaders?: readonly AnyReader[]): Promise<Ledger>;
  /** Cuts all logs in the middle, as they were some time ago. */
  cut(): void;
  /** Writes the rest of all logs again. */
  grow(): void;
  remove(): void;
}

const sessions = 10;
const requestsEach = 2200;

export function killWorld(): KillWorld {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tokenboard-kill-')));
  const logs = logTexts().map(([path, text]) => ({ path: join(home, path), bytes: Buffer.from(text) }));
  for (const { path, bytes } of logs) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const middle = (bytes: Buffer): number => Math.floor(bytes.length / 2);
  let places = 0;
  return {
    place(copyOf) {
      const data = join(home, `data-${places++}`);
      mkdirSync(data);
      const from = copyOf?.env.TOKENBOARD_DATA_DIR;
      if (from !== undefined && existsSync(`${from}/ledger.db`)) {
        copyFileSync(`${from}/ledger.db`, `${data}/ledger.db`);
      }
      return { home, platform: 'linux', env: { TOKENBOARD_DATA_DIR: data } };
    },
    async scanned(machine, withReaders = readers) {
      const ledger = openLedger(machine);
      await scan(ledger, machine, withReaders);
      return ledger;
    },
    cut() {
      for (const { path, bytes } of logs) truncateSync(path, middle(bytes));
    },
    grow() {
      for (const { path, bytes } of logs) appendFileSync(path, bytes.subarray(middle(bytes)));
    },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** All that a ledger tells, as a text that can be compared. */
export function told(ledger: Ledger): string {
  return JSON.stringify(contents(ledger));
}

/** Transcripts of Claude Code in which requests grow and come again, and rollouts of Codex with limits. */
function logTexts(): readonly (readonly [path: string, text: string])[] {
  const random = seeded(11);
  const texts: [string, string][] = [];
  for (let session = 0; session < sessions; session++) {
    const lines: string[] = [];
    for (let request = 0; request < requestsEach; request++) {
      // Some requests stand in the session before as well.
      const owner = random.chance(0.05) ? Math.max(0, session - 1) : session;
      const told = {
        id: `msg_${owner}_${request}`,
        requestId: `req_${owner}_${request}`,
        session: `session-${session}`,
      };
      const time = noon + (owner * requestsEach + request) * 20_000;
      const [input, output, cacheRead] = [random.whole(1, 900), random.whole(1, 9000), random.whole(0, 90_000)];
      if (random.chance(0.3))
        lines.push(claudeLine({ ...told, time, input, cacheRead, output: Math.ceil(output / 2) }));
      lines.push(claudeLine({ ...told, time, input, cacheRead, output, stopped: true }));
    }
    texts.push([`.claude/projects/-home-dev-app/session-${session}.jsonl`, lines.join('')]);
  }
  const id = '00000001-1111-4222-8333-00000000000a';
  const counts: string[] = [codexHead(id, noon)];
  let total: CodexUsage = { input: 0, cached: 0, output: 0, reasoning: 0 };
  for (let request = 1; request <= 1000; request++) {
    const last = { input: random.whole(10, 9000), cached: 5, output: random.whole(1, 900), reasoning: 1 };
    total = {
      input: total.input + last.input,
      cached: total.cached + last.cached,
      output: total.output + last.output,
      reasoning: total.reasoning + last.reasoning,
    };
    counts.push(codexCount(noon + request * 9000, total, last, { fiveHours: request / 10, week: request / 50 }));
  }
  texts.push([`.codex/sessions/2026/05/12/rollout-2026-05-12T12-00-00-${id}.jsonl`, counts.join('')]);
  return texts;
}
