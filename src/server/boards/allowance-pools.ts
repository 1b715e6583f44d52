import type { AllowancePeriod, AllowanceUnit } from '../../team/protocol/allowance.ts';
import type { Part } from './disclosure.ts';
import { percent } from './insight-figures.ts';
import type { Numbering } from './numbering.ts';
import type { Publication } from './publish.ts';
import { decideSum } from './published-sum.ts';
import { dayNumber, utcDay } from './schedule.ts';
import { readState, writeState } from './state-text.ts';
import { overlapReason } from './team-views.ts';

/** How much of a team's allowance is used, in steps of 5 per cent; null where the rules do not let it be told. */
export interface PoolFigures {
  readonly id: number;
  readonly team: number;
  readonly unit: AllowanceUnit;
  readonly per: AllowancePeriod;
  readonly amount: number;
  readonly from: string;
  readonly to: string;
  readonly percent: number | null;
}

/** What all of a team have used of what was granted to it: sums like others, beside all earlier ones and beside each other. */
export async function decidePools(
  { store, org, policy, now }: Publication,
  states: ReadonlyMap<string, string>,
  numbers: Numbering,
  numberOf: (member: number) => number,
): Promise<{
  readonly figures: readonly PoolFigures[];
  readonly states: readonly { readonly cell: string; readonly state: string }[];
}> {
  const figures: PoolFigures[] = [];
  const kept: { cell: string; state: string }[] = [];
  const told: { readonly unit: AllowanceUnit; readonly parts: readonly Part[] }[] = [];
  const rules = { day: dayNumber(now), k: policy.k };
  for (const { id, team, unit, per, amount } of await store.allowances({ org })) {
    if (team === null) continue;
    const use = await store.poolUse({ org, allowance: id, today: utcDay(now) });
    if (use === null) continue;
    const parts = use.parts.map(
      ({ member, used }): Part => ({
        member: numberOf(member),
        value: used,
        listing: 'none',
      }),
    );
    const cell = `pool:${id}`;
    const before = readState(states.get(cell) ?? null, numbers)?.total;
    const { sum, state } = decideSum(parts, before, rules);
    const inIt = new Set(sum?.members);
    const own = parts.filter(({ member }) => inIt.has(member));
    const overlaps = told.some((other) => other.unit === unit && overlapReason(own, other.parts, policy.k));
    const tells = sum !== undefined && !overlaps;
    if (tells) told.push({ unit, parts: own });
    const kind = { id, team, unit, per, amount, from: use.from, to: use.to };
    figures.push({ ...kind, percent: tells ? percent(sum.total / amount) : null });
    const keeps = tells ? state : before;
    if (keeps !== undefined) {
      kept.push({ cell, state: writeState({ total: keeps, teams: [], rest: undefined }, numbers) });
    }
  }
  return { figures, states: kept };
}
