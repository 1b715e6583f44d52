import { maxInviteDays, maxInviteUses } from '../src/team/protocol/limits.ts';
import type { Invite } from '../src/team/protocol/team.ts';
import type { Role } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { field, numberInput, selectInput } from './owner-fields.ts';
import type { OwnerPart } from './owner-view.ts';
import { table } from './table.ts';
import { panel } from './team-explain.ts';
import { roleTitle, sentenceOf } from './team-words.ts';
import { button } from './ui.ts';

/** The link of the invite that was made last: it is told once, and kept only until the page closes. */
let madeUrl: string | undefined;

/** Invites: a new one, and those that still hold. */
export function invitesPanel({ context, view, status, take }: OwnerPart): HTMLElement {
  const { formats } = context;
  let uses = 1;
  let days = 7;
  let team = 'none';
  let role: Role = 'member';
  const told = el('p', { class: 'tb-join-sentence', role: 'status' });
  const place = el('div', { class: 'tb-new-link' });
  const teamName = (id: number | null) => view.teams.find((one) => one.id === id)?.name ?? '–';

  async function create(): Promise<void> {
    try {
      const { url } = await context.askTeam({
        ask: 'createInvite',
        uses,
        days,
        team: team === 'none' ? null : Number(team),
        role,
      });
      madeUrl = url;
      drawLink();
      take(await context.askTeam({ ask: 'owner' }));
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  async function revoke(invite: number): Promise<void> {
    try {
      take(await context.askTeam({ ask: 'revokeInvite', invite }));
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  function drawLink(): void {
    place.replaceChildren(
      ...(madeUrl === undefined
        ? []
        : [linkLine(madeUrl, t('The link is shown this once.'), (text) => context.act({ act: 'copy', text }))]),
    );
  }

  drawLink();
  const roles: readonly Role[] = status.role === 'owner' ? ['member', 'admin', 'owner'] : ['member'];
  const create_ = button({ text: t('Create an invite'), look: 'primary', onClick: () => void create() });
  create_.dataset.key = 'create invite';
  return panel(
    { title: t('Invites'), name: 'invites' },
    el(
      'div',
      { class: 'tb-field-row' },
      field(
        { name: 'uses', label: t('Uses') },
        numberInput(uses, { min: 1, max: maxInviteUses }, (next) => (uses = next)),
      ),
      field(
        { name: 'days', label: t('Days') },
        numberInput(days, { min: 1, max: maxInviteDays }, (next) => (days = next)),
      ),
      field(
        { name: 'team', label: t('Team') },
        selectInput({
          choices: [
            { value: 'none', text: t('No team') },
            ...view.teams.map(({ id, name }) => ({ value: String(id), text: name })),
          ],
          value: team,
          onChange: (next) => (team = next),
        }),
      ),
      field(
        { name: 'role', label: t('Role') },
        selectInput({
          choices: roles.map((value) => ({ value, text: roleTitle(value) })),
          value: role,
          onChange: (next) => (role = next),
        }),
      ),
      create_,
    ),
    told,
    place,
    view.invites.length === 0
      ? el('p', { class: 'tb-muted' }, t('No invite holds just now.'))
      : table({
          label: t('Invites that hold'),
          columns: [
            { title: t('Until') },
            { title: t('Role') },
            { title: t('Team') },
            { title: t('Used'), number: true },
            { title: t('Actions') },
          ],
          rows: view.invites.map((invite) => [
            formats.moment(Date.parse(invite.expiresAt)),
            roleTitle(invite.role),
            teamName(invite.team),
            t('{0} of {1}', formats.exact(invite.used), formats.exact(invite.uses)),
            revokeButton(invite),
          ]),
        }),
  );

  function revokeButton({ id, expiresAt }: Invite): HTMLElement {
    return el(
      'button',
      {
        type: 'button',
        class: 'tb-link-button',
        'data-key': `revoke ${id}`,
        'aria-label': t('Revoke the invite until {0}', formats.moment(Date.parse(expiresAt))),
        onclick: () => void revoke(id),
      },
      t('Revoke'),
    );
  }
}

/** A link that can be copied, and a word on it. */
export function linkLine(url: string, words: string, copy: (text: string) => void): HTMLElement {
  const input = el('input', { type: 'text', class: 'tb-input', readonly: true, 'aria-label': t('Link') });
  input.value = url;
  const done = button({ text: t('Copy the link'), look: 'primary', icon: 'copy', onClick: () => copy(url) });
  done.dataset.key = 'copy link';
  return el(
    'div',
    { class: 'tb-link-line' },
    el('div', { class: 'tb-paste-row' }, input, done),
    el('p', { class: 'tb-small tb-muted' }, words),
  );
}
