import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheFolder } from '../workbench/cache-folder.ts';
import { makeProfile } from '../workbench/profile.ts';
import { sandboxEnv } from '../workbench/sandbox-env.ts';
import { say } from '../workbench/say.ts';
import type { HostRun } from './host-run.ts';

/** Runs the suites in a desktop VS Code of `$VSCODE_TEST_VERSION`. Gives what went wrong beside the tests themselves. */
export async function runInDesktop(run: HostRun): Promise<string | undefined> {
  const version = process.env.VSCODE_TEST_VERSION ?? 'stable';
  say(`Running the tests in the desktop VS Code ${version} …`);
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder(), 'desktop') });
  const env = sandboxEnv(run.home, run.env);
  const profile = makeProfile(join(run.home, '..', 'profile'), { 'security.workspace.trust.startupPrompt': 'never' });
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: process.cwd(),
      extensionTestsPath: run.tests,
      extensionTestsEnv: env,
      launchArgs: [
        ...(run.folder ? [run.folder] : []),
        ...['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions],
        ...['--disable-gpu', '--skip-welcome', '--skip-release-notes'],
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
