import { hash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

/**
 * Small numbers that stand for members while sums are decided: 0 and up for those who take part, in their order, and
 * further ones for those of whom only an earlier state tells. What is kept names members by salted hashes.
 */
export interface Numbering {
  readonly salt: string;
  numberOf(hash: number): number;
  hashOf(number: number): number;
}

/** Bytes of a member's hash: so few that they are exact as a number, so many that two members hardly share one. */
export const hashBytes = 6;

/** So many are hashed without a break. */
const breatheEvery = 4000;

/** Numbers members by their places in a list. Lets others work meanwhile. */
export async function numbering(salt: string, members: readonly number[]): Promise<Numbering> {
  const hashes: number[] = [];
  const numbers = new Map<number, number>();
  for (const [number, member] of members.entries()) {
    const known = memberHash(salt, member);
    hashes.push(known);
    numbers.set(known, number);
    if (number % breatheEvery === 0) await breathe();
  }
  return {
    salt,
    numberOf(known) {
      const number = numbers.get(known) ?? hashes.push(known) - 1;
      numbers.set(known, number);
      return number;
    },
    hashOf: (number) => hashes[number] ?? 0,
  };
}

/** The number that stands for a member in a state; without the salt nothing leads back to the member's id. */
export function memberHash(salt: string, member: number): number {
  return Number.parseInt(hash('sha256', `${salt}:${member}`).slice(0, hashBytes * 2), 16);
}
