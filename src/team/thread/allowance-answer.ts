import { setTimeout as sleep } from 'node:timers/promises';
import type { GrantedAllowance, GrantedAllowances } from '../../dashboard/protocol/allowances.ts';
import { lastSeen, look } from '../boards.ts';
import type { AllowanceList } from '../protocol/allowance.ts';
import { type Unsent, unsentFrom } from '../unsent.ts';
import { joined, notice, type Talk } from './talk.ts';

const dayMs = 86_400_000;
const nanoInMicro = 1000;
/** What was asked a moment ago is not asked again. */
const freshMs = 60_000;
/** So long a page waits for what was never seen; it is told when it is there. */
const mostWaitMs = 2000;

/** What is granted to the person: what was last seen at once, and again where the server has something else to say. */
export function allowanceAnswer(talk: Talk): () => Promise<GrantedAllowances> {
  const { team } = talk;
  let asked: { readonly at: number; readonly device: number } | undefined;
  let asking: Promise<void> | undefined;

  async function refresh(device: number): Promise<void> {
    const before = JSON.stringify(lastSeen(team, 'allowance')?.value);
    const { value, failure } = await look(team, 'allowance');
    asked = { at: team.now(), device };
    if (failure !== null) await notice(talk, failure);
    if (JSON.stringify(value) !== before) talk.changed();
  }

  return async () => {
    const { device, organisation } = joined(talk);
    const known = lastSeen(team, 'allowance');
    const age = asked?.device === device ? team.now() - asked.at : Number.POSITIVE_INFINITY;
    if (age < 0 || age >= freshMs) {
      asking ??= refresh(device).finally(() => {
        asking = undefined;
      });
      if (known === undefined) await Promise.race([asking, sleep(mostWaitMs)]);
      else asking.catch(() => undefined);
    }
    const allowances: GrantedAllowance[] = [];
    const unsent = new Map<string, Unsent>();
    for (const one of lastSeen(team, 'allowance')?.value.allowances ?? []) {
      const more = unsent.get(one.from) ?? (await unsentFrom(team, one.from));
      unsent.set(one.from, more);
      allowances.push(granted(one, more, team.now()));
    }
    return { organisation, allowances };
  };
}

/** An allowance as it is shown. */
export function granted(
  { unit, per, amount, used, from, to, team, teamPercent }: AllowanceList['allowances'][number],
  unsent: Unsent,
  now: number,
): GrantedAllowance {
  const [begin, end] = [Date.parse(from), Date.parse(to) + dayMs];
  const scale = unit === 'tokens' ? 1 : nanoInMicro;
  const waiting = (unit === 'tokens' ? unsent.tokens : unsent.microUsd) * scale;
  return {
    unit: unit === 'tokens' ? 'tokens' : 'usd',
    per,
    amount: amount * scale,
    used: used * scale + waiting,
    unsent: waiting,
    since: from,
    until: to,
    elapsed: Math.min(1, Math.max(0, (now - begin) / (end - begin))),
    team: team?.name,
    teamPercent: teamPercent ?? undefined,
  };
}
