import { maxTopN, minGroup } from '../src/team/protocol/limits.ts';
import type { Policy, PolicyDraft } from '../src/team/protocol/policy.ts';
import { defaultMetric, metricIds } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { type Keeper, keptDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import { type PolicyChoices, policyDecisions } from './owner-decisions.ts';
import { field, lineInput, textInput } from './owner-fields.ts';
import { sentenceOf } from './team-words.ts';

export interface PolicyFormOptions {
  readonly context: Keeper;
  /** Under which name the page keeps what is filled in. */
  readonly name: string;
  /** The one of now; null where none has been stated. */
  readonly policy: Policy | null;
  readonly submit: string;
  readonly cancel: () => void;
  /** Rejects with a sentence. */
  readonly act: (draft: PolicyDraft) => Promise<void>;
}

const fresh: PolicyChoices = {
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
export function policyForm({ context, name, policy, submit, cancel, act }: PolicyFormOptions): HTMLElement {
  const kept = keptPolicy(context, name, policy);
  const before = kept.recall();
  let draft: PolicyChoices = { ...(policy === null ? fresh : draftOf(policy)), ...before?.choices };
  let quietTouched = before?.quietTouched ?? policy !== null;
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

  function change(part: Partial<PolicyChoices>, redraw = true): void {
    draft = { ...draft, ...part };
    kept.keep({ choices: draft, quietTouched });
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
      kept.forget();
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

  function giveUp(): void {
    kept.forget();
    cancel();
  }

  function draw(): void {
    const touchQuiet = () => {
      quietTouched = true;
    };
    replaceKeepingFocus(rest, ...policyDecisions({ policy, draft, change, touchQuiet }));
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
      el('button', { type: 'button', class: 'tb-push', onclick: giveUp }, t('Cancel')),
      sentence,
    ),
  );
}

/** What is filled in of a policy that follows this one. */
export function keptPolicy(context: Keeper, name: string, policy: Policy | null) {
  interface Filled {
    readonly choices: Partial<PolicyChoices>;
    readonly quietTouched: boolean;
  }
  return keptDraft<Filled>(context, name, `after ${policy?.version ?? 0}`);
}

function draftOf(policy: Policy): PolicyChoices {
  const { purpose, organisation, contact, worksAgreement, usedForPay, cadence, k, topN, quiet } = policy;
  const { metrics, defaultMetric: shownFirst, budget } = policy;
  return {
    ...{ purpose, organisation, contact, worksAgreement, usedForPay, cadence, k, topN, quiet },
    ...{ metrics, defaultMetric: shownFirst, budget },
  };
}
