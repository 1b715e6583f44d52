import { type BoardState, type BoardSums, decideBoardSums } from '../../../src/server/boards/board-sums.ts';
import type { Listing, Part } from '../../../src/server/boards/disclosure.ts';
import type { TeamParts } from '../../../src/server/boards/team-views.ts';
import type { Random } from '../../demo/random.ts';

/** A sum as it was told, with what nobody but the test knows. */
export interface ToldSum {
  readonly at: number;
  readonly digits: number;
  readonly total: number;
  readonly parts: ReadonlyMap<number, Part>;
}

/** All that was told of one group, in order; the group of what the teams leave of the total among them. */
export type Told = Map<string, ToldSum[]>;

interface Person {
  readonly member: number;
  team: number;
  wish: Listing;
  /** Tokens a day, as people differ: a few use as much as all others. */
  readonly pace: number;
  here: boolean;
}

/** A random history of a board: people come, go, come back, change teams, hide and use more or less; a snapshot each time. */
export async function randomHistory(
  random: Random,
  k: number,
  steps: number,
  most = 40,
): Promise<{ told: Told; snapshots: number }> {
  const teams = random.whole(0, 3);
  const people = Array.from({ length: random.whole(3, most) }, (_, index) => newcomer(random, index + 1, teams));
  const told: Told = new Map();
  let state: BoardState | undefined;
  for (let at = 0; at < steps; at++) {
    if (at > 0) change(random, people, teams);
    const parts = partsOf(random, people);
    const groups = teamsOf(people, teams);
    const sums = await decideBoardSums(parts, groups, state, { day: at, k });
    state = sums.state;
    note(told, at, parts, sums);
  }
  return { told, snapshots: steps };
}

function newcomer(random: Random, member: number, teams: number): Person {
  const wish = wishOf(random);
  return { member, team: random.whole(0, teams), wish, pace: 10 ** (random.whole(30, 48) / 10), here: true };
}

function wishOf(random: Random): Listing {
  return random.pick<Listing>([
    ['name', 2],
    ['pseudonym', 1],
    ['none', 2],
  ]);
}

function change(random: Random, people: Person[], teams: number): void {
  for (const person of people) {
    if (random.chance(0.04)) person.here = !person.here;
    if (random.chance(0.03)) person.team = random.whole(0, teams);
    if (random.chance(0.02)) person.wish = wishOf(random);
  }
  const coming = random.chance(0.3) ? random.whole(1, 8) : 0;
  for (let i = 0; i < coming; i++) people.push(newcomer(random, people.length + 1, teams));
}

function partsOf(random: Random, people: readonly Person[]): Part[] {
  return people
    .filter(({ here }) => here)
    .map(({ member, wish, pace }) => {
      const value = random.chance(0.1) ? 0 : Math.round(pace * (0.5 + random.whole(0, 100) / 100));
      return { member, value, listing: value > 0 ? wish : 'none' };
    });
}

function teamsOf(people: readonly Person[], teams: number): TeamParts[] {
  return Array.from({ length: teams }, (_, index) => {
    const own = people.filter(({ here, team }) => here && team === index + 1);
    return {
      team: index + 1,
      members: new Set(own.map(({ member }) => member)),
      listings: new Map(own.map(({ member, wish }) => [member, wish])),
    };
  });
}

function note(told: Told, at: number, parts: readonly Part[], sums: BoardSums): void {
  const add = (name: string, members: readonly number[], digits: number, total: number) => {
    const inIt = new Set(members);
    const list = told.get(name) ?? [];
    told.set(name, list);
    list.push({
      at,
      digits,
      total,
      parts: new Map(parts.filter(({ member }) => inIt.has(member)).map((part) => [part.member, part])),
    });
  };
  const { sum } = sums.total;
  if (sum !== undefined) add('total', sum.members, sum.digits, sum.total);
  const taken = new Set<number>();
  let toldTeams = 0;
  for (const [team, decision] of sums.teams) {
    if (decision.sum === undefined) continue;
    add(`team ${team}`, decision.sum.members, decision.sum.digits, decision.sum.total);
    for (const member of decision.sum.members) taken.add(member);
    toldTeams++;
  }
  if (sum === undefined || toldTeams === 0) return;
  const rest = sum.members.filter((member) => !taken.has(member));
  const digits = Math.min(sum.digits, ...[...sums.teams.values()].flatMap((one) => one.sum?.digits ?? []));
  if (rest.length > 0) add('rest', rest, digits, sum.total);
}
