import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ran, from its start to its end. */
export interface TimedRun {
  readonly ms: number;
  /** The largest resident set that the system saw; undefined without GNU time. */
  readonly peakMB: number | undefined;
  readonly stdout: string;
}

const gnuTime = '/usr/bin/time';
/** The kernel's own figure for a process: no sampling can miss its peak. */
const measuresMemory = process.platform === 'linux' && existsSync(gnuTime);
const report = join(tmpdir(), `tokenboard-bench-${process.pid}`);

/** Runs a command to its end. Throws where it fails. */
export function timedRun(command: readonly string[], env: Readonly<Record<string, string>>): TimedRun {
  const whole = measuresMemory ? [gnuTime, '-f', '%M', '-o', report, ...command] : command;
  const began = performance.now();
  const { status, stdout, stderr, error } = spawnSync(whole[0] ?? '', whole.slice(1), {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ms = performance.now() - began;
  if (error !== undefined || status !== 0) {
    throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`, { cause: error });
  }
  return { ms, peakMB: peakMB(), stdout };
}

function peakMB(): number | undefined {
  if (!measuresMemory) return undefined;
  const kilobytes = Number(readFileSync(report, 'utf8').trim().split('\n').at(-1));
  rmSync(report);
  return Number.isFinite(kilobytes) ? (kilobytes * 1024) / 1e6 : undefined;
}
