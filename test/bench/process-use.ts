import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process used in a span of time. */
export interface ProcessUse {
  /** Resident at its end. */
  readonly megabytes: number;
  /** Of one processor, by all its threads: 1 is all of it. */
  readonly share: number;
}

/** The kernel counts in hundredths of a second, wherever Linux runs. */
const tickMs = 10;

/** What a process and its threads use for so long, by the kernel's own word. Linux only. */
export async function useOf(pid: number, ms: number): Promise<ProcessUse> {
  const before = ticksOf(pid);
  const began = performance.now();
  await sleep(ms);
  const share = ((ticksOf(pid) - before) * tickMs) / (performance.now() - began);
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { megabytes: (kilobytes * 1024) / 1e6, share };
}

/** Spent in the program and in the kernel for it: the 14th and 15th fields, counted past a name that may hold spaces. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
