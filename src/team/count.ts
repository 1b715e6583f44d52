import type { DatabaseSync } from 'node:sqlite';
import { changedDays } from '../ledger/day-changes.ts';
import { addDays } from '../usage/days.ts';
import { forgetBefore, keepDay } from './cell-table.ts';
import type { CellRules } from './cells.ts';
import { countDays, daysFrom } from './count-days.ts';
import { maxCellAgeDays } from './protocol/limits.ts';
import type { Policy } from './protocol/policy.ts';
import { isSameTerms } from './same-terms.ts';
import { serverNow, sharedDays, utcDay } from './shared-days.ts';
import type { Membership, TeamState } from './state.ts';
import type { Team } from './team.ts';

/** Brings the cells to what the ledger has: only the days that changed, came to their end, or are counted by other rules now. */
export async function countCells(team: Team, membership: Membership, policy: Policy): Promise<void> {
  const ledger = team.ledger();
  if (ledger === undefined || membership.consent === null) return;
  const state = team.store.state();
  const rules = rulesOf(membership.consent.models, state, await team.catalogue());
  const days = sharedDays(membership.share, policy, state, team.now());
  const { counted } = state;
  const text = rulesText(membership, rules, days.from);
  const same = counted?.rules === text;
  const { revision, days: changed } = changedDays(ledger, same ? counted.revision : 0);
  const touched = new Set(changed.map((day) => utcDay(day * 86_400_000)));
  const due = same ? [...daysFrom(days)].filter((day) => touched.has(day) || day > counted.to) : daysFrom(days);
  const database = team.store.existing();
  if (database === undefined) return;
  for await (const day of countDays(team, ledger, due, membership.share, rules)) {
    // Left or chosen otherwise, in another window, while it was counted.
    if (!isSameTerms(team.store.state().membership, membership)) return;
    keepDay(database, day, team.now());
  }
  if (!isSameTerms(team.store.state().membership, membership)) return;
  if (!same) forgetEarlier(database, days.from, team.now());
  forgetBefore(database, addDays(utcDay(serverNow(state, team.now())), -maxCellAgeDays));
  team.store.change((now) =>
    isSameTerms(now.membership, membership) ? { ...now, counted: { revision, to: days.to, rules: text } } : now,
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
function forgetEarlier(database: DatabaseSync, from: string, now: number): void {
  const earlier = database.prepare('SELECT DISTINCT day FROM cell WHERE day < ?').all(from);
  for (const { day } of earlier) keepDay(database, { day: String(day), cells: [] }, now);
}

function rulesText({ share }: Membership, { models, unknownModels, catalogue }: CellRules, from: string): string {
  // With time the first day moves on by itself, which changes nothing about the others.
  const since = share.since >= from ? share.since : '';
  return JSON.stringify([since, share.exclude, models, unknownModels, catalogue.pricesVersion, [...catalogue.tools]]);
}
