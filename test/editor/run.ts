import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { corpusHome } from '../bench/corpus-home.ts';
import { appendClaude } from '../demo/claude-log.ts';
import { factor } from '../long/factor.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { resultsFile, resultsOf, show, writeProblem } from '../workbench/results.ts';
import { say } from '../workbench/say.ts';
import type { HostRun } from './host-run.ts';
import { runInCodeServer } from './run-in-code-server.ts';
import { runInDesktop } from './run-in-desktop.ts';
import { settingsEnv } from './settings-home.ts';

const tests = resolve('out', 'editor-tests.js');
await build({
  entryPoints: ['test/editor/host/index.ts'],
  outfile: tests,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
});
const { home: corpus } = await corpusHome(300);
const desktop = process.env.VSCODE_TEST_VERSION !== undefined || process.platform !== 'linux';
for (const window of ['empty', 'untrusted', 'settings']) {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const home = join(temporary, 'home');
  const folder = join(temporary, 'folder');
  mkdirSync(folder);
  const name = `editor-${window}`;
  const measures = join(temporary, 'measures.txt');
  const results = resultsFile(name);
  rmSync(results, { force: true });
  const common = { session: 'host', project: '/home/dev/demo-host', time: Date.now() };
  appendClaude(home, { ...common, id: 'host-first', input: 7, output: 70, cacheRead: 700 });
  const env = {
    ...{ TZ: noonZone(), TOKENBOARD_TEST_RESULTS: results, TOKENBOARD_TEST_WINDOW: window },
    TOKENBOARD_TEST_MEASURES: measures,
    TOKENBOARD_TEST_SECONDS: factor >= 10 ? '20' : '6',
    ...(window === 'settings' ? { ...settingsEnv(temporary, folder), TOKENBOARD_TEST_CORPUS: corpus } : {}),
  };
  const run: HostRun = {
    ...{ name, home, tests, env, trusted: window === 'settings' },
    ...(window === 'empty' ? {} : { folder }),
  };
  const problem = await (desktop ? runInDesktop(run) : runInCodeServer(run)).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  if (existsSync(measures)) say(readFileSync(measures, 'utf8').replace(/^/gm, '  ').trimEnd());
  if (problem !== undefined && !existsSync(results)) writeProblem(name, problem);
  const found = resultsOf(name, problem);
  show(found);
  if (found.failed > 0) process.exitCode = 1;
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
