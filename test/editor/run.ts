import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { appendClaude } from '../demo/claude-log.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { resultsFile, resultsOf, show, writeProblem } from '../workbench/results.ts';
import type { HostRun } from './host-run.ts';
import { runInCodeServer } from './run-in-code-server.ts';
import { runInDesktop } from './run-in-desktop.ts';

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
const desktop = process.env.VSCODE_TEST_VERSION !== undefined || process.platform !== 'linux';
for (const window of ['empty', 'untrusted']) {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const home = join(temporary, 'home');
  const folder = join(temporary, 'folder');
  mkdirSync(folder);
  const name = `editor-${window}`;
  const results = resultsFile(name);
  rmSync(results, { force: true });
  const common = { session: 'host', project: '/home/dev/demo-host', time: Date.now() };
  appendClaude(home, { ...common, id: 'host-first', input: 7, output: 70, cacheRead: 700 });
  const env = { TZ: noonZone(), TOKENBOARD_TEST_RESULTS: results, TOKENBOARD_TEST_WINDOW: window };
  const run: HostRun = { name, home, tests, env, ...(window === 'untrusted' ? { folder } : {}) };
  const problem = await (desktop ? runInDesktop(run) : runInCodeServer(run)).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  if (problem !== undefined && !existsSync(results)) writeProblem(name, problem);
  const found = resultsOf(name, problem);
  show(found);
  if (found.failed > 0) process.exitCode = 1;
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
