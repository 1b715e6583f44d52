import type { Withholding } from '../src/team/protocol/board.ts';
import type { Cadence, Role, Visibility } from '../src/team/protocol/terms.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** Why a sum is not told; `k` is the least number of people in one, where it is known. */
export function withheldWords(reason: Withholding, k: number | undefined): string {
  switch (reason) {
    case 'too_few':
      return k === undefined ? t('withheld: too few members') : t('withheld: fewer than {0} members', k);
    case 'dominated':
      return t('withheld: one or two members make most of it');
    case 'derivable':
      return t('withheld: it would tell of a single person');
    case 'too_large':
      return t('withheld: too large to be added exactly');
  }
}

export function roleTitle(role: Role): string {
  return { owner: t('Owner'), admin: t('Admin'), member: t('Member') }[role];
}

/** `14 by members`, for a list. */
export function looksWords(role: Role, count: string): string {
  return {
    owner: t('{0} by owners', count),
    admin: t('{0} by admins', count),
    member: t('{0} by members', count),
  }[role];
}

export function visibilityTitle(visibility: Visibility): string {
  return { named: t('By name'), pseudonym: t('By pseudonym'), aggregate: t('In totals only') }[visibility];
}

/** How often figures are published. */
export function cadenceWords(cadence: Cadence): string {
  return {
    daily: t('Once a day, shortly after midnight UTC. Only complete days.'),
    hourly: t('Every hour, today included: others can see in which hours you work with AI tools.'),
    live: t('Every five minutes, today included: others can see when you work with AI tools.'),
  }[cadence];
}

/** `00:10 UTC` of today, else with its day: boards count in UTC. */
export function utcMoment(time: number, formats: Formats, now = Date.now()): string {
  const today = new Date(time).toISOString().slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  const style = new Intl.DateTimeFormat(formats.locale, {
    timeZone: 'UTC',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(today ? {} : { day: 'numeric', month: 'short' }),
  });
  return t('{0} UTC', style.format(time));
}

/** `23 Oct – 21 Nov 2026`, of UTC days. */
export function daysWords(from: string, to: string, formats: Formats): string {
  const style = new Intl.DateTimeFormat(formats.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return from === to
    ? style.format(new Date(`${from}T00:00Z`))
    : style.formatRange(new Date(`${from}T00:00Z`), new Date(`${to}T00:00Z`));
}

/** The message of whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
