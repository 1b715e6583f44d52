import { randomBytes } from 'node:crypto';
import type { BoardState } from './board-sums.ts';
import { hashBytes, type Numbering } from './numbering.ts';
import { readPlaces, writePlaces } from './places-text.ts';
import type { SumState } from './published-sum.ts';

const saltBytes = 16;

interface ChangeText {
  readonly day: number;
  readonly total: number;
  readonly joined: string;
  readonly left: string;
  readonly small: string;
  readonly fair: string;
}

interface SumText {
  readonly day: number;
  readonly total: number;
  readonly members: string;
  readonly hidden: string;
  readonly small: string;
  readonly fair: string;
  readonly named: string;
  readonly changes: readonly ChangeText[];
}

interface StateText {
  /** Everybody of whom the state tells, once; all else names them by their places in it. */
  readonly everybody: string;
  readonly total: SumText | null;
  readonly teams: readonly (readonly [number, SumText])[];
  readonly rest: SumText | null;
}

/** The salt of the hashes in a state, with which its text begins. */
export function saltOf(text: string): string {
  return text.slice(0, saltBytes * 2);
}

export function newSalt(): string {
  return randomBytes(saltBytes).toString('hex');
}

/** Reads a state that was kept; undefined where there is none. */
export function readState(text: string | null, { numberOf }: Numbering): BoardState | undefined {
  if (text === null) return undefined;
  const { everybody, total, teams, rest } = JSON.parse(text.slice(saltBytes * 2)) as StateText;
  const numbers = readHashes(everybody).map(numberOf);
  return {
    total: total === null ? undefined : readSum(total, numbers),
    teams: teams.map(([team, sum]) => [team, readSum(sum, numbers)]),
    rest: rest === null ? undefined : readSum(rest, numbers),
  };
}

/** Writes a state so that it can be kept. */
export function writeState({ total, teams, rest }: BoardState, { salt, hashOf }: Numbering): string {
  const sums = [...teams.map(([, sum]) => sum), ...(total === undefined ? [] : [total]), ...(rest ? [rest] : [])];
  const everybody: number[] = [];
  const places: number[] = [];
  for (const sum of sums) {
    for (const members of listsOf(sum)) {
      for (const member of members) {
        if (places[member] === undefined) places[member] = everybody.push(member) - 1;
      }
    }
  }
  const text: StateText = {
    everybody: writeHashes(everybody.map(hashOf)),
    total: total === undefined ? null : writeSum(total, places),
    teams: teams.map(([team, sum]) => [team, writeSum(sum, places)]),
    rest: rest === undefined ? null : writeSum(rest, places),
  };
  return salt + JSON.stringify(text);
}

/** The lists of a sum, but for those that hold members of the others alone. */
function listsOf({ members, named, changes }: SumState): (readonly number[])[] {
  return [members, named, ...changes.flatMap(({ joined, left }) => [joined, left])];
}

function readSum(sum: SumText, everybody: readonly number[]): SumState {
  const read = (text: string) => readPlaces(text).map((place) => everybody[place] ?? 0);
  return {
    day: sum.day,
    total: sum.total,
    members: read(sum.members),
    hidden: read(sum.hidden),
    small: read(sum.small),
    fair: read(sum.fair),
    named: read(sum.named),
    changes: sum.changes.map(({ day, total, joined, left, small, fair }) => ({
      day,
      total,
      joined: read(joined),
      left: read(left),
      small: read(small),
      fair: read(fair),
    })),
  };
}

function writeSum(sum: SumState, places: readonly number[]): SumText {
  const write = (members: readonly number[]) => writePlaces(members.map((member) => places[member] ?? 0));
  return {
    day: sum.day,
    total: sum.total,
    members: write(sum.members),
    hidden: write(sum.hidden),
    small: write(sum.small),
    fair: write(sum.fair),
    named: write(sum.named),
    changes: sum.changes.map(({ day, total, joined, left, small, fair }) => ({
      day,
      total,
      joined: write(joined),
      left: write(left),
      small: write(small),
      fair: write(fair),
    })),
  };
}

function readHashes(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / hashBytes }, (_, index) => bytes.readUIntBE(index * hashBytes, hashBytes));
}

function writeHashes(hashes: readonly number[]): string {
  const bytes = Buffer.alloc(hashes.length * hashBytes);
  for (const [index, hash] of hashes.entries()) bytes.writeUIntBE(hash, index * hashBytes, hashBytes);
  return bytes.toString('base64');
}
