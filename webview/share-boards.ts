import type { ShareView } from '../src/dashboard/protocol/team.ts';
import type { Policy } from '../src/team/protocol/policy.ts';
import { organisationBoard, type Visibility, visibilities } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { appearance, type Change } from './join-choices.ts';
import type { Draft } from './join-draft.ts';
import { t } from './l10n.ts';
import { field, selectInput } from './owner-fields.ts';
import { confirmDialog } from './team-dialog.ts';
import { visibilityTitle } from './team-words.ts';
import type { ViewContext } from './view.ts';

export interface BoardsOptions {
  readonly context: ViewContext;
  readonly view: ShareView;
  readonly policy: Policy;
  readonly draft: Draft;
  readonly boards: ReadonlyMap<number, Visibility>;
  readonly change: Change;
  readonly setBoard: (board: number, visibility: Visibility) => void;
  readonly take: (view: ShareView) => void;
}

/** How one appears: in general, on each board, and under which pseudonym. */
export function boardsPart(options: BoardsOptions): readonly HTMLElement[] {
  const { context, view, policy, draft, boards, change, setBoard, take } = options;
  const offered = visibilities.filter((one) => one !== 'named' || policy.namedBoards);
  const others = view.boards.filter(({ id }) => id !== organisationBoard);
  const main = (part: Partial<Draft>) => {
    change(part);
    if (part.visibility !== undefined) setBoard(organisationBoard, part.visibility);
  };
  return [
    appearance(policy, draft, main),
    ...others.map(({ id, name }) =>
      field(
        { name: `board ${id}`, label: t('On the board of {0}', name) },
        selectInput({
          choices: offered.map((value) => ({ value, text: visibilityTitle(value) })),
          value: boards.get(id) ?? draft.visibility ?? 'aggregate',
          onChange: (visibility) => setBoard(id, visibility),
        }),
      ),
    ),
    ...view.boards.flatMap(({ id, name, visibility, pseudonym }) =>
      visibility !== 'pseudonym' || pseudonym === null
        ? []
        : [
            el(
              'p',
              { class: 'tb-pseudonym tb-small' },
              el('span', {}, t('{0} on the board of {1}', pseudonym, name)),
              el(
                'button',
                {
                  type: 'button',
                  class: 'tb-link-button',
                  'data-key': `renew ${id}`,
                  'aria-label': t('Renew the pseudonym {0}', pseudonym),
                  onclick: () => renew(id, pseudonym),
                },
                t('Renew'),
              ),
            ),
          ],
    ),
  ];

  function renew(board: number, pseudonym: string): void {
    confirmDialog({
      title: t('Renew your pseudonym?'),
      words: [t('“{0}” is gone for good, and you get another one at once. Nothing links the two.', pseudonym)],
      confirm: t('Renew'),
      act: async () => take(await context.askTeam({ ask: 'renewPseudonym', board })),
    });
  }
}
