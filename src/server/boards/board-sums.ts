import type { Withholding } from '../../team/protocol/board.ts';
import { type Listing, type Part, staticReason } from './disclosure.ts';
import { type Circumstances, decideSum, type SumDecision, type SumState } from './published-sum.ts';

/** A team within an organisation's board. */
export interface TeamParts {
  readonly team: number;
  readonly members: ReadonlySet<number>;
  /** How members stand on the team's own board, which its members see beside this one. */
  readonly listings: ReadonlyMap<number, Listing>;
}

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

interface Told {
  readonly team: number;
  readonly parts: readonly Part[];
  readonly decision: SumDecision;
}

/** Decides on the sums of a board and of its teams, so that neither tells of anybody, nor do they when subtracted from each other. */
export function decideBoardSums(
  parts: readonly Part[],
  teams: readonly TeamParts[],
  before: BoardState | undefined,
  about: Circumstances,
): BoardSums {
  const states = new Map(before?.teams);
  const { k } = about;
  const asSeen = (seen: readonly Part[]) => firstReason(teams.map((team) => staticReason(relisted(seen, team), k)));
  const total = guarded(decideSum(parts, before?.total, about), before?.total, parts, asSeen);
  const counted = total.sum === undefined ? parts : membersOf(parts, total.sum.members);

  const decisions = new Map<number, SumDecision>();
  let told: Told[] = [];
  const bySize = teams.map((team) => ({ team, own: within(counted, team.members) }));
  for (const { team, own } of bySize.sort((a, b) => b.own.length - a.own.length || a.team.team - b.team.team)) {
    const state = states.get(team.team);
    const decision = guarded(decideSum(own, state, about), state, own, (seen) =>
      firstReason([asSeen(seen), ...told.map((other) => overlapReason(seen, other.parts, k))]),
    );
    decisions.set(team.team, decision);
    if (decision.sum !== undefined) {
      told.push({ team: team.team, parts: membersOf(own, decision.sum.members), decision });
    }
  }

  let rest = before?.rest;
  while (total.sum !== undefined && told.length > 0) {
    const taken = new Set(told.flatMap((one) => one.parts.map(({ member }) => member)));
    const left = counted.filter(({ member }) => !taken.has(member));
    const decision = guarded(decideSum(left, rest, about), rest, left, asSeen);
    // Whoever subtracts has all of them, and as finely as the total is told.
    const whole = decision.sum?.members.length === left.length && decision.sum.digits >= total.sum.digits;
    if (whole || (left.every(({ value }) => value === 0) && unchanged(left, rest))) {
      rest = decision.state;
      break;
    }
    const smallest = told.at(-1);
    if (smallest === undefined) break;
    told = told.slice(0, -1);
    decisions.set(smallest.team, withheld('derivable', states.get(smallest.team)));
  }
  const kept = [...decisions].flatMap(([team, { state }]) => (state === undefined ? [] : [[team, state] as const]));
  return { total, teams: decisions, state: { total: total.state, teams: kept, rest } };
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

/** Of two sums that are both told, what they share and what each has alone must tell of nobody. */
function overlapReason(a: readonly Part[], b: readonly Part[], k: number): Withholding | undefined {
  const inA = new Set(a.map(({ member }) => member));
  const shared = b.filter(({ member }) => inA.has(member));
  if (shared.length === 0) return undefined;
  const inShared = new Set(shared.map(({ member }) => member));
  const pieces = [
    shared,
    a.filter(({ member }) => !inShared.has(member)),
    b.filter(({ member }) => !inShared.has(member)),
  ];
  return firstReason(
    pieces.map((piece) => (piece.some(({ value }) => value > 0) ? staticReason(piece, k) : undefined)),
  );
}

/** The parts as a member of that team sees them, who has its own board as well. */
function relisted(parts: readonly Part[], { listings }: TeamParts): readonly Part[] {
  return parts.map((part) => {
    const own = listings.get(part.member) ?? 'none';
    const listing = part.listing === 'name' || own === 'name' ? 'name' : part.listing === 'none' ? own : part.listing;
    return listing === part.listing ? part : { ...part, listing };
  });
}

function unchanged(left: readonly Part[], rest: SumState | undefined): boolean {
  const present = new Set(left.map(({ member }) => member));
  return rest === undefined || rest.hidden.every((member) => present.has(member));
}

function within(parts: readonly Part[], members: ReadonlySet<number>): readonly Part[] {
  return parts.filter(({ member }) => members.has(member));
}

function membersOf(parts: readonly Part[], members: readonly number[]): readonly Part[] {
  return within(parts, new Set(members));
}

function firstReason(reasons: readonly (Withholding | undefined)[]): Withholding | undefined {
  return reasons.find((reason) => reason !== undefined);
}
