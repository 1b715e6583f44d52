import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Team } from './team.ts';

/**
 * The device id lives with the logs: beside the ledger, and in the folders that tools keep their logs in, which a container mounts
 * without the rest of the home. So one home that two systems see is one device, and so is a machine that was set up anew.
 */
type Places = Pick<Team, 'dir' | 'logHomes'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const markName = '.tokenboard-device';

/** The id that is marked here; undefined where this home never was a device. */
export function findDevice({ dir, logHomes }: Places): string | undefined {
  for (const file of [...logHomes.map((home) => `${home}/${markName}`), `${dir}/device`]) {
    const id = readMark(file);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Marks this home as a device, once a person has agreed to share. A log folder that cannot be written does without. */
export function markDevice({ dir, logHomes }: Places, id: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(`${dir}/device`, `${id}\n`, { mode: 0o600 });
  for (const home of logHomes) {
    if (!statSync(home, { throwIfNoEntry: false })?.isDirectory()) continue;
    try {
      writeFileSync(`${home}/${markName}`, `${id}\n`, { mode: 0o600, flag: 'wx' });
    } catch {
      // It is marked already, or read-only.
    }
  }
}

/** Takes the marks of a device away. */
export function unmarkDevice({ dir, logHomes }: Places): void {
  const id = findDevice({ dir, logHomes });
  for (const file of [...logHomes.map((home) => `${home}/${markName}`), `${dir}/device`]) {
    if (id === undefined || readMark(file) !== id) continue;
    try {
      rmSync(file, { force: true });
    } catch {
      // A read-only mount keeps its mark, which tells nothing to anyone.
    }
  }
}

function readMark(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return uuid.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
