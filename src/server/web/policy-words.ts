import type { Policy } from '../../team/protocol/policy.ts';
import { type Html, html } from './html.ts';
import { cadenceWords, dayWords } from './words.ts';

/** The policy in plain words: one line a question that people have. */
export function policyWords(policy: Policy, publicUrl: string): Html {
  const { organisation, contact, purpose, retentionDays } = policy;
  const rows: readonly (readonly [name: string, ...lines: readonly (Html | string)[]])[] = [
    [
      'Who runs it',
      `${organisation}, on its own server ${new URL(publicUrl).host}.`,
      ...(contact === null ? [] : [contactOf(contact)]),
    ],
    ['Purpose', purpose],
    ['Who sees what', ...policy.seenBy],
    ['How often', cadenceWords[policy.cadence]],
    [
      'How long',
      `Daily detail ${retentionDays.cells} days, day totals ${retentionDays.days} days, who looked ${retentionDays.audit} days; of a year’s allowance the sum of that year. Erased within 24 hours after you leave.`,
    ],
    ['Pay or performance', payWords(policy)],
    ['What is sent', html`<ul class="sent">${policy.fields.map((field) => html`<li>${field}</li>`)}</ul>`],
    ['Never sent', 'Prompts, code, file and folder names, projects, branches, hours, sessions, your machine’s name.'],
  ];
  return html`<dl class="policy">${rows.map(([name, ...lines]) => html`<div><dt>${name}</dt>${lines.map((text) => html`<dd>${text}</dd>`)}</div>`)}</dl>`;
}

/** `policy 3, from 2 Nov 2026` */
export function policyNote({ version, since }: Policy): string {
  return `policy ${version}, from ${dayWords(since.slice(0, 10))}`;
}

/** The whole text, as a consent repeats its hash. */
export function policyText({ text, sha256 }: Policy): Html {
  return html`${text.split('\n\n').map((paragraph) => html`<p>${paragraph}</p>`)}<p class="muted small hash">SHA-256 ${sha256}</p>`;
}

function payWords({ usedForPay, worksAgreement }: Policy): Html {
  const [short, long] =
    usedForPay === false ? ['No.', ''] : [usedForPay ? 'Yes.' : 'Not stated.', 'So nobody is listed by name. '];
  const ground = worksAgreement === null ? 'No works agreement is named.' : `Held under: ${worksAgreement}`;
  return html`<strong>${short}</strong> ${long}${ground}`;
}

/** An address is a link to it, and any other words are words. */
function contactOf(contact: string): Html | string {
  if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(contact)) return html`<a href="mailto:${contact}">${contact}</a>`;
  return /^https:\/\/\S+$/.test(contact) ? html`<a href="${contact}" rel="noreferrer">${contact}</a>` : contact;
}
