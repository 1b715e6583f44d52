import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** What a run of the command gave. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tokenboard-cli-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let built: Promise<string> | undefined;

/** The bundled command, as it is published; built once. */
export function builtCommand(): Promise<string> {
  built ??= build({
    entryPoints: { cli: 'src/cli/main.ts', 'read-worker': 'src/ledger/read-worker.ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outdir: folder,
  }).then(() => join(folder, 'cli.js'));
  return built;
}

/** Runs the bundled command, far from the environment of who runs the tests; what is piped into it is an empty file by default. */
export async function tokenboard(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  piped?: string,
): Promise<Run> {
  return await run([await builtCommand(), ...args], env, piped);
}

/** Runs Node with an environment that holds nothing but what is needed and given. */
export function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, piped?: string): Promise<Run> {
  const { PATH, SystemRoot, TEMP } = process.env;
  const base = { PATH, SystemRoot, TEMP, HOME: folder, USERPROFILE: folder, TZ: 'UTC' };
  const input = piped === undefined ? 'ignore' : 'pipe';
  const child = spawn(process.execPath, args, { env: { ...base, ...env }, stdio: [input, 'pipe', 'pipe'] });
  // The command may have seen enough before the end.
  child.stdin?.on('error', () => undefined).end(piped);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
  });
}

/** A new, empty home folder; it is removed when the tests end. */
export function newHome(): string {
  return mkdtempSync(join(folder, 'home-'));
}

/** What matters of an assistant line in a Claude Code log. */
export interface ClaudeRequest {
  readonly id: string;
  readonly time: string;
  readonly model?: string;
  readonly cwd?: string;
  readonly branch?: string;
  readonly session?: string;
  /** Input, output, cache reads, 5-minute and 1-hour cache writes. */
  readonly tokens: readonly [number, number, number, number, number];
  readonly sidechain?: boolean;
}

/** Writes a Claude Code log into a home. */
export function writeClaudeLog(home: string, name: string, requests: readonly ClaudeRequest[]): void {
  const file = join(home, '.claude', 'projects', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, requests.map((request) => `${JSON.stringify(claudeLine(request))}\n`).join(''));
}

function claudeLine(request: ClaudeRequest): unknown {
  const [input, output, cacheRead, write5m, write1h] = request.tokens;
  return {
    type: 'assistant',
    uuid: `uuid-${request.id}`,
    sessionId: request.session ?? 'session-1',
    timestamp: request.time,
    cwd: request.cwd ?? '/home/me/shop',
    gitBranch: request.branch ?? 'main',
    isSidechain: request.sidechain ?? false,
    version: '2.1.0',
    requestId: `req-${request.id}`,
    message: {
      id: `msg_${request.id}`,
      role: 'assistant',
      model: request.model ?? 'claude-opus-4-5-20251101',
      content: [],
      usage: {
        input_tokens: input,
        output_tokens: output,
        cache_read_input_tokens: cacheRead,
        cache_creation_input_tokens: write5m + write1h,
        cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
      },
    },
  };
}
