import { earnedBadges, earnedIds } from '../badges/badges-of.ts';
import type { Machine } from '../readers/reader.ts';

/**
 * Ids of the badges that are earned by what is counted on this machine, after those that its editor told the server last (JSON):
 * badges stay earned, and the command does not know what the editor has kept.
 */
export async function ownBadges(machine: Machine, told: string | null): Promise<readonly string[]> {
  const { dashboardData } = await import('../dashboard/dashboard-data.ts');
  const data = dashboardData(machine, { onChanged: () => undefined });
  try {
    data.configure({
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      locale: 'en',
      ...{ costSource: 'list', estimates: true, withoutTools: [] },
      ...{ billing: {}, accounts: [], budgets: [], allowance: undefined, badgeToasts: false },
    });
    const { badges } = await data.answer({ ask: 'badges' });
    const before = told === null ? [] : (JSON.parse(told) as string[]);
    return [...new Set([...before, ...earnedIds(earnedBadges(badges))])];
  } finally {
    data.close();
  }
}
