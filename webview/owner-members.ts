import type { AdminMember } from '../src/team/protocol/admin.ts';
import { el } from './dom.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { field, lineInput } from './owner-fields.ts';
import type { OwnerPart } from './owner-view.ts';
import { table } from './table.ts';
import { confirmDialog } from './team-dialog.ts';
import { panel } from './team-explain.ts';
import { roleTitle } from './team-words.ts';

const shownAtFirst = 100;

/** Who is in it, without what anyone uses: hide with a reason, or remove. */
export function membersPanel({ context, view, take }: OwnerPart): HTMLElement {
  const { formats } = context;
  const place = el('div', {});
  const teamName = (id: number) => view.teams.find((one) => one.id === id)?.name ?? '';
  let sought = '';
  let all = false;

  function draw(): void {
    const found = view.members.filter((member) => nameOf(member).toLowerCase().includes(sought));
    const shown = all ? found : found.slice(0, shownAtFirst);
    replaceKeepingFocus(
      place,
      table({
        label: t('All members'),
        columns: [
          { title: t('Name') },
          { title: t('Role') },
          { title: t('Joined') },
          { title: t('Teams') },
          { title: t('Standing') },
          { title: t('Actions') },
        ],
        rows: shown.map((member) => [
          nameOf(member),
          roleTitle(member.role),
          formats.day(member.joinedDay, 'long'),
          member.teams.map(teamName).filter(Boolean).join(', ') || '–',
          standingOf(member),
          actions(member),
        ]),
      }),
      ...(shown.length < found.length
        ? [
            el(
              'button',
              {
                type: 'button',
                class: 'tb-link-button',
                'data-key': 'all members',
                onclick() {
                  all = true;
                  draw();
                },
              },
              t('Show all {0}', formats.exact(found.length)),
            ),
          ]
        : []),
    );
  }

  function standingOf({ consented, hidden, flag }: AdminMember): string {
    const words = [
      consented ? t('shares') : t('has not agreed'),
      hidden ? t('hidden') : '',
      flag === null ? '' : t('looked at: {0}', flag.reason),
    ];
    return words.filter(Boolean).join(', ');
  }

  function actions(member: AdminMember): HTMLElement {
    const name = nameOf(member);
    const act = (text: string, label: string, key: string, onclick: () => void) =>
      el(
        'button',
        { type: 'button', class: 'tb-link-button', 'aria-label': label, 'data-key': `${key} ${member.id}`, onclick },
        text,
      );
    return el(
      'span',
      { class: 'tb-row-actions' },
      member.hidden
        ? act(t('Show'), t('Show {0} on boards again', name), 'hide', () => hide(member, false))
        : act(t('Hide'), t('Hide {0} from boards', name), 'hide', () => hide(member, true)),
      act(t('Remove'), t('Remove {0}', name), 'remove', () => remove(member)),
    );
  }

  function hide(member: AdminMember, hidden: boolean): void {
    let reason = '';
    confirmDialog({
      title: hidden ? t('Hide {0} from all boards?', nameOf(member)) : t('Show {0} on boards again?', nameOf(member)),
      words: [t('The reason is written down, and told to the member.')],
      content: [
        field(
          { name: 'reason', label: t('Reason') },
          lineInput('', 500, (text) => {
            reason = text.trim();
          }),
        ),
      ],
      confirm: hidden ? t('Hide') : t('Show'),
      missing: () => (reason === '' ? t('Give a reason first.') : undefined),
      act: async () => take(await context.askTeam({ ask: 'hideMember', member: member.id, hidden, reason })),
    });
  }

  function remove(member: AdminMember): void {
    confirmDialog({
      title: t('Remove {0}?', nameOf(member)),
      words: [
        t(
          'The member is off every board at once, is signed out, and all that is kept about them is erased within 24 hours.',
        ),
      ],
      confirm: t('Remove'),
      act: async () => take(await context.askTeam({ ask: 'removeMember', member: member.id })),
    });
  }

  draw();
  const search = lineInput('', 40, (text) => {
    sought = text.trim().toLowerCase();
    draw();
  });
  return panel(
    { title: t('Members'), name: 'members', note: formats.exact(view.members.length) },
    el(
      'p',
      { class: 'tb-small tb-muted' },
      t('Who is in it, never what anyone uses. A name stands only where the member chose to have one.'),
    ),
    field({ name: 'search', label: t('Search by name') }, search),
    place,
  );
}

function nameOf({ name, id }: AdminMember): string {
  return name ?? t('Member {0}', String(id).slice(-6));
}
