import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../workbench/cache-folder.ts';
import { runNpm } from '../workbench/run-command.ts';
import { say } from '../workbench/say.ts';

/** Tokens of each kind, as a counter tells them. */
export interface Counted {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Undefined where the counter does not tell. */
  readonly requests: number | undefined;
}

/** A program that counts tokens in a home's transcripts. */
export interface TokenCounter {
  readonly name: string;
  command(home: string): readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Removes what earlier runs have left: the next one is cold. */
  forget(home: string): void;
  counted(stdout: string): Counted;
}

const root = join(import.meta.dirname, '..', '..');

/** Tokenboard's command, run by Node directly. */
export const ours: TokenCounter = {
  name: 'tokenboard',
  command: (home) => [process.execPath, join(root, 'dist/cli.js'), 'report', '--by', 'model', '--json', '--home', home],
  env: {},
  forget: (home) => rmSync(join(home, '.local/share/tokenboard'), { recursive: true, force: true }),
  counted(stdout) {
    const { input, output, cacheRead, cacheWrite, events } = JSON.parse(stdout).totals;
    return { input, output, cacheRead, cacheWrite, requests: events };
  },
};

const packages = { ccusage: '@ccusage/ccusage-linux-x64', tokscale: '@tokscale/cli-linux-x64-gnu' } as const;

/** The newest peers that npm offers, both native programs. None where they do not run or cannot be had. */
export async function peers(): Promise<readonly TokenCounter[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say('The peers are measured on Linux on x64 only.');
    return [];
  }
  try {
    return [await ccusage(), await tokscale()];
  } catch (error) {
    say(`The peers could not be installed: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

async function ccusage(): Promise<TokenCounter> {
  const { program, version } = await installed('ccusage', 'bin/ccusage');
  return {
    name: `ccusage ${version}`,
    command: () => [program, 'claude', 'daily', '--offline', '--json'],
    env: {},
    forget: () => {},
    counted(stdout) {
      const { inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens } = JSON.parse(stdout).totals;
      return {
        input: inputTokens,
        output: outputTokens,
        cacheRead: cacheReadTokens,
        cacheWrite: cacheCreationTokens,
        requests: undefined,
      };
    },
  };
}

async function tokscale(): Promise<TokenCounter> {
  const { program, version } = await installed('tokscale', 'bin/tokscale');
  return {
    name: `tokscale ${version}`,
    command: () => [program, 'models', '--json'],
    // Else it asks the network for prices before it answers, again and again where there is none.
    env: { TOKSCALE_PRICING_CACHE_ONLY: '1' },
    forget(home) {
      for (const folder of ['.config/tokscale', '.cache/tokscale']) {
        rmSync(join(home, folder), { recursive: true, force: true });
      }
    },
    counted(stdout) {
      const { totalInput, totalOutput, totalCacheRead, totalCacheWrite, totalMessages } = JSON.parse(stdout);
      return {
        input: totalInput,
        output: totalOutput,
        cacheRead: totalCacheRead,
        cacheWrite: totalCacheWrite,
        requests: totalMessages,
      };
    },
  };
}

async function installed(peer: keyof typeof packages, file: string): Promise<{ program: string; version: string }> {
  const name = packages[peer];
  const version = (await runNpm(['view', '--loglevel=error', name, 'version'])).trim().split('\n').at(-1) ?? '';
  const folder = await installedOnce(`bench-${peer}-${version}`, async (partial) => {
    say(`Installing ${peer} ${version} …`);
    await runNpm(['install', '--loglevel=error', '--no-save', '--prefix', partial, `${name}@${version}`]);
  });
  const program = join(folder, 'node_modules', name, file);
  if (!existsSync(program)) throw new Error(`${name} ${version} holds no ${file}`);
  chmodSync(program, 0o755);
  return { program, version };
}
