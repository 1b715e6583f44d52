import { createHash, randomBytes } from 'node:crypto';
import type { BoardState } from './board-sums.ts';
import type { SumState } from './published-sum.ts';

/** A board's state with the salt of the hashes that stand for its members. */
export interface SaltedState {
  readonly salt: string;
  readonly state: BoardState | undefined;
}

interface ChangeText {
  readonly day: number;
  readonly total: number;
  readonly joined: string;
  readonly left: string;
  readonly small: string;
}

interface SumText {
  readonly day: number;
  readonly total: number;
  readonly members: string;
  readonly hidden: string;
  readonly small: string;
  readonly named: string;
  readonly changes: readonly ChangeText[];
}

/** Bytes of a member's hash: so few that they are exact as a number, so many that two members hardly share one. */
const hashBytes = 6;

/** The number that stands for a member in a state; without the salt nothing leads back to the member's id. */
export function memberHash(salt: string, member: number): number {
  return createHash('sha256').update(`${salt}:${member}`).digest().readUIntBE(0, hashBytes);
}

/** Reads a state that was kept; a new salt and nothing else where there is none. */
export function readState(text: string | null): SaltedState {
  if (text === null) return { salt: randomBytes(16).toString('hex'), state: undefined };
  const kept = JSON.parse(text) as {
    readonly salt: string;
    readonly total: SumText | null;
    readonly teams: readonly (readonly [number, SumText])[];
    readonly rest: SumText | null;
  };
  return {
    salt: kept.salt,
    state: {
      total: kept.total === null ? undefined : readSum(kept.total),
      teams: kept.teams.map(([team, sum]) => [team, readSum(sum)]),
      rest: kept.rest === null ? undefined : readSum(kept.rest),
    },
  };
}

/** Writes a state so that it can be kept. */
export function writeState(salt: string, { total, teams, rest }: BoardState): string {
  return JSON.stringify({
    salt,
    total: total === undefined ? null : writeSum(total),
    teams: teams.map(([team, sum]) => [team, writeSum(sum)]),
    rest: rest === undefined ? null : writeSum(rest),
  });
}

function readSum({ day, total, members, hidden, small, named, changes }: SumText): SumState {
  return {
    day,
    total,
    members: readHashes(members),
    hidden: readHashes(hidden),
    small: readHashes(small),
    named: readHashes(named),
    changes: changes.map((change) => ({
      day: change.day,
      total: change.total,
      joined: readHashes(change.joined),
      left: readHashes(change.left),
      small: readHashes(change.small),
    })),
  };
}

function writeSum({ day, total, members, hidden, small, named, changes }: SumState): SumText {
  return {
    day,
    total,
    members: writeHashes(members),
    hidden: writeHashes(hidden),
    small: writeHashes(small),
    named: writeHashes(named),
    changes: changes.map((change) => ({
      day: change.day,
      total: change.total,
      joined: writeHashes(change.joined),
      left: writeHashes(change.left),
      small: writeHashes(change.small),
    })),
  };
}

function readHashes(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / hashBytes }, (_, index) => bytes.readUIntBE(index * hashBytes, hashBytes));
}

function writeHashes(hashes: readonly number[]): string {
  const bytes = Buffer.alloc(hashes.length * hashBytes);
  for (const [index, hash] of hashes.entries()) bytes.writeUIntBE(hash, index * hashBytes, hashBytes);
  return bytes.toString('base64');
}
