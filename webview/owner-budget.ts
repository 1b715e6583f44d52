import type { Budget } from '../src/team/protocol/policy.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { field, lineInput, selectInput } from './owner-fields.ts';

type Unit = Budget['unit'];
type Per = Budget['per'];

const microInUsd = 1e6;

/** A sum that the organisation sets itself for a month or a year; none where the field is empty. */
export function budgetField(budget: Budget | null, onChange: (budget: Budget | null) => void): HTMLElement {
  let unit: Unit = budget?.unit ?? 'microUsd';
  let per: Per = budget?.per ?? 'month';
  let amount = budget === null ? 0 : budget.unit === 'microUsd' ? budget.amount / microInUsd : budget.amount;

  function tell(): void {
    const whole = Math.round(unit === 'microUsd' ? amount * microInUsd : amount);
    onChange(Number.isSafeInteger(whole) && whole > 0 ? { unit, per, amount: whole } : null);
  }

  const sum = lineInput(amount === 0 ? '' : String(amount), 16, (text) => {
    amount = Number(text.replaceAll(/[\s,_]/g, '')) || 0;
    tell();
  });
  sum.inputMode = 'decimal';
  return el(
    'div',
    { class: 'tb-field-row' },
    field({ name: 'budget', label: t('Budget (optional)') }, sum),
    field(
      { name: 'budget unit', label: t('in') },
      selectInput<Unit>({
        choices: [
          { value: 'microUsd', text: t('USD, list price') },
          { value: 'tokens', text: t('tokens') },
        ],
        value: unit,
        onChange(next) {
          unit = next;
          tell();
        },
      }),
    ),
    field(
      { name: 'budget span', label: t('each') },
      selectInput<Per>({
        choices: [
          { value: 'month', text: t('month') },
          { value: 'year', text: t('year') },
        ],
        value: per,
        onChange(next) {
          per = next;
          tell();
        },
      }),
    ),
  );
}
