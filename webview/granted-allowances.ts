import type { GrantedAllowance } from '../src/dashboard/protocol/allowances.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { budgetWords, type LimitWords } from './limit-words.ts';

/** An allowance in words: whose it is, for when, and what of it is left. Its days are UTC days. */
export interface GrantedWords {
  readonly title: string;
  readonly name: string;
  readonly words: LimitWords;
}

export function grantedWords(granted: GrantedAllowance, organisation: string, formats: Formats): GrantedWords {
  const { unit, per, until, elapsed, unsent, team, teamPercent } = granted;
  const amountOf = unit === 'usd' ? formats.money : (count: number) => formats.compact(count);
  const last = new Date(`${until}T00:00Z`);
  const period = new Intl.DateTimeFormat(formats.locale, {
    timeZone: 'UTC',
    ...(per === 'month' ? { month: 'long' } : { year: 'numeric' }),
  }).format(last);
  // What the others of a team use counts as well, so nothing can be said of what is left, nor of the pace.
  const own =
    team === undefined
      ? budgetWords(granted, elapsed, formats)
      : [t('you {0} of {1}', amountOf(granted.used), amountOf(granted.amount))];
  return {
    title: t('Granted by {0}', organisation),
    name: team === undefined ? period : t('{0} · shared by {1}', period, team),
    words: [
      ...own,
      ...(teamPercent === undefined ? [] : [t('all of the team {0}', formats.percent(teamPercent / 100, 0))]),
      ...(unsent > 0 ? [t('{0} not sent yet', amountOf(unsent))] : []),
      t('UTC days until {0}', formats.day(until, 'long')),
    ],
  };
}
