import type { WhenView } from '../src/dashboard/protocol/overview.ts';
import { withDataTable } from './data-table.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { heatmap } from './heatmap.ts';
import { t } from './l10n.ts';
import { weekdayNames } from './overview-calendar.ts';
import { table } from './table.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When in the week and the day tokens were used, as a grid of weekdays and hours. */
export function whenPart(formats: Formats) {
  const map = heatmap();
  let view: WhenView | undefined;
  const names = weekdayNames(formats, 'long');
  const charted = withDataTable(map.element, () =>
    table({
      label: t('When'),
      columns: [{ title: t('Hour') }, ...weekdayNames(formats, 'short').map((title) => ({ title, number: true }))],
      rows: hours.map((hour) => [clock(hour), ...(view?.grid ?? []).map((day) => formats.compact(day[hour] ?? 0))]),
    }),
  );
  const element = el(
    'div',
    { class: 'tb-when' },
    charted.element,
    el('div', { class: 'tb-chart-foot' }, charted.button),
  );

  return {
    element,
    show(next: WhenView): void {
      view = next;
      const most = Math.max(0, ...next.grid.flat());
      map.show({
        label: t('When tokens are used: {0}. Arrow keys walk over the hours.', whenAnswer(next, formats)),
        columns: 24,
        rows: 7,
        columnLabels: hours.map((hour) => (hour % 6 === 0 ? clock(hour) : '')),
        rowLabels: weekdayNames(formats, 'short'),
        cell(hour, day) {
          const tokens = next.grid[day]?.[hour];
          if (tokens === undefined) return undefined;
          const level = tokens === 0 ? 0 : (Math.min(4, Math.ceil((tokens / most) * 4)) as 1 | 2 | 3 | 4);
          const span = `${clock(hour)} – ${clock((hour + 1) % 24)}`;
          return { level, words: `${names[day]}, ${span}: ${formats.compact(tokens, 2)}` };
        },
        start: [next.busiestFrom ?? 12, next.busiestDays[0] ?? 0],
        largestCell: 26,
      });
      charted.renew();
    },
  };
}

/** The busiest days and hours in a sentence. */
export function whenAnswer({ busiestDays, busiestFrom }: WhenView, formats: Formats): string {
  if (busiestFrom === undefined || busiestDays.length === 0) return t('nothing in this period');
  const names = weekdayNames(formats, 'long');
  const days = [...busiestDays].sort((a, b) => a - b);
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const [from, to] = [clock(busiestFrom), clock((busiestFrom + 3) % 24)];
  if (days.length > 2 && last - first === days.length - 1) {
    return t('Busiest from {0} to {1}, between {2} and {3}', names[first] ?? '', names[last] ?? '', from, to);
  }
  const list = new Intl.ListFormat(formats.locale, { type: 'conjunction' }).format(days.map((day) => names[day] ?? ''));
  return t('Busiest on {0}, between {1} and {2}', list, from, to);
}

/** The same in a few words. */
export function whenInShort({ busiestDays, busiestFrom }: WhenView, formats: Formats): string {
  if (busiestFrom === undefined) return t('nothing in this period');
  const names = weekdayNames(formats, 'short');
  const days = [...busiestDays].sort((a, b) => a - b).map((day) => names[day] ?? '');
  const list = new Intl.ListFormat(formats.locale, { type: 'unit', style: 'short' }).format(days);
  return `${list}, ${clock(busiestFrom)} – ${clock((busiestFrom + 3) % 24)}`;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
