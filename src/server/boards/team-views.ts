import type { Withholding } from '../../team/protocol/board.ts';
import { maxShareOfOne, maxShareOfTwo } from '../../team/protocol/limits.ts';
import { type Listing, type Part, staticReason, total, valuesOf } from './disclosure.ts';

/** A team within an organisation's board. */
export interface TeamParts {
  readonly team: number;
  readonly members: ReadonlySet<number>;
  /** How members are listed in the rows of the team's own board, which its members see beside this one. */
  readonly listings: ReadonlyMap<number, Listing>;
}

/** The teams of each member: nearly everybody is in one or two of very many. */
export type TeamIndex = ReadonlyMap<number, readonly TeamParts[]>;

export function teamIndex(teams: readonly TeamParts[]): TeamIndex {
  const index = new Map<number, TeamParts[]>();
  for (const team of teams) {
    for (const member of team.members) {
      const known = index.get(member);
      if (known === undefined) index.set(member, [team]);
      else known.push(team);
    }
  }
  return index;
}

/** Those whose own figure no row tells, the largest first. */
interface Rest {
  readonly parts: readonly Part[];
  readonly sum: number;
}

interface View {
  /** How many are named on the team's own board alone. */
  named: number;
  /** Those whose own figure that board alone tells. */
  readonly told: Part[];
}

/** Why a sum may not be told to the members of some team, who also see their own board; undefined where it may. */
export function reasonBesideTeamBoards(seen: readonly Part[], index: TeamIndex, k: number): Withholding | undefined {
  const views = new Map<TeamParts, View>();
  const rest: Part[] = [];
  let unnamed = 0;
  for (const part of seen) {
    if (part.value <= 0 || part.listing === 'name') continue;
    unnamed++;
    if (part.listing === 'none') rest.push(part);
    for (const team of index.get(part.member) ?? []) {
      const own = team.listings.get(part.member) ?? 'none';
      if (own === 'none' || own === part.listing) continue;
      const view = views.get(team) ?? { named: 0, told: [] };
      views.set(team, view);
      if (own === 'name') view.named++;
      if (part.listing === 'none') view.told.push(part);
    }
  }
  const unlisted = { parts: rest.sort((a, b) => b.value - a.value), sum: total(valuesOf(rest)) };
  for (const { named, told } of views.values()) {
    const stillUnnamed = unnamed - named;
    if (stillUnnamed > 0 && stillUnnamed < k) return 'derivable';
    if (told.length > 0 && !hidesRest(unlisted, told, k)) return 'derivable';
  }
  return undefined;
}

/** Of two sums that are both told, what they share and what each has alone must tell of nobody. */
export function overlapReason(a: readonly Part[], b: readonly Part[], k: number): Withholding | undefined {
  const inA = new Set(a.map(({ member }) => member));
  const shared = b.filter(({ member }) => inA.has(member));
  if (shared.length === 0) return undefined;
  const inShared = new Set(shared.map(({ member }) => member));
  const alone = (parts: readonly Part[]) => parts.filter(({ member }) => !inShared.has(member));
  for (const piece of [shared, alone(a), alone(b)]) {
    const reason = piece.some(({ value }) => value > 0) ? staticReason(piece, k) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Whether those of the rest who are not told still hide each other. Looking at each of them for every team would take for ever. */
function hidesRest({ parts, sum }: Rest, told: readonly Part[], k: number): boolean {
  const count = parts.length - told.length;
  if (count === 0) return true;
  if (count < k) return false;
  const gone = new Set(told);
  const left = told.reduce((all, { value }) => all - value, sum);
  const [first = 0, second = 0] = firstTwo(parts, gone);
  return first <= left * maxShareOfOne && first + second <= left * maxShareOfTwo;
}

function firstTwo(parts: readonly Part[], gone: ReadonlySet<Part>): number[] {
  const values: number[] = [];
  for (const part of parts) {
    if (!gone.has(part)) values.push(part.value);
    if (values.length === 2) break;
  }
  return values;
}
