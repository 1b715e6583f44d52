import { el } from './dom.ts';
import { options } from './join-options.ts';
import { t } from './l10n.ts';
import { field, lineInput, textInput } from './owner-fields.ts';
import type { OwnerPart } from './owner-view.ts';
import { confirmDialog } from './team-dialog.ts';
import { panel } from './team-explain.ts';
import { button } from './ui.ts';

/** The end of the board, with words to its members; and its beginning again. */
export function closePanel({ context, view, status, take }: OwnerPart): HTMLElement {
  const title = t('Close the board');
  if (status.role !== 'owner') {
    return panel(
      { title, name: 'close' },
      el('p', { class: 'tb-muted' }, view.closed === null ? t('Only an owner can close it.') : t('It is closed.')),
    );
  }
  if (view.closed !== null) {
    return panel(
      { title: t('The board is closed'), name: 'close' },
      el('blockquote', { class: 'tb-notice' }, view.closed),
      button({
        text: t('Open it again'),
        onClick: () =>
          confirmDialog({
            title: t('Open the board again?'),
            words: [t('It shows snapshots again to all who still share.')],
            confirm: t('Open'),
            act: async () => take(await context.askTeam({ ask: 'openBoard' })),
          }),
      }),
    );
  }
  return panel(
    { title, name: 'close' },
    el('p', {}, t('Every board answers with your notice at once. You can also have all data of all members erased.')),
    button({ text: t('Close the board …'), onClick: () => ask() }),
  );

  function ask(): void {
    const organisation = view.policy?.organisation ?? status.organisation ?? '';
    let notice = '';
    let erase = false;
    let typed = '';
    confirmDialog({
      title: t('Close {0}’s board?', organisation),
      words: [t('Nobody sees anyone’s figures any more, from now on.')],
      content: [
        field(
          {
            name: 'notice',
            label: t('Notice to all members'),
            hint: t('Shown as plain text in place of every board.'),
          },
          textInput('', 1000, (text) => {
            notice = text.trim();
          }),
        ),
        options({
          name: 'erase',
          kind: 'checkbox',
          label: t('Data'),
          options: [
            {
              value: 'erase',
              title: t('Also erase all data of all members'),
              hint: t('It cannot be brought back.'),
              checked: false,
              onChange(checked) {
                erase = checked;
              },
            },
          ],
        }),
        field(
          { name: 'typed', label: t('Type “{0}” to confirm', organisation) },
          lineInput('', 80, (text) => {
            typed = text.trim();
          }),
        ),
      ],
      confirm: t('Close the board'),
      missing() {
        if (notice === '') return t('Write a notice first: it is all that members will see.');
        return typed === organisation ? undefined : t('Type “{0}” to confirm.', organisation);
      },
      act: async () => take(await context.askTeam({ ask: 'closeBoard', notice, erase })),
    });
  }
}
