import { type ChildProcess, spawnSync } from 'node:child_process';
import { atExit } from './at-exit.ts';

/** Ends a process that was started detached, with all that it started: by request, and by force after 5 s. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const gone = hasEnded(child)
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(child.pid, 'SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([gone, new Promise((resolve) => (timer = setTimeout(resolve, 5000)))]);
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL');
}

/** Ends a detached process and all that it started when this process exits for whatever reason. */
export function endGroupAtExit(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const callOff = atExit(() => signalGroup(pid, 'SIGKILL'));
  child.once('exit', () => {
    callOff();
    signalGroup(pid, 'SIGKILL');
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A group that is gone is no error: that is what is wanted. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    else process.kill(-pid, signal);
  } catch {
    // Nothing left to signal.
  }
}
