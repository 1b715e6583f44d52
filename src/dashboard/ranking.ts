import { EVENTS, TOKENS } from './cube.ts';
import type { RankedRow, RankingView } from './protocol/overview.ts';
import { amountsAt, type CostSource, type SumTable, sumAt, togetherOf } from './sum-table.ts';

const mostRows = 6;

/** The groups that hold anything, those with the most tokens first. */
export function ranked(table: SumTable): readonly number[] {
  const groups: number[] = [];
  for (let group = 0; group < table.groups; group++) if (sumAt(table, group, EVENTS) > 0) groups.push(group);
  return groups.sort((a, b) => sumAt(table, b, TOKENS) - sumAt(table, a, TOKENS) || a - b);
}

/** The largest groups, and all others together. */
export function rankingView(
  table: SumTable,
  source: CostSource,
  nameOf: (group: number) => Omit<RankedRow, 'amounts'>,
): RankingView {
  const groups = ranked(table);
  const rest = groups.slice(mostRows);
  return {
    rows: groups.slice(0, mostRows).map((group) => ({ ...nameOf(group), amounts: amountsAt(table, group, source) })),
    more:
      rest.length === 0 ? undefined : { count: rest.length, amounts: amountsAt(togetherOf(table, rest), 0, source) },
  };
}
