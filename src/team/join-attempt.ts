import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { findDevice } from './device.ts';
import type { Failure } from './failure.ts';
import type { Invitation } from './link.ts';
import type { Team } from './team.ts';

/**
 * An attempt to join whose answer has not come. It is kept until then, also over a restart: where the answer is lost the invite
 * may be used up, and only the same attempt from the same device is given tokens again.
 */
export interface JoinAttempt {
  /** Random, for the server. */
  readonly attempt: string;
  /** The id that this home will have, or has. */
  readonly device: string;
}

interface Kept extends JoinAttempt {
  /** Which invitation it is for: a hash. */
  readonly invitation: string;
}

/** The attempt for an invitation: the one that is under way, else a new one, which is noted before anything is asked. */
export function joinAttempt(team: Team, { origin, secret }: Invitation): JoinAttempt {
  const invitation = createHash('sha256').update(`${origin} ${secret}`).digest('hex');
  const known = readAttempt(team);
  const device = findDevice(team);
  if (known?.invitation === invitation) return { ...known, device: device ?? known.device };
  const made = { invitation, attempt: randomBytes(32).toString('base64url'), device: device ?? randomUUID() };
  const file = fileOf(team);
  mkdirSync(team.dir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return made;
}

/** Forgets the attempt, and the folder where it was all that was in it. */
export function endJoinAttempt(team: Team): void {
  rmSync(fileOf(team), { force: true });
  try {
    rmdirSync(team.dir);
  } catch {
    // There is more in it.
  }
}

/** Whether a failure is the server's word that this attempt came to nothing; else its answer may have been lost. */
export function isRefused(failure: Failure): boolean {
  if (failure.kind === 'forbidden' || failure.kind === 'cancelled') return true;
  const status = failure.kind === 'problem' ? failure.problem.status : 0;
  return status >= 400 && status < 500 && status !== 429;
}

function fileOf({ dir }: Team): string {
  return `${dir}/joining.json`;
}

function readAttempt(team: Team): Kept | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(team), 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}
