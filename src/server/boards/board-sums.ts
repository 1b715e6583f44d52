import { setImmediate as breathe } from 'node:timers/promises';
import type { Withholding } from '../../team/protocol/board.ts';
import type { Part } from './disclosure.ts';
import { membersIn } from './members.ts';
import { type Circumstances, decideSum, type SumDecision, type SumState } from './published-sum.ts';
import { overlapReason, reasonBesideTeamBoards, type TeamIndex, type TeamParts, teamIndex } from './team-views.ts';

/** What is kept of a board's sums in one window and metric. */
export interface BoardState {
  readonly total: SumState | undefined;
  readonly teams: readonly (readonly [team: number, state: SumState])[];
  /** What the total leaves when the teams that are told are subtracted from it. */
  readonly rest: SumState | undefined;
}

export interface BoardSums {
  readonly total: SumDecision;
  readonly teams: ReadonlyMap<number, SumDecision>;
  readonly state: BoardState;
}

/** So many members' parts are looked at without a break. */
const breatheEvery = 5000;

interface Told {
  readonly team: number;
  readonly parts: readonly Part[];
}

/**
 * Decides on the sums of a board and of its teams, so that neither tells of anybody, nor do they when subtracted from each
 * other. Lets others work between its steps.
 */
export async function decideBoardSums(
  parts: readonly Part[],
  teams: readonly TeamParts[],
  before: BoardState | undefined,
  about: Circumstances,
): Promise<BoardSums> {
  const { k } = about;
  const index = teamIndex(teams);
  const states = new Map(before?.teams);
  const besideTeams = (seen: readonly Part[]) => reasonBesideTeamBoards(seen, index, k);
  const undecided = decideSum(parts, before?.total, about);
  await breathe();
  const total = guarded(undecided, before?.total, parts, besideTeams);
  await breathe();
  const counted = total.sum === undefined ? parts : membersOf(parts, total.sum.members);
  const { decisions, told } = await decideTeams(counted, teams, states, index, about);

  let rest = before?.rest;
  for (let drop = 1; total.sum !== undefined && told.length > 0; drop *= 2) {
    const left = without(counted, told);
    await breathe();
    const unguarded = decideSum(left, rest, about);
    await breathe();
    const decision = guarded(unguarded, rest, left, besideTeams);
    // Whoever subtracts has all of them, and as finely as the total is told.
    const whole = decision.sum?.members.length === left.length && decision.sum.digits >= total.sum.digits;
    if (whole || (left.every(({ value }) => value === 0) && unchanged(left, rest))) {
      rest = decision.state;
      break;
    }
    // The smallest are withheld as well; more at a time, for there may be thousands of them.
    for (const { team } of told.splice(-drop)) decisions.set(team, withheld('derivable', states.get(team)));
  }
  const kept = [...decisions].flatMap(([team, { state }]) => (state === undefined ? [] : [[team, state] as const]));
  return { total, teams: decisions, state: { total: total.state, teams: kept, rest } };
}

/** The largest teams first, each beside those that are told already and have members in it. */
async function decideTeams(
  counted: readonly Part[],
  teams: readonly TeamParts[],
  states: ReadonlyMap<number, SumState>,
  index: TeamIndex,
  about: Circumstances,
): Promise<{ readonly decisions: Map<number, SumDecision>; readonly told: Told[] }> {
  const { k } = about;
  const partOf: (Part | undefined)[] = [];
  for (const part of counted) partOf[part.member] = part;
  const sized = teams.map((team) => ({ team, own: partsOf(team, partOf) }));
  sized.sort((a, b) => b.own.length - a.own.length || a.team.team - b.team.team);
  const decisions = new Map<number, SumDecision>();
  const told = new Map<TeamParts, Told>();
  let size = 0;
  for (const { team, own } of sized) {
    size += own.length;
    if (size > breatheEvery) {
      size = 0;
      await breathe();
    }
    const state = states.get(team.team);
    const decision = guarded(decideSum(own, state, about), state, own, (seen) => {
      const others = new Set<TeamParts>();
      for (const { member } of seen) for (const other of index.shared.get(member) ?? []) others.add(other);
      const reasons = [...others].map((other) => overlapReason(seen, told.get(other)?.parts ?? [], k));
      return reasonBesideTeamBoards(seen, index, k) ?? reasons.find((reason) => reason !== undefined);
    });
    decisions.set(team.team, decision);
    if (decision.sum !== undefined) {
      told.set(team, { team: team.team, parts: membersOf(own, decision.sum.members) });
    }
  }
  return { decisions, told: [...told.values()] };
}

/** Withholds a sum for a reason that is found beside those of the sum alone. */
function guarded(
  decision: SumDecision,
  before: SumState | undefined,
  parts: readonly Part[],
  reasonOf: (parts: readonly Part[]) => Withholding | undefined,
): SumDecision {
  if (decision.sum === undefined) return decision;
  const reason = reasonOf(membersOf(parts, decision.sum.members));
  return reason === undefined ? decision : withheld('derivable', before);
}

function withheld(reason: Withholding, state: SumState | undefined): SumDecision {
  return { sum: undefined, withheld: reason, state };
}

function unchanged(left: readonly Part[], rest: SumState | undefined): boolean {
  const present = membersIn(left.map(({ member }) => member));
  return rest === undefined || rest.hidden.every((member) => present.has(member));
}

function without(parts: readonly Part[], told: readonly Told[]): readonly Part[] {
  const taken = membersIn(told.flatMap((one) => one.parts.map(({ member }) => member)));
  return parts.filter(({ member }) => !taken.has(member));
}

function partsOf({ members }: TeamParts, partOf: readonly (Part | undefined)[]): Part[] {
  const own: Part[] = [];
  for (const member of members) {
    const part = partOf[member];
    if (part !== undefined) own.push(part);
  }
  return own;
}

function membersOf(parts: readonly Part[], members: readonly number[]): readonly Part[] {
  // All members are among the parts, so that as many are all.
  if (members.length === parts.length) return parts;
  const wanted = membersIn(members);
  return parts.filter(({ member }) => wanted.has(member));
}
