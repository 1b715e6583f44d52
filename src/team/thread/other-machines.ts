import { setTimeout as sleep } from 'node:timers/promises';
import { type OtherMachines, type OtherRow, untoldModel } from '../../dashboard/protocol/machines.ts';
import { lastSeen, look } from '../boards.ts';
import type { Failure } from '../failure.ts';
import type { Usage } from '../protocol/me.ts';
import { otherModel } from '../protocol/terms.ts';
import { joined, notice, type Talk } from './talk.ts';

const others = { devices: 'others' } as const;
/** Days are told once a day, on some boards once in five minutes. */
const freshMs = 60_000;
/** What is failing is not asked for at every glance. */
const failedMs = 30_000;
/** So long a page waits for what was never seen; then it is told that nothing is known yet, and that something has changed. */
const mostWaitMs = 2000;

/** What the member's other machines have told: what was last seen at once, and again where the server has something else to say. */
export function otherMachinesAnswer(talk: Talk): (mayAsk: boolean) => Promise<OtherMachines> {
  const { team, say } = talk;
  let asked: { readonly at: number; readonly failure: Failure | null; readonly device: number } | undefined;
  let asking: Promise<void> | undefined;

  async function refresh(device: number): Promise<void> {
    const before = JSON.stringify([lastSeen(team, 'usage', others)?.value, asked?.failure ?? null]);
    const [usage, devices] = await Promise.all([look(team, 'usage', others), look(team, 'devices')]);
    const failure = usage.failure ?? devices.failure;
    asked = { at: team.now(), failure, device };
    if (failure !== null) await notice(talk, failure);
    if (JSON.stringify([usage.value, failure]) !== before) talk.changed();
  }

  function isFresh(device: number): boolean {
    if (asked === undefined || asked.device !== device) return false;
    const age = team.now() - asked.at;
    return age >= 0 && age < (asked.failure === null ? freshMs : failedMs);
  }

  function known(device: number): OtherMachines {
    const usage = lastSeen(team, 'usage', others);
    const rows = usage?.value.models.map(rowOf) ?? [];
    const days = rows.map(({ day }) => day).toSorted();
    const failure = asked?.device === device ? asked.failure : null;
    return {
      machines: lastSeen(team, 'devices')?.value.devices.filter(({ current }) => !current).length,
      rows,
      since: days[0],
      until: days.at(-1),
      at: usage?.at,
      offline: failure === null ? undefined : say.failure(failure),
    };
  }

  return async (mayAsk) => {
    const { device } = joined(talk);
    if (!mayAsk) return { ...known(device), offline: say.code('telemetry_off') };
    if (isFresh(device)) return known(device);
    asking ??= refresh(device).finally(() => {
      asking = undefined;
    });
    if (lastSeen(team, 'usage', others) === undefined) await Promise.race([asking, sleep(mostWaitMs)]);
    else asking.catch(() => undefined);
    return known(device);
  };
}

function rowOf({ day, tool, model, ...sums }: Usage['models'][number]): OtherRow {
  return {
    ...{ day, tool },
    model: model === otherModel ? untoldModel : model,
    input: sums.in,
    output: sums.out,
    cacheRead: sums.cr,
    cacheWrite: sums.cw,
    cacheWrite1h: sums.cw1,
    reasoning: sums.rs,
    requests: sums.req,
    microUSD: sums.usd,
    unpricedTokens: sums.unpricedTokens,
    estimatedTokens: sums.estTokens,
  };
}
