import type { Period } from '../src/dashboard/protocol/scope.ts';
import { isDay } from '../src/usage/days.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { button } from './ui.ts';

type Range = Extract<Period, { readonly kind: 'range' }>;

/** Two days to choose, and a button that takes them once they make a range. */
export function rangeForm(period: Period, zone: string, take: (range: Range) => void): HTMLElement {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.now());
  const given = period.kind === 'range' ? period : undefined;
  const since = dayInput(given?.since ?? '', today);
  const until = dayInput(given?.until ?? today, today);
  const words = el('span', { class: 'tb-small tb-muted', role: 'status' });
  return el(
    'div',
    { class: 'tb-range' },
    el('label', { class: 'tb-date' }, t('From'), since),
    el('label', { class: 'tb-date' }, t('To'), until),
    button({ text: t('Show these days'), onClick: apply }),
    words,
  );

  function apply(): void {
    const range: Range = { kind: 'range', since: since.value, until: until.value };
    if (isDay(range.since) && isDay(range.until) && range.since <= range.until) take(range);
    else words.textContent = t('Choose a first and a last day.');
  }
}

function dayInput(value: string, max: string): HTMLInputElement {
  const input = el('input', { type: 'date', max });
  input.value = value;
  return input;
}
