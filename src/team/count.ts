import { changedDays } from '../ledger/day-changes.ts';
import { addDays } from '../usage/days.ts';
import { forgetBefore, keepDay } from './cell-table.ts';
import type { CellRules } from './cells.ts';
import { countDays, daysFrom } from './count-days.ts';
import { maxCellAgeDays } from './protocol/limits.ts';
import type { Policy } from './protocol/policy.ts';
import { serverNow, sharedDays, utcDay } from './shared-days.ts';
import type { Membership, TeamState } from './state.ts';
import type { Team } from './team.ts';

/** Brings the cells to what the ledger has: only the days that changed, came to their end, or are counted by other rules now. */
export async function countCells(team: Team, membership: Membership, policy: Policy): Promise<void> {
  const ledger = team.ledger();
  if (ledger === undefined || membership.consent === null) return;
  const state = team.store.state();
  const rules = rulesOf(membership.consent.models, state, await team.catalogue());
  const days = sharedDays(membership.share, policy, serverNow(state, team.now()));
  const { counted } = state;
  const text = rulesText(membership, rules, days.from);
  const same = counted?.rules === text;
  const { revision, days: changed } = changedDays(ledger, same ? counted.revision : 0);
  const touched = new Set(changed.map((day) => utcDay(day * 86_400_000)));
  const due = same ? [...daysFrom(days)].filter((day) => touched.has(day) || day > counted.to) : daysFrom(days);
  const database = team.store.database();
  for await (const day of countDays(team, ledger, due, membership.share, rules)) {
    // Left, in another window, while it was counted.
    if (team.store.state().membership?.device !== membership.device) return;
    keepDay(database, day, team.now());
  }
  if (!same) forgetEarlier(team, days.from);
  forgetBefore(database, addDays(utcDay(serverNow(state, team.now())), -maxCellAgeDays));
  team.store.change((now) =>
    now.membership === null ? now : { ...now, counted: { revision, to: days.to, rules: text } },
  );
}

/** By which rules cells are counted for a member. */
export function rulesOf(
  models: boolean,
  { unknownModels }: Pick<TeamState, 'unknownModels'>,
  catalogue: CellRules['catalogue'],
): CellRules {
  return { models, unknownModels, catalogue };
}

/** Days that are shared no longer, because a person chose a later first day, become empty. */
function forgetEarlier(team: Team, from: string): void {
  const database = team.store.database();
  const earlier = database.prepare('SELECT DISTINCT day FROM cell WHERE day < ?').all(from);
  for (const { day } of earlier) keepDay(database, { day: String(day), cells: [] }, team.now());
}

function rulesText({ share }: Membership, { models, unknownModels, catalogue }: CellRules, from: string): string {
  // With time the first day moves on by itself, which changes nothing about the others.
  const since = share.since >= from ? share.since : '';
  return JSON.stringify([since, share.exclude, models, unknownModels, catalogue.pricesVersion, [...catalogue.tools]]);
}
