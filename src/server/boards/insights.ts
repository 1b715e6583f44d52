import { setImmediate as breathe } from 'node:timers/promises';
import type { Insights } from '../../team/protocol/insights.ts';
import { organisationBoard, otherModel } from '../../team/protocol/terms.ts';
import type { Habit } from '../store/port-insights.ts';
import { decidePools, type PoolFigures } from './allowance-pools.ts';
import { decideCell, type InsightCell, mixCells, type ToldCell, withoutState } from './insight-cells.ts';
import { insightFigures } from './insight-figures.ts';
import { memberHash, numbering } from './numbering.ts';
import type { Publication } from './publish.ts';
import { dayNumber, lastDue, nextDue, spanOf } from './schedule.ts';
import { newSalt, readState, saltOf, writeState } from './state-text.ts';

/** What is published of a group; its name is added when it is asked for. */
export type InsightBody = Omit<
  Insights,
  'board' | 'name' | 'state' | 'notice' | 'builtAt' | 'policyVersion' | 'allowances'
> & { readonly allowances: readonly PoolFigures[] };

const window = '30d';
const pageSize = 1000;

/**
 * Publishes the figures of all groups for managers, once a day whatever the boards' cadence is; the very first at once. True
 * where it did.
 */
export async function publishInsights(publication: Publication): Promise<boolean> {
  const { store, org, policy, now, goesOn = () => true } = publication;
  if (!(await insightsDue(publication))) return false;
  const people = await habitsOf(publication);
  const teams = await store.teams({ org, member: null });
  const states = new Map((await store.insightStates({ org })).map(({ cell, state }) => [cell, state]));
  const [known] = states.values();
  const numbers = await numbering(
    known === undefined ? newSalt() : saltOf(known),
    people.map(({ member }) => member),
  );
  const members = membersOf(teams, people);
  const rules = { day: dayNumber(now), k: policy.k };
  const decided = new Map<string, ToldCell>();
  const kept: { cell: string; state: string }[] = [];
  for (const cell of cellsOf(people, policy.k)) {
    if (!goesOn()) return false;
    const one = await decideCell(cell, members, readState(states.get(cell.name) ?? null, numbers), rules);
    kept.push({ cell: cell.name, state: writeState(one.state, numbers) });
    decided.set(cell.name, withoutState(one));
    await breathe();
  }
  const [tokens, input] = [decided.get('tokens'), decided.get('input')];
  if (tokens === undefined || input === undefined) return false;
  const sources = {
    k: policy.k,
    tokens,
    input,
    cacheReads: people.map(({ cacheRead }) => cacheRead),
    activeDays: people.map(({ activeDays }) => activeDays),
    mix: [...decided.values()].filter(({ name }) => name.includes(':')),
  };
  const pools = await decidePools(publication, states, numbers, (member) =>
    numbers.numberOf(memberHash(numbers.salt, member)),
  );
  const span = { ...spanOf(window, now), nextAt: new Date(nextDue('daily', now)).toISOString(), k: policy.k };
  const boards: { board: number; body: string }[] = [];
  for (const team of [undefined, ...teams.map(({ id }) => id)]) {
    const own = team === undefined ? pools.figures : pools.figures.filter((pool) => pool.team === team);
    const body: InsightBody = { ...span, ...insightFigures(sources, team), allowances: own };
    boards.push({ board: team ?? organisationBoard, body: JSON.stringify(body) });
    await breathe();
  }
  return store.publishInsights({
    org,
    policyVersion: policy.version,
    builtAt: now,
    boards,
    states: [...kept, ...pools.states],
  });
}

/** Whether there are none of today's yet. */
export async function insightsDue({ store, org, now }: Omit<Publication, 'policy'>): Promise<boolean> {
  const newest = await store.insights({ org, board: organisationBoard });
  return (newest?.builtAt ?? Number.NEGATIVE_INFINITY) < lastDue('daily', now);
}

/** Everybody who takes part and was active in the days that are kept: so that a month off is not the same as having left. */
async function habitsOf({ store, org, now }: Publication): Promise<Habit[]> {
  const { from, to } = spanOf(window, now);
  const { from: since } = spanOf('90d', now);
  const people: Habit[] = [];
  for (let after = 0; ; ) {
    const page = await store.habits({ org, since, from, to, after, limit: pageSize });
    people.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return people;
    after = last.member;
  }
}

function cellsOf(people: readonly Habit[], k: number): InsightCell[] {
  return [
    { name: 'tokens', values: people.map(({ tokens }) => tokens) },
    { name: 'input', values: people.map(({ input }) => input) },
    ...mixCells(
      people.map(({ mix }) => mix),
      k,
      otherModel,
    ),
  ];
}

function membersOf(
  teams: readonly { readonly id: number }[],
  people: readonly Habit[],
): ReadonlyMap<number, ReadonlySet<number>> {
  const members = new Map(teams.map(({ id }) => [id, new Set<number>()]));
  for (const [number, one] of people.entries()) for (const team of one.teams) members.get(team)?.add(number);
  return members;
}
