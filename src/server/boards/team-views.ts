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

/** How a member stands on the own board of a team. */
interface OwnRow {
  readonly team: TeamParts;
  readonly listing: Listing;
}

/** What teams have to do with each other and with their members, by member; it names the few alone of whom there is something. */
export interface TeamIndex {
  /** The teams of those who are in several. */
  readonly shared: ReadonlyMap<number, readonly TeamParts[]>;
  /** The rows of those who are listed on the own board of any team. */
  readonly rows: ReadonlyMap<number, readonly OwnRow[]>;
  /** The most that are listed on one of them. */
  readonly mostRows: number;
}

export function teamIndex(teams: readonly TeamParts[]): TeamIndex {
  const [once, several] = [new Set<number>(), new Set<number>()];
  for (const { members } of teams) for (const member of members) (once.has(member) ? several : once).add(member);
  const shared = new Map<number, TeamParts[]>();
  const rows = new Map<number, OwnRow[]>();
  for (const team of teams) {
    for (const member of several.size === 0 ? [] : team.members) if (several.has(member)) add(shared, member, team);
    for (const [member, listing] of team.listings) {
      if (listing !== 'none' && team.members.has(member)) add(rows, member, { team, listing });
    }
  }
  return { shared, rows, mostRows: teams.reduce((most, { listings }) => Math.max(most, listings.size), 0) };
}

/** Those whose own figure no row tells: the largest of them first, as many as are looked at, and the sum of all. */
interface Rest {
  readonly largest: readonly Part[];
  readonly count: number;
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
  let unnamed = 0;
  for (const part of seen) {
    if (part.value <= 0 || part.listing === 'name') continue;
    unnamed++;
    for (const { team, listing } of index.rows.get(part.member) ?? []) {
      if (listing === part.listing) continue;
      const view = views.get(team) ?? { named: 0, told: [] };
      views.set(team, view);
      if (listing === 'name') view.named++;
      if (part.listing === 'none') view.told.push(part);
    }
  }
  let unlisted: Rest | undefined;
  for (const { named, told } of views.values()) {
    const stillUnnamed = unnamed - named;
    if (stillUnnamed > 0 && stillUnnamed < k) return 'derivable';
    if (told.length === 0) continue;
    unlisted ??= restOf(seen, index.mostRows + 2);
    if (!hidesRest(unlisted, told, k)) return 'derivable';
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

/** Sorting everybody for the few largest would take far longer than sorting the bare numbers. */
function restOf(seen: readonly Part[], most: number): Rest {
  const rest = seen.filter(({ value, listing }) => value > 0 && listing === 'none');
  const values = valuesOf(rest);
  const least = Float64Array.from(values).sort().at(-most) ?? 0;
  const largest = rest.filter(({ value }) => value >= least).sort((a, b) => b.value - a.value);
  return { largest, count: rest.length, sum: total(values) };
}

/** Whether those of the rest who are not told still hide each other. Looking at each of them for every team would take for ever. */
function hidesRest({ largest, count, sum }: Rest, told: readonly Part[], k: number): boolean {
  const still = count - told.length;
  if (still === 0) return true;
  if (still < k) return false;
  const gone = new Set(told);
  const left = told.reduce((all, { value }) => all - value, sum);
  const [first = 0, second = 0] = firstTwo(largest, gone);
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

function add<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}
