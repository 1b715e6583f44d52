import type { Habit } from '../store/port-insights.ts';
import { type Mixing, mixing } from './insight-cells.ts';
import type { Publication } from './publish.ts';
import { spanOf } from './schedule.ts';

/** The window of insights. */
export const insightWindow = '30d';

/** So few that a page's cells are added up in little memory. */
const pageSize = 250;

/** Everybody of whom insights are made, in lists by the numbers that stand for members: of a company, objects would be many. */
export interface InsightPeople {
  readonly members: readonly number[];
  readonly tokens: readonly number[];
  readonly input: readonly number[];
  readonly cacheReads: readonly number[];
  readonly activeDays: readonly number[];
  readonly teams: ReadonlyMap<number, ReadonlySet<number>>;
  readonly mix: Mixing;
}

/** Everybody who takes part and was active in the days that are kept: so that a month off is not the same as having left. */
export async function insightPeople({ store, org, now }: Publication): Promise<InsightPeople> {
  const { from, to } = spanOf(insightWindow, now);
  const { from: since } = spanOf('90d', now);
  const lists = { members: [], tokens: [], input: [], cacheReads: [], activeDays: [] } as Lists;
  const people = { ...lists, teams: new Map<number, Set<number>>(), mix: mixing() };
  for (let after = 0; ; ) {
    const page = await store.habits({ org, since, from, to, after, limit: pageSize });
    for (const habit of page) add(people, habit);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return people;
    after = last.member;
  }
}

type Lists = Record<'members' | 'tokens' | 'input' | 'cacheReads' | 'activeDays', number[]>;

function add(people: Lists & { readonly teams: Map<number, Set<number>>; readonly mix: Mixing }, habit: Habit): void {
  const number = people.members.push(habit.member) - 1;
  people.tokens.push(habit.tokens);
  people.input.push(habit.input);
  people.cacheReads.push(habit.cacheRead);
  people.activeDays.push(habit.activeDays);
  for (const team of habit.teams) {
    const known = people.teams.get(team);
    if (known === undefined) people.teams.set(team, new Set([number]));
    else known.add(number);
  }
  people.mix.add(habit.mix);
}
