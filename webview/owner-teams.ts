import { maxNameLength } from '../src/team/protocol/limits.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { field, lineInput } from './owner-fields.ts';
import type { OwnerPart } from './owner-view.ts';
import { panel } from './team-explain.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';

/** Teams: a new one, and how many members each has. */
export function teamsPanel({ context, view, take }: OwnerPart): HTMLElement {
  const { formats } = context;
  let name = '';
  const told = el('p', { class: 'tb-join-sentence', role: 'status' });

  async function create(): Promise<void> {
    if (name.trim() === '') {
      told.textContent = t('Type the team’s name first.');
      return;
    }
    try {
      take(await context.askTeam({ ask: 'createTeam', name: name.trim() }));
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  const members = (team: number) => view.members.filter(({ teams }) => teams.includes(team)).length;
  return panel(
    { title: t('Teams'), name: 'owner-teams' },
    el(
      'div',
      { class: 'tb-field-row' },
      field(
        { name: 'team name', label: t('New team') },
        lineInput('', maxNameLength, (text) => {
          name = text;
        }),
      ),
      button({ text: t('Create'), onClick: () => void create() }),
    ),
    told,
    view.teams.length === 0
      ? el('p', { class: 'tb-muted' }, t('No teams yet: all stand on the organisation’s board alone.'))
      : el(
          'ul',
          { class: 'tb-plain-rows' },
          ...view.teams.map(({ id, name: title }) => {
            const count = members(id);
            return el(
              'li',
              {},
              el('span', { class: 'tb-cut' }, title),
              el('span', { class: 'tb-muted' }, count === 1 ? t('1 member') : t('{0} members', formats.exact(count))),
            );
          }),
        ),
  );
}
