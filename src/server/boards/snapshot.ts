import type { Aggregate, Snapshot, TeamRow } from '../../team/protocol/board.ts';
import type { MetricId } from '../../team/protocol/terms.ts';
import { type BoardState, decideBoardSums, type TeamParts } from './board-sums.ts';
import type { Part } from './disclosure.ts';
import { histogram } from './histogram.ts';
import type { ListingRules, Participant } from './participant.ts';
import type { SumDecision } from './published-sum.ts';
import { median } from './ranking.ts';
import { roundTo } from './rounding.ts';
import { listRows } from './rows.ts';

/** All that one snapshot of a board is made of: one window, one metric. */
export interface SnapshotInput {
  readonly metric: MetricId;
  readonly participants: readonly Participant[];
  /** The organisation's teams; none for a team's own board. */
  readonly teams: readonly (TeamParts & { readonly name: string })[];
  readonly rules: ListingRules;
  /** The least number of members in a sum. */
  readonly k: number;
  /** Days since the epoch. */
  readonly day: number;
  /** What the snapshot before has left to be kept. */
  readonly before: BoardState | undefined;
}

/** What of a snapshot follows from the members' values. */
export type SnapshotFigures = Pick<Snapshot, 'rows' | 'total' | 'teams' | 'histogram'>;

export interface BuiltSnapshot {
  readonly figures: SnapshotFigures;
  readonly state: BoardState;
  /** Whose the rows are, in their order. */
  readonly order: readonly number[];
}

const additive: ReadonlySet<MetricId> = new Set(['tokens', 'fresh', 'cost']);

/** Builds a snapshot: the rows, and those sums that tell of nobody. */
export function buildSnapshot(input: SnapshotInput): BuiltSnapshot {
  const { metric, participants, rules, k, day } = input;
  const { rows, listings, order } = listRows(participants, metric, rules);
  const parts = participants.map(
    (one): Part => ({
      member: one.member,
      value: one.values[metric] ?? 0,
      listing: listings.get(one.member) ?? 'none',
    }),
  );
  const sums = decideBoardSums(parts, input.teams, input.before, { day, k });
  const values = new Map(parts.map(({ member, value }) => [member, value]));
  const aggregate = (decision: SumDecision) => aggregateOf(decision, values, additive.has(metric));
  const counted = sums.total.sum?.members.map((member) => values.get(member) ?? 0);
  return {
    figures: {
      rows: [...rows],
      total: aggregate(sums.total),
      teams: teamRows(input.teams, sums.teams, aggregate),
      histogram: (counted === undefined ? undefined : histogram(counted, k)?.map((bin) => ({ ...bin }))) ?? null,
    },
    state: sums.state,
    order,
  };
}

function aggregateOf({ sum, withheld }: SumDecision, values: ReadonlyMap<number, number>, adds: boolean): Aggregate {
  const none = { members: null, sum: null, median: null, spread: null, digits: null };
  if (sum === undefined) return { ...none, withheld: withheld ?? null };
  const active = sum.members.map((member) => values.get(member) ?? 0).filter((value) => value > 0);
  const middle = median(active);
  return {
    ...none,
    members: active.length,
    sum: adds ? sum.total : null,
    // With one member more or less the median moves to a neighbour, so it is never told as finely as a row.
    median: middle === undefined ? null : roundTo(middle, 2),
    digits: sum.digits,
    withheld: null,
  };
}

/** The largest first; those that are withheld stand last, by name. */
function teamRows(
  teams: SnapshotInput['teams'],
  decisions: ReadonlyMap<number, SumDecision>,
  aggregate: (decision: SumDecision) => Aggregate,
): TeamRow[] {
  const rows = teams.map(({ team, name }) => {
    const decision = decisions.get(team);
    const told = decision === undefined ? undefined : aggregate(decision);
    return { team, name, value: told?.sum ?? told?.median ?? -1, told };
  });
  rows.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  return rows.flatMap(({ team, name, value, told }, index): TeamRow[] => {
    if (told === undefined) return [];
    const rank = value < 0 ? null : 1 + rows.slice(0, index).filter((other) => other.value > value).length;
    return [{ team, name, rank, aggregate: told }];
  });
}
