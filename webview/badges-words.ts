import type { BadgeView, Tier } from '../src/dashboard/protocol/badges.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

export function tierTitle(tier: Tier): string {
  return {
    bronze: t('Bronze'),
    silver: t('Silver'),
    gold: t('Gold'),
    platinum: t('Platinum'),
    diamond: t('Diamond'),
  }[tier];
}

/** One sentence: where an earned badge stands, or what the next tier of one that is not, or that says nothing now, takes. */
export function badgeSentence(badge: BadgeView, formats: Formats): string {
  const goal = badge.goals[badge.earned] ?? badge.goals.at(-1) ?? 0;
  if (badge.earned === 0 || badge.value === null) return goalSentence(badge, amountOf(badge, goal, formats), goal);
  return standing(badge, amountOf(badge, badge.value, formats), badge.value);
}

/** `8 of 10 models`, `96.6 % of 98 %`; where less is better `1.8 %, goal 1 %`. */
export function progressWords(badge: BadgeView, formats: Formats): string {
  const goal = badge.goals[badge.earned] ?? 0;
  const wanted = amountOf(badge, goal, formats);
  if (badge.value === null) return badge.falling ? t('goal {0}', wanted) : t('goal {0}', counted(badge, wanted, goal));
  if (badge.unit === 'times' && badge.value === 0) return t('not yet');
  const now = amountOf(badge, badge.value, formats);
  return badge.falling ? t('{0}, goal {1}', now, wanted) : t('{0} of {1}', now, counted(badge, wanted, goal));
}

function amountOf({ unit }: BadgeView, value: number, formats: Formats): string {
  if (unit === 'percent') return formats.percent(value / 100);
  if (unit === 'activeMs') return formats.length(value);
  if (unit === 'tokens' || unit === 'tokensPerRequest') return formats.compact(value);
  return formats.exact(value);
}

function counted({ unit }: BadgeView, amount: string, value: number): string {
  const one = value === 1;
  switch (unit) {
    case 'models':
      return one ? t('1 model') : t('{0} models', amount);
    case 'tools':
      return one ? t('1 tool') : t('{0} tools', amount);
    case 'days':
      return one ? t('1 day') : t('{0} days', amount);
    case 'months':
      return one ? t('1 month') : t('{0} months', amount);
    case 'subagents':
      return one ? t('1 subagent') : t('{0} subagents', amount);
    default:
      return amount;
  }
}

function standing(badge: BadgeView, amount: string, value: number): string {
  switch (badge.id) {
    case 'cache-wizard':
      return t('{0} of all input came from the cache, over 30 days.', amount);
    case 'weekday-steady':
      if (value === 0) return t('No streak of working days just now. Weekends are forgiven.');
      return t('Streak of {0} at work. Weekends are forgiven.', counted(badge, amount, value));
    case 'small-and-beautiful':
      return t('Fresh tokens per request: {0}, over 30 days.', amount);
    case 'quiet-nights':
      if (value === 0) return t('The last night had tokens between 22:00 and 06:00.');
      return t('No tokens between 22:00 and 06:00, {0} running.', counted(badge, amount, value));
    case 'short-memory':
      return t('Requests with over 200K tokens of input: {0}, over 30 days.', amount);
    case 'budget-keeper':
      if (value === 0) return t('The last month went over the budget.');
      return goalSentence(badge, amount, value);
    default:
      return goalSentence(badge, amount, value);
  }
}

function goalSentence(badge: BadgeView, amount: string, value: number): string {
  const things = counted(badge, amount, value);
  switch (badge.id) {
    case 'token-legend':
      return t('{0} tokens counted in all.', amount);
    case 'model-connoisseur':
      return t('{0} with at least 100K tokens each.', things);
    case 'cache-wizard':
      return t('{0} of all input from the cache, over 30 days with at least 10M tokens of input.', amount);
    case 'session-immortal':
      return t('One session of {0} active time, gaps over 30 minutes cut.', amount);
    case 'weekday-steady':
      return t('Working days in a row: {0}. Weekends are forgiven.', amount);
    case 'toolsmith':
      return t('{0} with at least 1M tokens each.', things);
    case 'budget-keeper':
      return value === 1
        ? t('A whole month within a monthly budget.')
        : t('{0} in a row within a monthly budget.', things);
    case 'fleet-admiral':
      return t('{0} at work in one session.', things);
    case 'comeback':
      return t('Back after a pause of two weeks or more.');
    case 'small-and-beautiful':
      return t('At most {0} fresh tokens per request, over 30 days with at least 300 requests.', amount);
    case 'quiet-nights':
      return t('No tokens between 22:00 and 06:00, {0} running.', things);
    case 'short-memory':
      return t('At most {0} of requests with over 200K tokens of input, over 30 days with at least 300.', amount);
    default:
      return '';
  }
}
