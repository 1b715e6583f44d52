import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ScannerOrder } from './scanner-process.ts';

/** How a scanner's process ended. */
export interface Ended {
  /** Milliseconds from its start until it had the ledger open, and until its end. */
  readonly openedMs: number;
  readonly endedMs: number;
  readonly killed: boolean;
  /** It told that its scan was done. */
  readonly done: boolean;
  readonly errors: string;
}

export interface Killable {
  readonly ended: Promise<Ended>;
  kill(): void;
}

/** Starts a scanner in a process of its own. */
export function startScanner(order: ScannerOrder): Killable {
  const script = join(import.meta.dirname, 'scanner-process.ts');
  const began = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  let errors = '';
  let openedMs = Number.NaN;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (Number.isNaN(openedMs) && told.includes('open')) openedMs = performance.now() - began;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      const endedMs = performance.now() - began;
      resolve({ openedMs, endedMs, killed: signal === 'SIGKILL', done: told.includes('done'), errors });
    });
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}

/** How long a scanner takes when nobody kills it. */
export interface Pace {
  readonly openedMs: number;
  readonly endedMs: number;
}

/** A random moment of a scanner's life, most often of its scan. */
export function randomMoment({ openedMs, endedMs }: Pace): number {
  return Math.random() < 0.15 ? Math.random() * openedMs : openedMs + Math.random() * (endedMs - openedMs);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
