import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from './cache-folder.ts';
import { runNpm } from './run-command.ts';
import { say } from './say.ts';

/** 4.139.1 holds VS Code 1.139.1 and runs on Node 24. */
const version = '4.139.1';
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The script that runs code-server, a VS Code for the browser. It comes from npm, once. Its install scripts would only
 * compile what is not needed here, watching for a hung extension host, and what writes log files, which is replaced.
 */
export async function codeServerScript(): Promise<string> {
  if (process.platform === 'win32') throw new Error('VS Code for the browser does not run on Windows.');
  const folder = await installedOnce(`code-server-${version}`, async (target) => {
    say(
      `Fetching VS Code for the browser (code-server ${version}, 600 MB on disk) from npm; it is kept for the next time …`,
    );
    writeFileSync(
      join(target, 'package.json'),
      JSON.stringify({ private: true, dependencies: { 'code-server': version } }),
    );
    await runNpm(['install', ...quiet], { cwd: target });
    await runNpm(['install', '--omit=dev', ...quiet], { cwd: join(target, 'node_modules/code-server/lib/vscode') });
  });
  const script = join(folder, 'node_modules/code-server/out/node/entry.js');
  if (!existsSync(script)) throw new Error(`${script} is missing: remove ${folder} and try again.`);
  const logFiles = join(folder, 'node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/index.js');
  if (!existsSync(join(logFiles, '../build'))) copyFileSync(join(import.meta.dirname, 'log-files.cjs'), logFiles);
  return script;
}
