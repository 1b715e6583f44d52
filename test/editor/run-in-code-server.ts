import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkbench } from '../workbench/workbench.ts';
import type { HostRun } from './host-run.ts';

const limit = 180_000;

/** Runs the suites in the extension host of VS Code's server. Gives what went wrong beside the tests themselves. */
export async function runInCodeServer(run: HostRun): Promise<string | undefined> {
  const workbench = await openWorkbench({
    name: run.name,
    home: run.home,
    extensionPath: '.',
    testsPath: run.tests,
    env: run.env,
    ...(run.folder ? { folder: run.folder, trust: run.trusted ?? false } : {}),
  });
  try {
    const timer = new AbortController();
    const late = sleep(limit, `the suite has not ended after ${limit / 1000} s`, { signal: timer.signal });
    const result = await Promise.race([workbench.exitCode, late]);
    timer.abort();
    late.catch(() => undefined);
    if (typeof result === 'number') return undefined;
    await workbench.page.screenshot({ path: `out/${run.name}.png` }).catch(() => undefined);
    return result;
  } finally {
    await workbench.close();
  }
}
