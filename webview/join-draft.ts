import type { JoinChoice } from '../src/dashboard/protocol/team.ts';
import type { Policy } from '../src/team/protocol/policy.ts';
import type { Visibility } from '../src/team/protocol/terms.ts';
import { t } from './l10n.ts';

/** What a person has chosen so far. */
export interface Draft {
  /** Undefined until chosen. */
  readonly visibility: Visibility | undefined;
  readonly name: string;
  readonly models: boolean;
  readonly badges: boolean;
  readonly timeBadges: boolean;
  readonly excluded: readonly string[];
  readonly since: string;
}

/** Nothing is chosen; sharing would begin with the day given. */
export function emptyDraft(since = utcToday()): Draft {
  return {
    visibility: undefined,
    name: '',
    models: false,
    badges: false,
    timeBadges: false,
    excluded: [],
    since,
  };
}

export function utcToday(): string {
  return utcDay(Date.now());
}

/** The latest day of which there is something to be seen: on a board that counts whole days that is yesterday (UTC). */
export function latestDay({ cadence }: Policy): string {
  return cadence === 'daily' ? utcDay(Date.now() - 86_400_000) : utcToday();
}

function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function draftOf(choice: JoinChoice): Draft {
  return { ...choice, name: choice.displayName ?? '' };
}

/** As it is sent. Who has not chosen yet how to appear is shown what the least of it would send. */
export function choiceOf({ visibility = 'aggregate', name, ...rest }: Draft): JoinChoice {
  const displayName = visibility === 'named' ? name.trim() : null;
  return { ...rest, timeBadges: rest.badges && rest.timeBadges, visibility, displayName: displayName || null };
}

/** What is still to be chosen, as a sentence; undefined where nothing is. */
export function missingOf({ visibility, name }: Draft): string | undefined {
  if (visibility === undefined) return t('Choose how you appear first.');
  if (visibility === 'named' && name.trim() === '') return t('Type the name that others shall see.');
  return undefined;
}

/** Why nobody stands on this board by name; undefined where people may. */
export function namelessWords(policy: Policy): string | undefined {
  if (policy.namedBoards) return undefined;
  if (policy.quiet) return t('Not here: this board is in quiet mode and lists nobody.');
  return policy.usedForPay === true
    ? t('Not here: this board is used for pay or performance.')
    : t('Not here: it is not stated whether this board is used for pay or performance.');
}
