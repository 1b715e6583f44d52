import type { Policy } from '../src/team/protocol/policy.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { cadenceWords } from './team-words.ts';
import { link } from './ui.ts';

/** The policy in plain words: one line a question that people have. */
export function policyWords(policy: Policy, origin: string | undefined, formats: Formats): readonly HTMLElement[] {
  const { contact, purpose, retentionDays } = policy;
  const rows: readonly (readonly [name: string, ...lines: readonly (Node | string)[]])[] = [
    [
      t('Who runs it'),
      origin === undefined
        ? t('{0}, on its own server.', policy.organisation)
        : t('{0}, on its own server {1}.', policy.organisation, hostOf(origin)),
      ...(contact === null ? [] : [contactOf(contact)]),
    ],
    [t('Purpose'), purpose],
    [t('Who sees what'), ...seenWords(policy, formats)],
    [t('How often'), cadenceWords(policy.cadence)],
    [
      t('How long'),
      t(
        'Daily detail {0} days, day totals {1} days, who looked {2} days. Erased within 24 hours after you leave.',
        retentionDays.cells,
        retentionDays.days,
        retentionDays.audit,
      ),
    ],
    [t('Pay or performance'), payWords(policy)],
    [
      t('Never sent'),
      t('Prompts, code, file and folder names, projects, branches, hours, sessions, your machine’s name.'),
    ],
  ];
  const text = el('div', { class: 'tb-policy-text', hidden: true }, policy.text);
  const more = el(
    'button',
    { type: 'button', class: 'tb-link-button tb-small', 'aria-expanded': 'false', 'data-key': 'full policy' },
    t('Read the full policy'),
  );
  more.addEventListener('click', () => {
    text.hidden = !text.hidden;
    more.setAttribute('aria-expanded', String(!text.hidden));
    more.textContent = text.hidden ? t('Read the full policy') : t('Hide the full policy');
  });
  return [
    el(
      'dl',
      { class: 'tb-policy' },
      ...rows.map(([name, ...lines]) => el('div', {}, el('dt', {}, name), ...lines.map((line) => el('dd', {}, line)))),
    ),
    el('div', { class: 'tb-policy-more' }, more, text),
  ];
}

/** `policy 3, from 2 Nov 2026` */
export function policyNote({ version, since }: Policy, formats: Formats): string {
  return t('policy {0}, from {1}', version, formats.day(since.slice(0, 10), 'long'));
}

export function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}

function seenWords({ quiet, namedBoards, topN, k }: Policy, formats: Formats): readonly string[] {
  const rows = quiet
    ? t('Nobody sees another person: members see sums, the distribution and their own place.')
    : namedBoards
      ? t('Members see the first {0} of each board, each as they chose to appear.', formats.exact(topN))
      : t('Members see the first {0} of each board, by pseudonym.', formats.exact(topN));
  return [
    `${rows} ${t('Admins see no more than members.')}`,
    t('Sums cover at least {0} people; others are withheld. You see how often you were looked at.', k),
  ];
}

function payWords({ usedForPay, worksAgreement }: Policy): HTMLElement {
  const [short, long] =
    usedForPay === false
      ? [t('No.'), '']
      : usedForPay
        ? [t('Yes.'), t('So nobody is listed by name.')]
        : [t('Not stated.'), t('So nobody is listed by name.')];
  const ground = worksAgreement === null ? t('No works agreement is named.') : t('Held under: {0}', worksAgreement);
  return el('span', {}, el('strong', { class: 'tb-strong' }, short), ` ${[long, ground].filter(Boolean).join(' ')}`);
}

/** An address is a link to it, and any other words are words. */
function contactOf(contact: string): Node | string {
  if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(contact)) return link(contact, `mailto:${contact}`);
  return /^https:\/\/\S+$/.test(contact) ? link(contact, contact) : contact;
}
