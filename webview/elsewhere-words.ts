import type { Elsewhere } from '../src/dashboard/protocol/machines.ts';
import type { SpanView } from '../src/dashboard/protocol/scope.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** What is said of other machines below a total that holds them: how much of it, of which days, and how lately it was told. */
export function elsewhereWords(known: Elsewhere, span: SpanView, formats: Formats): readonly HTMLElement[] {
  const line = (...words: readonly (string | undefined)[]): HTMLElement =>
    el('p', { class: 'tb-small tb-muted tb-elsewhere' }, words.filter((word) => word !== undefined).join(' · '));
  const only = t(
    'Projects, hours, calendar, records and forecast are of this machine: others tell days, tools and models alone.',
  );
  const gone = known.offline === undefined ? [] : [line(known.offline)];
  if (known.filteredOut) {
    return [line(t('Projects, branches and accounts of other machines are not known: nothing of them is in it.'))];
  }
  if (known.at === undefined) {
    if (known.offline !== undefined) return [line(known.offline, t('Nothing is known of your other machines.'))];
    return [line(t('Your other machines are asked for…'))];
  }
  const age = formats.age(Math.max(0, Date.now() - known.at));
  if (known.since === undefined || known.until === undefined) {
    const none =
      known.machines === 0 ? t('No other machine of yours shares yet. Add one under Team, Share.') : undefined;
    return [line(none ?? t('Your other machines have told nothing yet.'), t('asked {0}', age)), ...gone];
  }
  const days =
    known.since > span.since
      ? t('complete UTC days from {0} to {1}', formats.day(known.since), formats.day(known.until))
      : t('complete UTC days up to {0}', formats.day(known.until));
  const part = t('{0} on your other machines', formats.compact(known.tokens));
  return [line(part, days, t('asked {0}', age)), ...gone, line(only)];
}
