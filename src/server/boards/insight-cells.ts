import { otherModel } from '../../team/protocol/terms.ts';
import type { Habit } from '../store/port-insights.ts';
import { type BoardState, decideBoardSums } from './board-sums.ts';
import type { Listing } from './disclosure.ts';
import type { SumDecision } from './published-sum.ts';
import type { TeamParts } from './team-views.ts';

/** A kind of sum over members: all tokens, all input, the tokens of a tool or of a model. */
export interface InsightCell {
  /** `tokens`, `input`, `tool:codex`, `model:gpt-5`; stored, so never changed. */
  readonly name: string;
  /** By the numbers that stand for members. */
  readonly values: readonly number[];
}

/** What the rules say of a cell: of all together, and of each team. */
export interface ToldCell extends InsightCell {
  readonly total: SumDecision;
  readonly teams: ReadonlyMap<number, SumDecision>;
}

export interface DecidedCell extends ToldCell {
  /** To be kept for the next decision. */
  readonly state: BoardState;
}

/** A cell without what is only for the next decision, which in a large organisation is most of it. */
export function withoutState({ name, values, total, teams }: DecidedCell): ToldCell {
  const told = ({ sum, withheld }: SumDecision): SumDecision => ({ sum, withheld, state: undefined });
  return { name, values, total: told(total), teams: new Map([...teams].map(([team, one]) => [team, told(one)])) };
}

/** What the decisions are made by, besides the members' values. */
export interface InsightRules {
  /** Days since the epoch. */
  readonly day: number;
  readonly k: number;
}

/**
 * Decides on a cell as on a board's total and its teams' sums, of which nobody is listed by name: beside each other, and beside all
 * that were told before.
 */
export async function decideCell(
  cell: InsightCell,
  members: ReadonlyMap<number, ReadonlySet<number>>,
  before: BoardState | undefined,
  rules: InsightRules,
): Promise<DecidedCell> {
  const parts = cell.values.map((value, member) => ({ member, value, listing: 'none' as const }));
  const teams = [...members].map(([team, own]): TeamParts => ({ team, members: own, listings: nobody }));
  return { ...cell, ...(await decideBoardSums(parts, teams, before, rules)) };
}

const nobody: ReadonlyMap<number, Listing> = new Map();

/** The decision on a cell for a group: the organisation (undefined) or a team. */
export function decisionFor(cell: ToldCell, team: number | undefined): SumDecision | undefined {
  return team === undefined ? cell.total : cell.teams.get(team);
}

/** At most so many tools, and so many models, are decided on one by one: those that most members use. */
const mostTools = 6;
const mostModels = 8;

/** The tools and models of members, added up member by member in the order of their numbers. */
export interface Mixing {
  add(mix: Habit['mix']): void;
  /** A cell for each tool and each model that at least k use. */
  cells(k: number): InsightCell[];
}

export function mixing(mixes: Iterable<Habit['mix']> = []): Mixing {
  const tools = new Map<string, Map<number, number>>();
  const models = new Map<string, Map<number, number>>();
  let members = 0;
  const mixing: Mixing = {
    add(mix) {
      const member = members++;
      for (const { tool, model, tokens } of mix) {
        count(tools, tool, member, tokens);
        if (model !== otherModel) count(models, model, member, tokens);
      }
    },
    cells: (k) => [
      ...cellsOf('tool', tools, members, k).slice(0, mostTools),
      ...cellsOf('model', models, members, k).slice(0, mostModels),
    ],
  };
  for (const mix of mixes) mixing.add(mix);
  return mixing;
}

function count(found: Map<string, Map<number, number>>, id: string, member: number, tokens: number): void {
  const values = found.get(id) ?? new Map<number, number>();
  values.set(member, (values.get(member) ?? 0) + tokens);
  found.set(id, values);
}

/** Those that most members use come first. */
function cellsOf(
  kind: 'tool' | 'model',
  found: ReadonlyMap<string, ReadonlyMap<number, number>>,
  members: number,
  k: number,
): InsightCell[] {
  return [...found]
    .filter(([, values]) => values.size >= k)
    .sort(([a, one], [b, other]) => other.size - one.size || (a < b ? -1 : 1))
    .map(([id, values]) => ({
      name: `${kind}:${id}`,
      values: Array.from({ length: members }, (_none, member) => values.get(member) ?? 0),
    }));
}
