import { maxGroup, maxTopN, minGroup } from '../src/team/protocol/limits.ts';
import type { Policy, PolicyDraft } from '../src/team/protocol/policy.ts';
import { type Cadence, cadences, metricIds } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { type Option, options } from './join-options.ts';
import { t } from './l10n.ts';
import { budgetField } from './owner-budget.ts';
import { field, numberInput, selectInput } from './owner-fields.ts';
import { metricTitle } from './team-values.ts';
import { cadenceWords } from './team-words.ts';

/** A policy as far as it is decided: whether it is used for pay is undefined until answered, null where it is not to be said. */
export interface PolicyChoices extends Omit<PolicyDraft, 'usedForPay'> {
  readonly usedForPay: boolean | null | undefined;
}

export interface DecisionsOptions {
  /** The one of now; null where none has been stated. */
  readonly policy: Policy | null;
  readonly draft: PolicyChoices;
  readonly change: (part: Partial<PolicyChoices>, redraw?: boolean) => void;
  /** Quiet mode was chosen, and does not follow the works agreement any more. */
  readonly touchQuiet: () => void;
}

/** What is decided by choices: pay, names, how often, how few, which metrics. */
export function policyDecisions({ policy, draft, change, touchQuiet }: DecisionsOptions): readonly HTMLElement[] {
  const pay = (value: string, answer: boolean | null, title: string, hint: string): Option => ({
    value,
    title,
    hint,
    checked: draft.usedForPay === answer,
    onChange: () => change({ usedForPay: answer }),
  });
  return [
    el(
      'div',
      { class: 'tb-form-column' },
      group(
        t('Is it used for pay or performance?'),
        options({
          name: 'pay',
          kind: 'radio',
          label: t('Is it used for pay or performance?'),
          options: [
            pay('no', false, t('No'), t('People may stand on it by name, if they choose to.')),
            pay('yes', true, t('Yes'), t('Nobody is listed by name.')),
            pay('unsaid', null, t('I do not say'), t('Nobody is listed by name.')),
          ],
        }),
      ),
      group(
        t('Names'),
        options({
          name: 'quiet',
          kind: 'checkbox',
          label: t('Names'),
          options: [
            {
              value: 'quiet',
              title: t('Quiet mode'),
              hint: t('No names and no rows for anyone: sums, the distribution and one’s own place.'),
              checked: draft.quiet,
              onChange(quiet) {
                touchQuiet();
                change({ quiet });
              },
            },
          ],
        }),
      ),
    ),
    el(
      'div',
      { class: 'tb-form-column' },
      group(
        t('How often'),
        options({
          name: 'cadence',
          kind: 'radio',
          label: t('How often'),
          options: cadences.map((cadence) => ({
            value: cadence,
            title: cadenceTitle(cadence),
            hint: cadenceWords(cadence),
            checked: draft.cadence === cadence,
            onChange: () => change({ cadence }),
          })),
        }),
      ),
      el(
        'div',
        { class: 'tb-field-row' },
        field(
          { name: 'k', label: t('Least people in a sum') },
          numberInput(draft.k, { min: Math.max(minGroup, policy?.k ?? minGroup), max: maxGroup }, (k) =>
            change({ k }, false),
          ),
        ),
        field(
          { name: 'top', label: t('Rows of a board') },
          numberInput(draft.topN, { min: 1, max: maxTopN }, (topN) => change({ topN }, false)),
        ),
      ),
    ),
    el(
      'div',
      { class: 'tb-form-column' },
      group(
        t('Metrics'),
        options({
          name: 'metrics',
          kind: 'checkbox',
          label: t('Metrics'),
          options: metricIds.map((metric) => ({
            value: metric,
            title: metricTitle(metric),
            hint: '',
            checked: draft.metrics.includes(metric),
            onChange(checked) {
              const chosen = metricIds.filter((one) => (one === metric ? checked : draft.metrics.includes(one)));
              const kept = chosen.includes(draft.defaultMetric) ? draft.defaultMetric : chosen[0];
              change({ metrics: chosen, defaultMetric: kept ?? draft.defaultMetric });
            },
          })),
        }),
      ),
      field(
        { name: 'default metric', label: t('Shown first') },
        selectInput({
          choices: draft.metrics.map((value) => ({ value, text: metricTitle(value) })),
          value: draft.defaultMetric,
          onChange: (metric) => change({ defaultMetric: metric }, false),
        }),
      ),
      budgetField(draft.budget, (budget) => change({ budget }, false)),
    ),
  ];
}

function group(title: string, content: HTMLElement): HTMLElement {
  return el('div', { class: 'tb-field' }, el('p', { class: 'tb-field-label' }, title), content);
}

function cadenceTitle(cadence: Cadence): string {
  return { daily: t('Daily'), hourly: t('Hourly'), live: t('Live') }[cadence];
}
