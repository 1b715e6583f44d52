import type { Withholding } from '../../team/protocol/board.ts';
import type { Cadence, MetricId, Role, Visibility, WindowId } from '../../team/protocol/terms.ts';

export const metricTitles: Readonly<Record<MetricId, string>> = {
  tokens: 'Tokens',
  fresh: 'Fresh',
  cost: 'Cost',
  cacheShare: 'Cache share',
  activeDays: 'Active days',
  models: 'Models',
};

export const windowTitles: Readonly<Record<WindowId, string>> = {
  today: 'Today',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

export const formulas: Readonly<Record<MetricId, string>> = {
  tokens: 'tokens = input + output + cache writes + cache reads',
  fresh: 'fresh = input + output + cache writes',
  cost: 'cost = list price of each request',
  cacheShare: 'cache share = cache reads ÷ (input + cache writes + cache reads)',
  activeDays: 'active days = UTC days with any token',
  models: 'models = those with at least 100K tokens each',
};

/** What a value of a metric is, and is not. */
export const formulaNotes: Readonly<Record<MetricId, readonly string[]>> = {
  tokens: ['as each tool reports them', 'a volume, not a measure of work'],
  fresh: ['without cache reads', 'a volume, not a measure of work'],
  cost: ['list price, not anybody’s bill'],
  cacheShare: ['from 1M tokens of input up'],
  activeDays: ['not a measure of work'],
  models: ['as the public price list names them'],
};

export const visibilityTitles: Readonly<Record<Visibility, string>> = {
  named: 'By name',
  pseudonym: 'By pseudonym',
  aggregate: 'In totals only',
};

/** How often figures are published. */
export const cadenceWords: Readonly<Record<Cadence, string>> = {
  daily: 'Once a day, shortly after midnight UTC. Only complete days.',
  hourly: 'Every hour, today included: others can see in which hours you work with AI tools.',
  live: 'Every five minutes, today included: others can see when you work with AI tools.',
};

/** When the first snapshot comes. */
export const firstSnapshot: Readonly<Record<Cadence, string>> = {
  daily: 'It comes shortly after midnight UTC, and then every day.',
  hourly: 'It comes within the hour.',
  live: 'It comes within five minutes.',
};

/** Why a sum is not told; `k` is the least number of people in one. */
export function withheldWords(reason: Withholding, k: number): string {
  switch (reason) {
    case 'too_few':
      return `withheld: fewer than ${k} members`;
    case 'dominated':
      return 'withheld: one or two members make most of it';
    case 'derivable':
      return 'withheld: it would tell of a single person';
    case 'too_large':
      return 'withheld: too large to be added exactly';
  }
}

const roleNames: Readonly<Record<Role, string>> = { member: 'members', admin: 'admins', owner: 'owners' };

/** `You were looked at 14 times: 12 by members and 2 by admins.` */
export function lookedAt(views: readonly { readonly role: Role; readonly count: number }[]): string {
  const total = views.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'Nobody has looked at a board with you on it yet.';
  const by = (Object.keys(roleNames) as Role[]).flatMap((role) => {
    const count = views.filter((view) => view.role === role).reduce((sum, view) => sum + view.count, 0);
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} by ${roleNames[role]}`];
  });
  const list = new Intl.ListFormat('en-US').format(by);
  return total === 1
    ? `You were looked at once: ${list}.`
    : `You were looked at ${total.toLocaleString('en-US')} times: ${list}.`;
}

/** `23 Oct – 21 Nov 2026`, of UTC days. */
export function daysWords(from: string, to: string): string {
  const [first, last] = [new Date(`${from}T00:00Z`), new Date(`${to}T00:00Z`)];
  return from === to ? dayStyle.format(first) : dayStyle.formatRange(first, last);
}

/** `21 Nov 2026` of a UTC day. */
export function dayWords(day: string): string {
  return dayStyle.format(new Date(`${day}T00:00Z`));
}

/** `21 Nov 2026, 00:10 UTC` */
export function momentWords(instant: string): string {
  return `${momentStyle.format(new Date(instant))} UTC`;
}

const day = { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' } as const;
const dayStyle = new Intl.DateTimeFormat('en-GB', day);
const momentStyle = new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
