import type { GrantedAllowance, GrantedAllowances } from '../src/dashboard/protocol/allowances.ts';
import type { AllowanceView, BudgetView, LimitView } from '../src/dashboard/protocol/money.ts';
import type { OverviewView } from '../src/dashboard/protocol/overview.ts';
import { card } from './card.ts';
import { el } from './dom.ts';
import { grantedWords } from './granted-allowances.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { budgetName, budgetWords, type LimitWords, limitName, limitWords } from './limit-words.ts';
import { meter } from './meter.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

/** Older than this, a reading is called old. */
const oldMs = 3_600_000;

/** The card with plan limits as the tools reported them, and with the person's own budgets. */
export function limitsCard(context: ViewContext) {
  const { formats } = context;
  const part = card({
    id: 'limits',
    title: t('Limits and budget'),
    formula: t(
      'Limits are shown as a tool reported them last, with the age of that report; none is guessed from logs. The mark is the share of the window that has passed: what is filled beyond it is ahead of pace. Budgets are yours, from the settings, and count in your time zone whatever period is chosen above.',
    ),
    context,
  });

  let shown: OverviewView | undefined;
  let granted: GrantedAllowances | undefined;

  function show(view: OverviewView): void {
    shown = view;
    draw(view);
    void learn();
  }

  /** The server's part comes by itself: nothing here waits for it. */
  async function learn(): Promise<void> {
    const before = JSON.stringify(granted);
    try {
      granted = context.sharing() ? await context.askTeam({ ask: 'allowances' }) : undefined;
    } catch {
      // What was known stays.
    }
    if (shown !== undefined && JSON.stringify(granted) !== before) draw(shown);
  }

  function draw({ limits, budgets, allowance }: OverviewView): void {
    const now = Date.now();
    const latest = Math.max(...limits.map(({ reportedAt }) => reportedAt));
    if (limits.length > 0 && now - latest < oldMs) part.note(t('reported {0}', formats.age(now - latest)));
    else part.note();
    const items = [
      ...limits.map((limit) => limitItem(limit, now)),
      ...(allowance === undefined ? [] : [allowanceItem(allowance)]),
      ...(granted?.allowances ?? []).map((one) => grantedItem(one, granted?.organisation ?? '')),
      ...budgets.map((budget) => budgetItem(budget, now)),
    ];
    const setBudget = button({
      text: t('Set a budget'),
      onClick: () => context.act({ act: 'command', id: 'addBudget' }),
    });
    setBudget.dataset.key = 'set-budget';
    if (items.length === 0) {
      part.fill(
        el('p', { class: 'tb-muted' }, t('No tool has reported a limit of a plan, and no budget is set.')),
        el('div', { class: 'tb-limits-foot' }, setBudget),
      );
      return;
    }
    part.fill(
      el('ul', { class: 'tb-limits' }, ...items),
      ...(budgets.length > 0 || allowance !== undefined ? [] : [el('div', { class: 'tb-limits-foot' }, setBudget)]),
    );
  }

  function limitItem(limit: LimitView, now: number): HTMLElement {
    const name = limitName(limit.label);
    const used = formats.percent(limit.usedPercent / 100, 0);
    const age = now - limit.reportedAt;
    return item({
      title: limit.title,
      name,
      value: limit.current ? used : '–',
      reason: limit.current ? undefined : t('Its window has ended, and no newer one was reported.'),
      share: limit.current ? limit.usedPercent / 100 : 0,
      mark: limit.current ? limit.elapsed : undefined,
      level: limit.level,
      label: limit.current
        ? t('{0} {1}: {2} used', limit.title, name, used)
        : t('{0} {1}: not known', limit.title, name),
      words: limitWords(limit, formats, now),
      old: age > oldMs ? t('reported {0}', formats.age(age)) : undefined,
    });
  }

  function budgetItem(budget: BudgetView, now: number): HTMLElement {
    const share = budget.used / budget.amount;
    const used = formats.percent(share, 0);
    const name = [budgetName(budget, formats, now), budget.title].filter(Boolean).join(' · ');
    return item({
      title: t('Budget'),
      name,
      value: used,
      share,
      mark: budget.elapsed,
      level: levelOf(share, budget.elapsed),
      label: t('{0} {1}: {2} used', t('Budget'), name, used),
      words: budgetWords(budget, budget.elapsed, formats),
    });
  }

  function allowanceItem(allowance: AllowanceView): HTMLElement {
    const share = allowance.used / allowance.amount;
    const used = formats.percent(share, 0);
    const name = t('until {0}', formats.day(allowance.until, 'long'));
    return item({
      title: t('Allowance'),
      name,
      value: used,
      share,
      mark: allowance.elapsed,
      level: levelOf(share, allowance.elapsed),
      label: t('{0} {1}: {2} used', t('Allowance'), name, used),
      words: budgetWords(allowance, allowance.elapsed, formats),
    });
  }

  function grantedItem(one: GrantedAllowance, organisation: string): HTMLElement {
    const { title, name, words } = grantedWords(one, organisation, formats);
    const share = one.used / one.amount;
    const used = formats.percent(share, 0);
    return item({
      ...{ title, name, words, share },
      value: used,
      mark: one.elapsed,
      level: one.team === undefined ? levelOf(share, one.elapsed) : 'quiet',
      label: t('{0} {1}: {2} used', title, name, used),
    });
  }

  return { ...part, show };
}

interface Item {
  readonly title: string;
  readonly name: string;
  readonly value: string;
  /** Why there is no value. */
  readonly reason?: string | undefined;
  readonly share: number;
  readonly mark: number | undefined;
  readonly level: 'quiet' | 'near' | 'over';
  readonly label: string;
  readonly words: LimitWords;
  /** How old it is, where that is worth a warning. */
  readonly old?: string | undefined;
}

function item({ title, name, value, reason, share, mark, level, label, words, old }: Item): HTMLElement {
  return el(
    'li',
    { class: 'tb-limit' },
    el(
      'div',
      { class: 'tb-limit-head' },
      el('span', { class: 'tb-cut' }, title, ' ', el('span', { class: 'tb-muted' }, name)),
      el(
        'span',
        {
          class: 'tb-strong',
          title: reason,
          tabindex: reason === undefined ? undefined : 0,
          'aria-label': reason,
          role: reason === undefined ? undefined : 'note',
        },
        value,
      ),
    ),
    meter({ label, share, mark, level }),
    el(
      'div',
      { class: 'tb-limit-words' },
      words.join(' · '),
      ...(old === undefined
        ? []
        : [words.length > 0 ? ' · ' : '', el('span', { class: 'tb-old' }, icon('warning'), old)]),
    ),
  );
}

function levelOf(share: number, elapsed: number): 'quiet' | 'near' | 'over' {
  return share >= 1 ? 'over' : share >= 0.8 || (share > elapsed + 0.05 && share > 0.5) ? 'near' : 'quiet';
}
