import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ChildReport } from './scan-in-child.ts';

const script = fileURLToPath(new URL('scan-in-child.ts', import.meta.url));
const run = promisify(execFile);

/** Scans a home in a process of its own, as another user where one is named by number. */
export async function scanInChild(home: string, waitMs = 0, user?: number): Promise<ChildReport> {
  const name = user === undefined ? [] : [String(user)];
  const { stdout } = await run(process.execPath, [script, home, String(waitMs), ...name], { timeout: 60_000 });
  return JSON.parse(stdout) as ChildReport;
}
