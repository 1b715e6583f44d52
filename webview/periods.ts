import type { Period } from '../src/dashboard/protocol/scope.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { menu } from './menu.ts';
import { rangeForm } from './range-form.ts';
import { segments } from './segments.ts';

type Kind = Exclude<Period['kind'], 'range'>;

const first: readonly Kind[] = ['today', '7d', '30d', 'all'];
const more: readonly Kind[] = ['90d', 'month', 'year'];

/** The choice of a period: four beside each other, the others in a menu, as is a range of one's own. */
export function periods(formats: Formats, onChange: (period: Period) => void) {
  const names: Readonly<Record<Kind, string>> = {
    today: t('Today'),
    '7d': t('7 days'),
    '30d': t('30 days'),
    all: t('All'),
    '90d': t('90 days'),
    month: t('This month'),
    year: t('This year'),
  };
  const short: Readonly<Partial<Record<Kind, string>>> = { '7d': t('7 d'), '30d': t('30 d') };
  let period: Period = { kind: '30d' };

  const row = segments<Kind>({
    label: t('Period'),
    choices: first.map((value) => ({ value, text: names[value], short: short[value] })),
    value: '30d',
    onChange: (kind) => choose({ kind }),
  });
  const wide = el('span', { class: 'tb-wide' });
  const narrow = el('span', { class: 'tb-narrow' });
  const button = el('button', { type: 'button', class: 'tb-segment tb-more' }, wide, narrow, icon('chevron-down'));
  const others = menu({
    button,
    label: t('More periods'),
    items: () =>
      [...first, ...more].map((kind) => ({
        text: names[kind],
        checked: period.kind === kind,
        choose: () => choose({ kind }),
        className: first.includes(kind) ? 'tb-narrow' : '',
      })),
    foot: (close) =>
      rangeForm(period, formats.zone, (range) => {
        close();
        choose(range);
      }),
  });
  const element = el('div', { class: 'tb-periods' }, row.element, others);

  function choose(next: Period): void {
    show(next);
    onChange(next);
  }

  function show(next: Period): void {
    period = next;
    const name = periodName(next);
    const isFirst = next.kind !== 'range' && first.includes(next.kind);
    row.show(isFirst ? next.kind : undefined);
    wide.textContent = isFirst ? t('More') : name;
    narrow.textContent = name;
    button.classList.toggle('tb-chosen', !isFirst);
    button.setAttribute('aria-label', isFirst ? t('Period: {0}. More periods', name) : t('Period: {0}', name));
  }

  function periodName(of: Period): string {
    return of.kind === 'range' ? `${formats.day(of.since, 'long')} – ${formats.day(of.until, 'long')}` : names[of.kind];
  }

  show(period);
  return { element, show };
}
