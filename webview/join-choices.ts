import type { JoinOffer } from '../src/dashboard/protocol/team.ts';
import { maxNameLength } from '../src/team/protocol/limits.ts';
import type { Policy } from '../src/team/protocol/policy.ts';
import type { Visibility } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { type Draft, namelessWords, utcToday } from './join-draft.ts';
import { options } from './join-options.ts';
import { t } from './l10n.ts';
import { namedInput } from './owner-fields.ts';
import { popup } from './popup.ts';
import { visibilityTitle } from './team-words.ts';
import { button, dropdown } from './ui.ts';

export type Change = (part: Partial<Draft>) => void;

/** By name, by pseudonym or in totals only; `label` says on which board. */
export function appearance(policy: Policy, draft: Draft, change: Change, label = t('How you appear')): HTMLElement {
  const choice = (value: Visibility, hint: string, more?: Node) => ({
    value,
    title: visibilityTitle(value),
    hint,
    checked: draft.visibility === value,
    onChange: () => change({ visibility: value }),
    more,
  });
  const field = namedInput(t('Your name on the board'), draft.name, (name) => change({ name }));
  field.placeholder = t('Your name on the board');
  field.maxLength = maxNameLength;
  field.dataset.key = 'name';
  field.classList.add('tb-name-field');
  return options({
    name: 'appearance',
    kind: 'radio',
    label,
    options: [
      { ...choice('named', t('As you type it here, to all members.'), field), barred: namelessWords(policy) },
      choice(
        'pseudonym',
        policy.quiet
          ? t('This board is in quiet mode and lists nobody.')
          : t('A made-up one such as Blue Heron, another on each board. Can be renewed.'),
      ),
      choice('aggregate', t('No row. You see your own percentile.')),
    ],
  });
}

/** What may be shared besides, each by a switch of its own. */
export function switches(draft: Draft, change: Change): HTMLElement {
  return options({
    name: 'switches',
    kind: 'checkbox',
    label: t('Also share'),
    options: [
      {
        value: 'models',
        title: t('Models'),
        hint: t('Otherwise every model is sent as “other”.'),
        checked: draft.models,
        onChange: (models) => change({ models }),
      },
      {
        value: 'badges',
        title: t('Badges'),
        hint: t('At most three beside your name.'),
        checked: draft.badges,
        onChange: (badges) => change({ badges }),
      },
      {
        value: 'timeBadges',
        title: t('Badges that tell when you work'),
        hint: t('Session Immortal and streaks, for example.'),
        barred: draft.badges ? undefined : t('Session Immortal and streaks, for example. Only together with badges.'),
        checked: draft.badges && draft.timeBadges,
        onChange: (timeBadges) => change({ timeBadges }),
      },
    ],
  });
}

export interface LeaveOutOptions {
  readonly draft: Draft;
  readonly change: Change;
  readonly projects: JoinOffer['projects'];
  readonly earliest: string;
  readonly formats: Formats;
}

/** Folders that are in no count, and the first day that is. */
export function leaveOut({ draft, change, projects, earliest, formats }: LeaveOutOptions): readonly HTMLElement[] {
  const add = (folder: string) => {
    const glob = folder.trim();
    if (glob !== '' && !draft.excluded.includes(glob)) change({ excluded: [...draft.excluded, glob] });
  };
  const chosen = draft.excluded.map((glob) =>
    el(
      'li',
      { class: 'tb-left-out' },
      el('span', { class: 'tb-left-out-glob' }, icon('folder'), el('span', { class: 'tb-cut', title: glob }, glob)),
      el(
        'button',
        {
          type: 'button',
          class: 'tb-icon-button',
          'data-key': `left out ${glob}`,
          'aria-label': t('Share {0} again', glob),
          title: t('Share {0} again', glob),
          onclick: () => change({ excluded: draft.excluded.filter((one) => one !== glob) }),
        },
        icon('close'),
      ),
    ),
  );
  const since = dropdown({
    label: t('Share from'),
    choices: daysBack(earliest, draft.since).map((day, i) => ({
      value: day,
      text: i === 0 ? t('today, {0}', formats.day(day, 'long')) : formats.day(day, 'long'),
    })),
    value: draft.since,
    onChange: (day) => change({ since: day }),
  });
  since.dataset.key = 'since';
  return [
    draft.excluded.length === 0
      ? el('p', { class: 'tb-small tb-muted' }, t('Nothing is left out: all folders count.'))
      : el('ul', { class: 'tb-left-outs', 'aria-label': t('Left out') }, ...chosen),
    el(
      'div',
      { class: 'tb-leave-out-row' },
      addFolder(
        projects.filter(({ folder }) => !draft.excluded.includes(folder)),
        add,
        formats,
      ),
      el(
        'span',
        { class: 'tb-since' },
        el('span', { class: 'tb-muted', 'aria-hidden': 'true' }, t('Share from')),
        since,
      ),
    ),
    el('p', { class: 'tb-small tb-muted' }, t('Days before you joined count for yourself alone, on no board.')),
  ];
}

function addFolder(projects: JoinOffer['projects'], add: (folder: string) => void, formats: Formats): HTMLElement {
  const opener = el('button', { type: 'button', class: 'tb-link-button', 'data-key': 'add folder' }, t('Add folder'));
  let typed = '';
  const field = namedInput(t('A folder, or a pattern of folders'), '', (text) => {
    typed = text;
  });
  field.placeholder = '~/clients/**';
  field.dataset.key = 'typed folder';
  const take = (folder: string) => {
    made.close();
    add(folder);
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') take(typed);
  });
  const made = popup({
    button: opener,
    align: 'left',
    className: 'tb-folders',
    content: [
      el(
        'ul',
        { class: 'tb-folder-list' },
        ...projects
          .slice(0, 50)
          .map(({ folder, title, tokens }) =>
            el(
              'li',
              {},
              el(
                'button',
                { type: 'button', class: 'tb-folder', title: folder, onclick: () => take(folder) },
                el('span', { class: 'tb-cut' }, title),
                el('span', { class: 'tb-muted' }, formats.compact(tokens)),
              ),
            ),
          ),
      ),
      el('div', { class: 'tb-folder-typed' }, field, button({ text: t('Leave out'), onClick: () => take(typed) })),
    ],
    opened: () => (made.box.querySelector<HTMLElement>('.tb-folder') ?? field).focus(),
  });
  return made.element;
}

/** From today (UTC) back to the earliest day that can be shared; a day further back that is shared already stays. */
function daysBack(earliest: string, since: string): readonly string[] {
  const days: string[] = [];
  const dayMs = 86_400_000;
  for (let time = Date.parse(utcToday()); days.length < 100; time -= dayMs) {
    const day = new Date(time).toISOString().slice(0, 10);
    if (day < earliest) break;
    days.push(day);
  }
  return days.includes(since) ? days : [...days, since];
}
