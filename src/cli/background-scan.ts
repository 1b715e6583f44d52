import { spawn } from 'node:child_process';
import { isScanDue } from '../ledger/scan-lock.ts';

const dueMs = 60_000;

/** Lets a process of its own read what is new, unless one did within the last minute; it outlives this one, and is not heard of. */
export function scanInBackground(dataDir: string, home: string | undefined): void {
  const script = process.argv[1];
  if (script === undefined || !isScanDue(dataDir, dueMs)) return;
  const args = [...process.execArgv, script, 'scan', '--quiet', ...(home === undefined ? [] : ['--home', home])];
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}
