import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'tokenboard-serve-'));
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});
let built: Promise<string> | undefined;

/** The command with the backend, in bundles as it is published; built once. */
function builtCommand(): Promise<string> {
  const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node22', outdir: folder } as const;
  const prices = { alias: { '@pydantic/genai-prices': './prices.js' }, logLevel: 'error' } as const;
  built ??= Promise.all([
    build({ ...common, entryPoints: { prices: '@pydantic/genai-prices' }, logLevel: 'error' }),
    build({
      ...common,
      ...prices,
      entryPoints: {
        server: 'src/server/commands.ts',
        'server-boards': 'src/server/run/build-process.ts',
        'server-store': 'src/server/store/sqlite-thread.ts',
      },
      external: ['pg-native', './prices.js'],
    }),
    build({
      ...common,
      ...prices,
      alias: { ...prices.alias, '#server': './server.js' },
      entryPoints: { cli: 'src/cli/main.ts' },
      external: ['./prices.js', './server.js'],
    }),
  ]).then(() => join(folder, 'cli.js'));
  return built;
}

export function newFolder(): string {
  return mkdtempSync(join(folder, 'data-'));
}

/** A run of the command. */
export interface Running {
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs the command with an environment that holds nothing but what is needed and given; its output may go into an open file. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  output: 'pipe' | number = 'pipe',
): Promise<Running> {
  const command = await builtCommand();
  const { PATH, SystemRoot, TEMP } = process.env;
  const base = { PATH, SystemRoot, TEMP, HOME: folder, USERPROFILE: folder, TZ: 'UTC' };
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...base, ...env },
    stdio: ['ignore', output, 'pipe'],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code));
  });
  return { out: () => out, err: () => err, ended, kill: (signal) => void child.kill(signal) };
}

/** What a run that ends by itself has given. */
export async function done(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const running = await run(args, env);
  const code = await running.ended;
  return { code, out: running.out(), err: running.err() };
}

export interface Server extends Running {
  /** Where it listens. */
  readonly address: string;
  /** The secret of the set-up link; undefined where there is an owner. */
  readonly secret: string | undefined;
}

/** Starts `serve` on a free port; throws what it says where it does not start. */
export async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  output: 'pipe' | number = 'pipe',
): Promise<Server> {
  const running = await run(['serve', '--port', '0', ...args], env, output);
  const started = (async () => {
    for (;;) {
      // The address comes with all else that is said at the start.
      const address = /listens at (http:\S+?)[.,]?\s[\s\S]*\n/.exec(running.err())?.[1];
      if (address !== undefined) return { ...running, address, secret: /\/setup#(\S+)/.exec(running.err())?.[1] };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const failed = running.ended.then((code) => {
    throw new Error(`It ended with ${code}: ${running.err()}${running.out()}`);
  });
  failed.catch(() => undefined);
  return Promise.race([started, failed]);
}
