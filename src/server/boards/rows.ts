import type { Row, Title } from '../../team/protocol/board.ts';
import { badgesPerRow, rowDigits } from '../../team/protocol/limits.ts';
import { type MetricId, metricIds } from '../../team/protocol/terms.ts';
import type { Listing } from './disclosure.ts';
import { type ListingRules, listable, type Participant } from './participant.ts';
import { type Ranked, ranked } from './ranking.ts';
import { roundTo } from './rounding.ts';
import { timeBadges, titleBadges } from './titles.ts';

/** The rows of a board, and how each participant is listed in them. */
export interface Listed {
  readonly rows: readonly Row[];
  readonly listings: ReadonlyMap<number, Listing>;
  /** Whose the rows are, in their order. */
  readonly order: readonly number[];
}

/** The first by rank in a metric. Ranks count those alone who may be listed, so that no gap tells of anyone else. */
export function listRows(participants: readonly Participant[], metric: MetricId, rules: ListingRules): Listed {
  const order = rank(participants, metric, rules).slice(0, rules.topN);
  const titles = titlesOf(participants, rules);
  const listings = new Map<number, Listing>();
  const rows = order.map(({ who, rank }): Row => {
    const listing = listable(who.one, rules);
    listings.set(who.member, listing);
    return {
      rank,
      name: listing === 'name' ? (who.one.displayName ?? who.one.pseudonym) : who.one.pseudonym,
      named: listing === 'name',
      value: roundTo(who.value, rowDigits),
      badges: shownBadges(who.one).slice(0, badgesPerRow),
      titles: titles.get(who.member) ?? [],
    };
  });
  return { rows, listings, order: order.map(({ who }) => who.member) };
}

interface Candidate {
  readonly one: Participant;
  readonly member: number;
  readonly value: number;
}

function rank(
  participants: readonly Participant[],
  metric: MetricId,
  rules: ListingRules,
): readonly Ranked<Candidate>[] {
  return ranked(
    participants
      .filter((one) => listable(one, rules) !== 'none')
      .map((one) => ({ one, member: one.member, value: one.values[metric] ?? 0 })),
  );
}

function titlesOf(participants: readonly Participant[], rules: ListingRules): ReadonlyMap<number, Title[]> {
  const titles = new Map<number, Title[]>();
  for (const metric of metricIds) {
    const badge = titleBadges[metric];
    if (badge === undefined) continue;
    for (const { who, rank: place } of rank(participants, metric, rules)) {
      if (place > 1) break;
      if (!shownBadges(who.one).includes(badge)) continue;
      titles.set(who.member, [...(titles.get(who.member) ?? []), { badge, metric }]);
    }
  }
  return titles;
}

function shownBadges(one: Participant): string[] {
  return one.badges.filter((badge) => one.timeBadges || !timeBadges.has(badge));
}
