import { metricValue } from '../../team/protocol/metric-value.ts';
import { type MetricId, metricIds, type WindowId } from '../../team/protocol/terms.ts';
import type { Contribution } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Participant } from './participant.ts';
import { timeBadges } from './titles.ts';

const none: readonly never[] = [];

/** So many at a time, so that reading a large organisation holds nothing up. */
const pageSize = 2000;

/** All who take part in a window, page by page. */
export async function* contributionsIn(store: Store, org: number, window: WindowId): AsyncGenerator<Contribution[]> {
  for (let after = 0; ; ) {
    const page = await store.contributions({ org, window, after, limit: pageSize });
    yield [...page];
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.member;
  }
}

/** Those who count on boards: whoever is hidden counts in none. */
export async function peopleIn(store: Store, org: number, window: WindowId): Promise<Participant[]> {
  const people: Participant[] = [];
  const shared = sharedLists();
  for await (const page of contributionsIn(store, org, window)) {
    for (const one of page) if (!one.hidden) people.push(participantOf(one, shared));
  }
  return people;
}

/** Equal lists once for all who have them: of a company nearly everybody's teams and badges are somebody else's as well. */
function sharedLists(): <Item>(list: readonly Item[]) => readonly Item[] {
  const known = new Map<string, readonly unknown[]>();
  return <Item>(list: readonly Item[]) => {
    const key = JSON.stringify(list);
    const found = known.get(key) ?? list;
    known.set(key, found);
    return found as readonly Item[];
  };
}

function participantOf(one: Contribution, shared: ReturnType<typeof sharedLists>): Participant {
  return {
    member: one.member,
    mark: one.mark,
    displayName: one.displayName ?? undefined,
    visibility: one.visibility,
    boards: one.boards.length === 0 ? none : one.boards,
    teams: shared(one.teams),
    badges: shared(one.badges.filter((badge) => one.timeBadges || !timeBadges.has(badge))),
    values: valuesOf(one),
  };
}

function valuesOf(sums: Contribution): Readonly<Partial<Record<MetricId, number>>> {
  const values: Partial<Record<MetricId, number>> = {};
  for (const metric of metricIds) {
    const value = metricValue(metric, sums);
    if (value !== null) values[metric] = value;
  }
  return values;
}
