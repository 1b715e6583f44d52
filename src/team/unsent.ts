import { addDays } from '../usage/days.ts';
import { pendingFresh } from './cell-table.ts';
import { rulesOf } from './count.ts';
import { countDays, daysFrom } from './count-days.ts';
import { serverNow, utcDay } from './shared-days.ts';
import type { Team } from './team.ts';

/** Tokens of all four kinds, and micro-USD at list price. */
export interface Unsent {
  readonly tokens: number;
  readonly microUsd: number;
}

interface Counted {
  readonly day: string;
  readonly in: number;
  readonly out: number;
  readonly cr: number;
  readonly cw: number;
  readonly usd: number | null;
}

/**
 * What this machine has counted from a UTC day on, by the person's choices of what is shared, and the server has nothing of yet:
 * cells that wait, and the days that are not in cells because they are not over.
 */
export async function unsentFrom(team: Team, from: string): Promise<Unsent> {
  const state = team.store.state();
  const { membership, counted } = state;
  const database = team.store.existing();
  if (membership?.consent == null || database === undefined) return { tokens: 0, microUsd: 0 };
  const waiting: Counted[] = pendingFresh(database, from);
  const ledger = team.ledger();
  const { share, consent } = membership;
  const later = [addDays(counted?.to ?? addDays(share.since, -1), 1), from, share.since].toSorted().at(-1) ?? from;
  const days = daysFrom({ from: later, to: utcDay(serverNow(state, team.now())) });
  if (ledger !== undefined) {
    const rules = rulesOf(consent.models, state, await team.catalogue());
    for await (const { cells } of countDays(team, ledger, days, share, rules)) waiting.push(...cells);
  }
  return {
    tokens: waiting.reduce((sum, one) => sum + one.in + one.out + one.cr + one.cw, 0),
    microUsd: waiting.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
  };
}
