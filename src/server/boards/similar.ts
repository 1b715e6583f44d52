import { setImmediate as breathe } from 'node:timers/promises';
import type { Contribution } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { contributionsIn } from './people.ts';

/** What two members have counted, in the order in which it is compared; the first is what they are sorted by. */
type Vector = readonly number[];

interface Counted {
  readonly member: number;
  readonly flagged: boolean;
  readonly vector: Vector;
}

export const similarReason = 'similar_counts';
const flagDays = 30;
const dayMs = 86_400_000;
/** Counts that differ by less than this share are near enough to be the same logs, counted twice. */
const nearShare = 0.002;
/** Little use is alike by chance. */
const leastTokens = 1_000_000;
const leastDays = 3;
const breatheEvery = 2000;

export interface Flagging {
  readonly store: Store;
  readonly org: number;
  readonly now: number;
  /** The number of the leadership by which it is ordered: see `Leadership`. */
  readonly lead?: number | undefined;
}

/**
 * Flags members of whom two have counted nearly the same in 30 days: most likely the same logs under two members. A person
 * looks at it; the member is told, and it ends by itself. Answers how many were flagged.
 */
export async function flagSimilar({ store, org, now, lead }: Flagging): Promise<number> {
  const counted: Counted[] = [];
  for await (const page of contributionsIn(store, org, '30d')) {
    for (const one of page) {
      if (one.activeDays >= leastDays && one.in + one.out + one.cr + one.cw >= leastTokens) {
        counted.push({ member: one.member, flagged: one.flagged, vector: vectorOf(one) });
      }
    }
  }
  const by = { member: null, role: null };
  const flag = { reason: similarReason, since: now, until: now + flagDays * dayMs };
  let flagged = 0;
  for (const member of await similar(counted)) {
    const outcome = await store.changeMember({ org, member, flag, by, reason: similarReason, now, lead });
    if (outcome === 'leads_no_more') break;
    if (outcome === 'done') flagged++;
  }
  return flagged;
}

/** Those who are not flagged yet and have nearly the same counts as another one. */
async function similar(counted: Counted[]): Promise<readonly number[]> {
  const first = ({ vector }: Counted): number => vector[0] ?? 0;
  counted.sort((a, b) => first(a) - first(b));
  const alike = new Set<number>();
  for (const [index, one] of counted.entries()) {
    if (index % breatheEvery === 0) await breathe();
    for (let next = index + 1; next < counted.length; next++) {
      const other = counted[next];
      if (other === undefined || !isNear(first(one), first(other))) break;
      if (!one.vector.every((count, place) => isNear(count, other.vector[place] ?? 0))) continue;
      for (const each of [one, other]) if (!each.flagged) alike.add(each.member);
    }
  }
  return [...alike];
}

function vectorOf(one: Contribution): Vector {
  return [one.out, one.in, one.cr, one.cw, one.req, one.activeDays];
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= nearShare * Math.max(a, b);
}
