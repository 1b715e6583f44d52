import { maxGroup, maxTopN, minGroup } from '../src/team/protocol/limits.ts';
import type { Policy, PolicyDraft } from '../src/team/protocol/policy.ts';
import { type Cadence, cadences, defaultMetric, metricIds } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { type Option, options } from './join-options.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { budgetField } from './owner-budget.ts';
import { field, lineInput, numberInput, selectInput, textInput } from './owner-fields.ts';
import { metricTitle } from './team-values.ts';
import { cadenceWords, sentenceOf } from './team-words.ts';

export interface PolicyFormOptions {
  /** The one of now; null where none has been stated. */
  readonly policy: Policy | null;
  readonly submit: string;
  readonly cancel: () => void;
  /** Rejects with a sentence. */
  readonly act: (draft: PolicyDraft) => Promise<void>;
}

/** Whether pay or performance is judged by it: undefined until answered, null where it is not to be said. */
interface Draft extends Omit<PolicyDraft, 'usedForPay'> {
  readonly usedForPay: boolean | null | undefined;
}

const fresh: Draft = {
  purpose: '',
  organisation: '',
  contact: null,
  worksAgreement: null,
  usedForPay: undefined,
  cadence: 'daily',
  k: minGroup,
  topN: maxTopN,
  quiet: true,
  metrics: [...metricIds],
  defaultMetric,
  budget: null,
};

/** What the owner decides. Nothing is preselected about pay, and a board without a works agreement begins quiet. */
export function policyForm({ policy, submit, cancel, act }: PolicyFormOptions): HTMLElement {
  let draft: Draft = policy === null ? fresh : draftOf(policy);
  let quietTouched = policy !== null;
  let failed: string | undefined;
  let sending = false;
  const rest = el('div', { class: 'tb-form-columns' });
  const sentence = el('p', { class: 'tb-join-sentence', id: 'policy-sentence', role: 'status' });
  const send = el(
    'button',
    {
      type: 'button',
      class: 'tb-push tb-push-primary',
      'aria-describedby': 'policy-sentence',
      onclick: () => void run(),
    },
    submit,
  );

  function change(part: Partial<Draft>, redraw = true): void {
    draft = { ...draft, ...part };
    failed = undefined;
    if (redraw) draw();
    drawFoot();
  }

  function missing(): string | undefined {
    if (draft.organisation.trim() === '') return t('Name the organisation.');
    if (draft.purpose.trim() === '') return t('Say what the board is for.');
    if (draft.usedForPay === undefined) return t('Say whether it is used for pay or performance.');
    return draft.metrics.length === 0 ? t('Choose at least one metric.') : undefined;
  }

  function drawFoot(): void {
    const wait = missing();
    send.setAttribute('aria-disabled', String(wait !== undefined || sending));
    sentence.classList.toggle('tb-join-failed', failed !== undefined);
    sentence.textContent = failed ?? wait ?? effect();
  }

  function effect(): string {
    if (policy !== null)
      return t('Everyone is asked again, and shares nothing until they have agreed to policy {0}.', policy.version + 1);
    return t('Invites can be made once it is stated.');
  }

  async function run(): Promise<void> {
    const { usedForPay } = draft;
    if (sending || missing() !== undefined || usedForPay === undefined) return;
    sending = true;
    drawFoot();
    try {
      await act({ ...draft, usedForPay, organisation: draft.organisation.trim(), purpose: draft.purpose.trim() });
    } catch (error) {
      failed = sentenceOf(error);
    }
    sending = false;
    drawFoot();
  }

  const words = el(
    'div',
    { class: 'tb-form-column' },
    field(
      { name: 'organisation', label: t('Organisation') },
      lineInput(draft.organisation, 80, (organisation) => change({ organisation }, false)),
    ),
    field(
      {
        name: 'purpose',
        label: t('What the board is for'),
        hint: t('In your words; everyone reads them before joining.'),
      },
      textInput(draft.purpose, 1000, (purpose) => change({ purpose }, false)),
    ),
    field(
      { name: 'contact', label: t('Whom to ask (optional)'), hint: t('An address or a name.') },
      lineInput(draft.contact ?? '', 200, (text) => change({ contact: text.trim() || null }, false)),
    ),
    field(
      {
        name: 'agreement',
        label: t('Works agreement or other ground (optional)'),
        hint: t('Without one the board begins in quiet mode.'),
      },
      lineInput(draft.worksAgreement ?? '', 500, (text) => {
        const worksAgreement = text.trim() || null;
        change(quietTouched ? { worksAgreement } : { worksAgreement, quiet: worksAgreement === null }, true);
      }),
    ),
  );

  function draw(): void {
    replaceKeepingFocus(rest, ...decisions());
  }

  function decisions(): readonly HTMLElement[] {
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
                  quietTouched = true;
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

  draw();
  drawFoot();
  return el(
    'div',
    { class: 'tb-form' },
    words,
    rest,
    el(
      'div',
      { class: 'tb-join-foot' },
      send,
      el('button', { type: 'button', class: 'tb-push', onclick: cancel }, t('Cancel')),
      sentence,
    ),
  );
}

function group(title: string, content: HTMLElement): HTMLElement {
  return el('div', { class: 'tb-field' }, el('p', { class: 'tb-field-label' }, title), content);
}

function cadenceTitle(cadence: Cadence): string {
  return { daily: t('Daily'), hourly: t('Hourly'), live: t('Live') }[cadence];
}

function draftOf(policy: Policy): Draft {
  const { purpose, organisation, contact, worksAgreement, usedForPay, cadence, k, topN, quiet } = policy;
  const { metrics, defaultMetric: shownFirst, budget } = policy;
  return {
    ...{ purpose, organisation, contact, worksAgreement, usedForPay, cadence, k, topN, quiet },
    ...{ metrics, defaultMetric: shownFirst, budget },
  };
}
