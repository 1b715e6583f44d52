import { metricValue } from '../../team/protocol/metric-value.ts';
import { type MetricId, metricIds, type WindowId } from '../../team/protocol/terms.ts';
import type { Contribution } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Participant } from './participant.ts';
import { timeBadges } from './titles.ts';

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
  for await (const page of contributionsIn(store, org, window)) {
    for (const one of page) if (!one.hidden) people.push(participantOf(one));
  }
  return people;
}

function participantOf(one: Contribution): Participant {
  return {
    member: one.member,
    mark: one.mark,
    displayName: one.displayName ?? undefined,
    visibility: one.visibility,
    boards: one.boards,
    teams: one.teams,
    badges: one.badges.filter((badge) => one.timeBadges || !timeBadges.has(badge)),
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
