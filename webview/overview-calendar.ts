import type { CalendarView } from '../src/dashboard/protocol/overview.ts';
import { card } from './card.ts';
import { swatch } from './composition.ts';
import { withDataTable } from './data-table.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { heatmap } from './heatmap.ts';
import { t } from './l10n.ts';
import { figure } from './overview-tokens.ts';
import { table } from './table.ts';
import type { ViewContext } from './view.ts';

const levels = [0, 1, 2, 3, 4] as const;

/** The last half year as a calendar, with its streaks. */
export function calendarCard(context: ViewContext) {
  const { formats } = context;
  const part = card({
    id: 'calendar',
    title: t('Calendar'),
    formula: t(
      'A cell is a day, in your time zone; its colour is one of five steps, which part the days that had any use into quarters. A streak is days in a row with at least one request; a weekend without one does not end it. The calendar shows the last 26 weeks whatever period is chosen.',
    ),
    context,
  });
  const map = heatmap();
  const figures = el('dl', { class: 'tb-figures tb-calendar-figures' });
  const scale = el(
    'div',
    { class: 'tb-heat-scale', 'aria-hidden': 'true' },
    t('less'),
    ...levels.map((level) => swatch(`tb-heat-${level} tb-heat`)),
    t('more'),
  );
  let view: CalendarView | undefined;
  const charted = withDataTable(map.element, () => dayTable(view, formats));
  const whole = [charted.element, el('div', { class: 'tb-calendar-foot' }, scale, charted.button), figures];

  return {
    ...part,
    show(next: CalendarView): void {
      view = next;
      const { days, streak, longest, activeDays } = next;
      const weeks = Math.ceil(days.length / 7);
      part.note(t('{0} weeks', weeks));
      figures.replaceChildren(
        figure(t('Streak'), dayCount(streak, formats), t('weekends forgiven'), 'tb-strong'),
        figure(
          t('Longest'),
          longest === undefined ? '–' : dayCount(longest.days, formats),
          longest === undefined ? '' : t('to {0}', dayAndMonth(longest.until, formats)),
          'tb-strong',
        ),
        figure(t('Active days'), formats.exact(activeDays), t('of {0}', formats.exact(days.length)), 'tb-strong'),
      );
      map.show({
        label: t(
          'Calendar of the last {0} weeks: {1} of {2} days had any use. Arrow keys walk over the days.',
          weeks,
          activeDays,
          days.length,
        ),
        columns: weeks,
        rows: 7,
        columnLabels: monthLabels(days, formats),
        rowLabels: weekdayNames(formats, 'short').map((name, i) => (i < 5 && i % 2 === 0 ? name : '')),
        cell(column, row) {
          const one = row < 0 || row > 6 || column < 0 ? undefined : days[column * 7 + row];
          return one === undefined
            ? undefined
            : {
                level: one.level,
                words: `${formats.day(one.day)}: ${one.tokens === 0 ? t('nothing') : formats.compact(one.tokens, 2)}`,
                outlined: one === days.at(-1),
              };
        },
        start: [weeks - 1, (days.length - 1) % 7],
      });
      charted.renew();
      if (!part.body.contains(figures)) part.fill(...whole);
    },
    answer: ({ streak, activeDays, days }: CalendarView) =>
      streak > 0
        ? t('{0}-day streak, weekends forgiven', formats.exact(streak))
        : t('{0} of {1} days active', activeDays, days.length),
  };
}

/** Weekdays from Monday, in the locale's words. */
export function weekdayNames({ locale }: Formats, weekday: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday });
  // The fifth of January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, i) => format.format((4 + i) * 86_400_000));
}

/** `26 Jul`, as the locale writes it. */
export function dayAndMonth(day: string, { locale }: Formats): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
    new Date(`${day}T00:00Z`),
  );
}

function dayCount(days: number, { locale }: Formats): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
}

/** A month's name stands above the week in which it begins, where there is room for it. */
function monthLabels(days: CalendarView['days'], { locale }: Formats): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' });
  const weeks = Math.ceil(days.length / 7);
  return Array.from({ length: weeks }, (_, week) => {
    const first = days.slice(week * 7, week * 7 + 7).find(({ day }) => day.endsWith('-01'));
    return first === undefined || week > weeks - 2 ? '' : format.format(new Date(`${first.day}T00:00Z`));
  });
}

function dayTable(view: CalendarView | undefined, formats: Formats): HTMLElement {
  return table({
    label: t('Calendar'),
    columns: [{ title: t('Day') }, { title: t('Tokens'), number: true }],
    rows: (view?.days ?? []).toReversed().map(({ day, tokens }) => [formats.day(day), formats.exact(tokens)]),
  });
}
