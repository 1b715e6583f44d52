import { setImmediate as breathe } from 'node:timers/promises';
import type { Insights } from '../../team/protocol/insights.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import { decidePools, type PoolFigures } from './allowance-pools.ts';
import { decideCell, type InsightCell, type ToldCell, withoutState } from './insight-cells.ts';
import { insightFigures } from './insight-figures.ts';
import { type InsightPeople, insightPeople, insightWindow } from './insight-people.ts';
import { memberHash, numbering } from './numbering.ts';
import type { Publication } from './publish.ts';
import { dayNumber, lastDue, nextDue, spanOf } from './schedule.ts';
import { newSalt, readState, saltOf, writeState } from './state-text.ts';

/** What is published of a group; its name is added when it is asked for. */
export type InsightBody = Omit<
  Insights,
  'board' | 'name' | 'state' | 'notice' | 'builtAt' | 'policyVersion' | 'allowances'
> & { readonly allowances: readonly PoolFigures[] };

/**
 * Publishes the figures of all groups for managers, once a day whatever the boards' cadence is; the very first at once. True
 * where it did.
 */
export async function publishInsights(publication: Publication): Promise<boolean> {
  const { store, org, policy, now, lead, goesOn = () => true } = publication;
  if (!(await insightsDue(publication))) return false;
  const people = await insightPeople(publication);
  const teams = await store.teams({ org, member: null });
  const states = new Map((await store.insightStates({ org })).map(({ cell, state }) => [cell, state]));
  const [known] = states.values();
  const numbers = await numbering(known === undefined ? newSalt() : saltOf(known), people.members);
  const members = new Map(teams.map(({ id }) => [id, people.teams.get(id) ?? new Set<number>()]));
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
    cacheReads: people.cacheReads,
    activeDays: people.activeDays,
    mix: [...decided.values()].filter(({ name }) => name.includes(':')),
  };
  const pools = await decidePools(publication, states, numbers, (member) =>
    numbers.numberOf(memberHash(numbers.salt, member)),
  );
  const span = { ...spanOf(insightWindow, now), nextAt: new Date(nextDue('daily', now)).toISOString(), k: policy.k };
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
    lead,
    boards,
    states: [...kept, ...pools.states],
  });
}

/** Whether there are none of today's yet. */
export async function insightsDue({ store, org, now }: Omit<Publication, 'policy'>): Promise<boolean> {
  const newest = await store.insights({ org, board: organisationBoard });
  return (newest?.builtAt ?? Number.NEGATIVE_INFINITY) < lastDue('daily', now);
}

function cellsOf({ tokens, input, mix }: InsightPeople, k: number): InsightCell[] {
  return [{ name: 'tokens', values: tokens }, { name: 'input', values: input }, ...mix.cells(k)];
}
