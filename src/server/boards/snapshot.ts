import type { Aggregate, Snapshot, TeamRow } from '../../team/protocol/board.ts';
import type { MetricId } from '../../team/protocol/terms.ts';
import type { BoardSums } from './board-sums.ts';
import { histogram } from './histogram.ts';
import type { SumDecision } from './published-sum.ts';
import { median } from './ranking.ts';
import { roundTo } from './rounding.ts';

/** What of a snapshot follows from the sums that may be told. */
export type SumFigures = Pick<Snapshot, 'total' | 'teams' | 'histogram'>;

/** What sums are made of, and how they may be told. */
export interface Figures {
  readonly metric: MetricId;
  /** By the numbers that stand for members in the sums. */
  readonly values: readonly number[];
  /** The least number of members in a sum. */
  readonly k: number;
}

const additive: ReadonlySet<MetricId> = new Set(['tokens', 'fresh', 'cost']);

/** The figures of the organisation's board: its total, and team against team. */
export function organisationFigures(
  sums: BoardSums,
  teams: readonly { readonly id: number; readonly name: string }[],
  about: Figures,
): SumFigures {
  return { ...totalFigures(sums.total, about), teams: teamRows(teams, sums.teams, about) };
}

/** The figures of a team's own board. They are those of its line beside the other teams: what is withheld there is withheld here. */
export function teamFigures(decision: SumDecision | undefined, about: Figures): SumFigures {
  return { ...totalFigures(decision ?? nothing, about), teams: [] };
}

const nothing: SumDecision = { sum: undefined, withheld: 'too_few', state: undefined };

function totalFigures(decision: SumDecision, about: Figures): Pick<SumFigures, 'total' | 'histogram'> {
  const counted = valuesIn(decision, about);
  const bins = counted === undefined ? undefined : histogram(counted, about.k);
  return { total: aggregateOf(decision, about), histogram: bins?.map((bin) => ({ ...bin })) ?? null };
}

function aggregateOf(decision: SumDecision, about: Figures): Aggregate {
  const none = { members: null, sum: null, median: null, spread: null, digits: null };
  const { sum, withheld } = decision;
  if (sum === undefined) return { ...none, withheld: withheld ?? null };
  const active = (valuesIn(decision, about) ?? []).filter((value) => value > 0);
  const middle = median(active);
  return {
    ...none,
    members: active.length,
    sum: additive.has(about.metric) ? sum.total : null,
    // With one member more or less the median moves to a neighbour, so it is never told as finely as a row.
    median: middle === undefined ? null : roundTo(middle, 2),
    digits: sum.digits,
    withheld: null,
  };
}

function valuesIn({ sum }: SumDecision, { values }: Figures): readonly number[] | undefined {
  return sum?.members.map((member) => values[member] ?? 0);
}

/** The largest first; those that are withheld stand last, by name. */
function teamRows(
  teams: readonly { readonly id: number; readonly name: string }[],
  decisions: ReadonlyMap<number, SumDecision>,
  about: Figures,
): TeamRow[] {
  const rows = teams.map(({ id, name }) => {
    const aggregate = aggregateOf(decisions.get(id) ?? nothing, about);
    return { team: id, name, value: aggregate.sum ?? aggregate.median ?? -1, aggregate };
  });
  rows.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  let rank = 0;
  return rows.map(({ team, name, value, aggregate }, index) => {
    if (value !== rows[index - 1]?.value) rank = index + 1;
    return { team, name, rank: value < 0 ? null : rank, aggregate };
  });
}
