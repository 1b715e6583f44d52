import type { InsightFigures } from '../../team/protocol/insights.ts';
import { tellsOfNobody } from './disclosure.ts';
import { decisionFor, type ToldCell } from './insight-cells.ts';
import { roundTo } from './rounding.ts';

/** Shares are told in steps of so many per cent. */
const stepPercent = 5;
const valueDigits = 2;

/** What the figures of groups are made of; all values by the numbers that stand for members. */
export interface InsightSources {
  readonly k: number;
  /** All tokens, and all input. */
  readonly tokens: ToldCell;
  readonly input: ToldCell;
  readonly cacheReads: readonly number[];
  readonly activeDays: readonly number[];
  /** Tools and models on which was decided one by one. */
  readonly mix: readonly ToldCell[];
}

/** The figures of the organisation (team undefined) or of a team, as far as the rules let them be told. */
export function insightFigures(sources: InsightSources, team: number | undefined): InsightFigures {
  const { k, tokens, input, cacheReads, activeDays } = sources;
  const decision = decisionFor(tokens, team);
  const none = { members: null, participation: null, median: null, quartiles: null, activeDays: null };
  if (decision?.sum === undefined) {
    const withheld = decision?.withheld ?? 'too_few';
    return { withheld, ...none, cacheShare: null, tools: null, models: null };
  }
  const { members } = decision.sum;
  const active = members.filter((member) => (tokens.values[member] ?? 0) > 0);
  const used = active.map((member) => tokens.values[member] ?? 0);
  const inputs = decisionFor(input, team)?.sum?.members;
  return {
    withheld: null,
    members: active.length,
    participation: participation(active.length, members.length, k),
    ...spreadOf(used, k),
    activeDays: around(
      active.map((member) => activeDays[member] ?? 0),
      0.5,
      k,
    ),
    cacheShare: inputs === undefined ? null : shareOf(cacheReads, input.values, inputs),
    tools: mixOf(sources, 'tool', team, members) as InsightFigures['tools'],
    models: mixOf(sources, 'model', team, members),
  };
}

/** A few who were not active are not told of. */
function participation(active: number, all: number, k: number): number | null {
  const idle = all - active;
  return idle > 0 && idle < k ? null : percent(active / all);
}

/** The median from 2k members up, the quartiles from 4k: then each stands for members of its own. */
function spreadOf(values: readonly number[], k: number): Pick<InsightFigures, 'median' | 'quartiles'> {
  const [low, high] = values.length < 4 * k ? [null, null] : [around(values, 0.25, k), around(values, 0.75, k)];
  return { median: around(values, 0.5, k), quartiles: low === null || high === null ? null : [low, high] };
}

/** The mean of the k values around a quantile, for the value there is a single member's. Null below 2k, or where one makes most of it. */
export function around(values: readonly number[], quantile: number, k: number): number | null {
  if (values.length < 2 * k) return null;
  const sorted = Float64Array.from(values).sort();
  const begin = Math.min(sorted.length - k, Math.max(0, Math.round(quantile * (sorted.length - 1) - (k - 1) / 2)));
  const near = [...sorted.subarray(begin, begin + k)];
  if (!tellsOfNobody(near, k)) return null;
  return roundTo(
    near.reduce((sum, value) => sum + value / k, 0),
    valueDigits,
  );
}

/**
 * The shares of tools or models that may be told, the largest first, and last what all others make together. What they leave of
 * all tokens must tell of nobody either: else the smallest are counted among the others.
 */
function mixOf(
  { mix, tokens, k }: InsightSources,
  kind: 'tool' | 'model',
  team: number | undefined,
  members: readonly number[],
): { id: string | null; percent: number }[] | null {
  const all = sum(members.map((member) => tokens.values[member] ?? 0));
  const counted = new Set(members);
  const told = mix
    .filter(({ name }) => name.startsWith(`${kind}:`))
    .flatMap((cell) => {
      // Who has just begun with it and waits for more of them is counted among the others.
      const own = new Set(decisionFor(cell, team)?.sum?.members);
      const users = [...own].filter((member) => (cell.values[member] ?? 0) > 0);
      const share = percent(sum(users.map((member) => cell.values[member] ?? 0)) / all);
      // Of the others may be some who wait to be counted at all; then it is no share of what is counted.
      return share === 0 || users.some((member) => !counted.has(member)) ? [] : [{ cell, share, own }];
    })
    .sort((a, b) => b.share - a.share || (a.cell.name < b.cell.name ? -1 : 1));
  while (told.length > 0) {
    const left = members.map((member) =>
      told.reduce(
        (rest, { cell, own }) => rest - (own.has(member) ? (cell.values[member] ?? 0) : 0),
        tokens.values[member] ?? 0,
      ),
    );
    const some = left.some((value) => value > 0);
    if (!some || tellsOfNobody(left, k)) {
      const shares: { id: string | null; percent: number }[] = told.map(({ cell, share }) => ({
        id: cell.name.slice(kind.length + 1),
        percent: share,
      }));
      const others = percent(sum(left) / all);
      return others > 0 ? [...shares, { id: null, percent: others }] : shares;
    }
    told.pop();
  }
  return null;
}

/** What the one makes of the other over these members, per cent; null where there is nothing. */
function shareOf(part: readonly number[], whole: readonly number[], members: readonly number[]): number | null {
  const all = sum(members.map((member) => whole[member] ?? 0));
  return all === 0 ? null : percent(sum(members.map((member) => part[member] ?? 0)) / all);
}

/** A share in steps of 5 per cent, as it may be told of many. */
export function percent(share: number): number {
  return Math.min(100, Math.round((share * 100) / stepPercent) * stepPercent);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
