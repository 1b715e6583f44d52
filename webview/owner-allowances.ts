import type { Allowance, AllowancePeriod, AllowanceUnit } from '../src/team/protocol/allowance.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { field, lineInput, selectInput } from './owner-fields.ts';
import type { OwnerPart } from './owner-view.ts';
import { table } from './table.ts';
import { panel } from './team-explain.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';

const microInUsd = 1e6;
const nanoInMicro = 1000;
const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

/** Allowances: what is granted to whom, how much a team has used where that can be told, and a new one. */
export function allowancesPanel({ context, view, take }: OwnerPart): HTMLElement {
  const { formats } = context;
  let whose = view.teams[0] === undefined ? '' : `team ${view.teams[0].id}`;
  let amount = '';
  let unit: AllowanceUnit = 'tokens';
  let per: AllowancePeriod = 'month';
  const told = el('p', { class: 'tb-join-sentence', role: 'status' });
  const memberName = (id: number) =>
    view.members.find((one) => one.id === id)?.name ?? t('Member {0}', String(id).slice(-6));
  const teamName = (id: number) => view.teams.find((one) => one.id === id)?.name ?? '–';
  if (whose === '' && view.members[0] !== undefined) whose = `member ${view.members[0].id}`;

  async function grant(): Promise<void> {
    const whole = amountOf(amount, unit);
    if (whole === undefined) {
      told.textContent = t('Type an amount above 0, such as 40, 2.5M or 1B.');
      return;
    }
    const id = Number(whose.split(' ')[1]);
    const isTeam = whose.startsWith('team');
    const draft = { member: isTeam ? null : id, team: isTeam ? id : null, unit, per, amount: whole };
    await act(() => context.askTeam({ ask: 'grantAllowance', draft }));
  }

  async function act(ask: () => Promise<typeof view>): Promise<void> {
    try {
      take(await ask());
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  const amountText = ({ unit: its, amount: granted }: Allowance) =>
    its === 'tokens' ? t('{0} tokens', formats.compact(granted, 2)) : formats.money(granted * nanoInMicro);
  const nameOf = ({ member, team }: Allowance) => (member === null ? teamName(team ?? 0) : memberName(member));
  const take_ = (one: Allowance) =>
    el(
      'button',
      {
        type: 'button',
        class: 'tb-link-button',
        'aria-label': t('Take back the allowance of {0}', nameOf(one)),
        'data-key': `allowance ${one.id}`,
        onclick: () => void act(() => context.askTeam({ ask: 'removeAllowance', allowance: one.id })),
      },
      t('Take back'),
    );
  const create = button({ text: t('Grant'), onClick: () => void grant() });
  create.dataset.key = 'grant allowance';
  return panel(
    { title: t('Allowances'), name: 'owner-allowances' },
    el(
      'p',
      { class: 'tb-small tb-muted' },
      t(
        'Each member sees what is left of their own. You see how much a team has used of what it shares, once the rules let it be told; never what a member has used.',
      ),
    ),
    el(
      'div',
      { class: 'tb-field-row' },
      field(
        { name: 'allowance for', label: t('For') },
        selectInput({
          choices: [
            ...view.teams.map(({ id, name }) => ({ value: `team ${id}`, text: t('Team {0}', name) })),
            ...view.members.map(({ id }) => ({ value: `member ${id}`, text: memberName(id) })),
          ],
          value: whose,
          onChange: (next) => (whose = next),
        }),
      ),
      field(
        { name: 'allowance amount', label: t('Amount') },
        lineInput('', 16, (text) => (amount = text)),
      ),
      field(
        { name: 'allowance unit', label: t('in') },
        selectInput<AllowanceUnit>({
          choices: [
            { value: 'tokens', text: t('tokens') },
            { value: 'microUsd', text: t('USD, list price') },
          ],
          value: unit,
          onChange: (next) => (unit = next),
        }),
      ),
      field(
        { name: 'allowance span', label: t('each') },
        selectInput<AllowancePeriod>({
          choices: [
            { value: 'month', text: t('month') },
            { value: 'year', text: t('year') },
          ],
          value: per,
          onChange: (next) => (per = next),
        }),
      ),
      create,
    ),
    told,
    view.allowances.length === 0
      ? el('p', { class: 'tb-muted' }, t('Nothing is granted.'))
      : table({
          label: t('All allowances'),
          columns: [
            { title: t('For') },
            { title: t('Amount'), number: true },
            { title: t('Each') },
            { title: t('Used by the team'), number: true },
            { title: t('Actions') },
          ],
          rows: view.allowances.map((one) => [
            nameOf(one),
            amountText(one),
            one.per === 'month' ? t('month') : t('year'),
            one.teamPercent === null ? '–' : formats.percent(one.teamPercent / 100, 0),
            take_(one),
          ]),
        }),
  );
}

/** `2.5M` as whole tokens or micro-USD; undefined where it is no amount. */
export function amountOf(text: string, unit: AllowanceUnit): number | undefined {
  const [, digits, scale = ''] = /^([0-9]+(?:\.[0-9]+)?)\s*([kmbt]?)$/i.exec(text.replaceAll(/[\s,_$]/g, '')) ?? [];
  if (digits === undefined) return undefined;
  const whole = Math.round(Number(digits) * (scales[scale.toLowerCase()] ?? 1) * (unit === 'tokens' ? 1 : microInUsd));
  return Number.isSafeInteger(whole) && whole > 0 ? whole : undefined;
}
