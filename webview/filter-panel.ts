import type { ChoicesView, Filter } from '../src/dashboard/protocol/scope.ts';
import { el } from './dom.ts';
import { countOf, type FilterKind, filterKinds, withValue } from './filter-parts.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { toolTitle } from './join-upload.ts';
import { t } from './l10n.ts';
import { popup } from './popup.ts';
import { button, checkbox, textField } from './ui.ts';

interface Choice {
  readonly value: string;
  readonly title: string;
  /** What the search finds it by. */
  readonly words: string;
  readonly tokens: number | undefined;
}

export interface FilterPanelOptions {
  readonly formats: Formats;
  readonly choices: () => Promise<ChoicesView>;
  readonly onChange: (filter: Filter) => void;
}

/** Of a list only the largest are shown; the search finds the others. */
const most = 6;

/** The Filter button with its panel: what there is to choose, by kind, with a search over all. */
export function filterPanel({ formats, choices, onChange }: FilterPanelOptions) {
  const titles: Readonly<Record<FilterKind, string>> = {
    tools: t('Tools'),
    models: t('Models'),
    projects: t('Projects'),
    branches: t('Branches'),
    accounts: t('Accounts'),
  };
  const unnamed: Readonly<Partial<Record<FilterKind, string>>> = {
    projects: t('(no project)'),
    branches: t('(no branch)'),
    accounts: t('(no account)'),
  };
  let filter: Filter = {};
  let known: Readonly<Record<FilterKind, readonly Choice[]>> | undefined;
  let search = '';
  const text = el('span', { class: 'tb-long-text' });
  const opener = el('button', { type: 'button', class: 'tb-outline-button' }, icon('filter'), text);
  const lists = el('div', { class: 'tb-filter-lists' });
  const field = textField({
    label: t('Search tools, models, projects and branches'),
    placeholder: t('Search'),
    icon: 'search',
    onInput(value) {
      search = value;
      showLists();
    },
  });
  const clear = button({ text: t('Clear all'), onClick: () => choose({}) });
  const done = button({ text: t('Done'), look: 'primary', onClick: () => made.close() });
  const made = popup({
    button: opener,
    className: 'tb-filter',
    content: [field, lists, el('div', { class: 'tb-filter-foot' }, clear, done)],
    opened: () => void open(),
  });
  made.box.setAttribute('role', 'dialog');
  made.box.setAttribute('aria-label', t('Filter'));
  opener.setAttribute('aria-haspopup', 'dialog');

  async function open(): Promise<void> {
    field.focus();
    try {
      known = choicesByKind(await choices());
      showLists();
    } catch (error) {
      lists.replaceChildren(el('p', { role: 'alert' }, error instanceof Error ? error.message : String(error)));
    }
  }

  function choose(next: Filter): void {
    show(next);
    onChange(next);
  }

  function show(next: Filter): void {
    const cleared = countOf(next) === 0 && countOf(filter) > 0;
    filter = next;
    const count = countOf(next);
    text.textContent = count === 0 ? t('Filter') : t('Filter ({0})', count);
    opener.classList.toggle('tb-chosen', count > 0);
    opener.setAttribute('aria-label', count === 0 ? t('Filter') : t('Filter, {0} chosen', count));
    if (cleared && !made.box.hidden) showLists();
  }

  function showLists(): void {
    if (known === undefined) return;
    const words = search.toLocaleLowerCase(formats.locale).split(/\s+/).filter(Boolean);
    const groups = filterKinds
      .map((kind) => groupOf(kind, known?.[kind] ?? [], words))
      .filter((group) => group !== undefined);
    lists.replaceChildren(
      ...(groups.length > 0 ? groups : [el('p', { class: 'tb-muted' }, t('Nothing is named like that.'))]),
    );
  }

  function groupOf(kind: FilterKind, all: readonly Choice[], words: readonly string[]): HTMLElement | undefined {
    const chosen: readonly string[] = filter[kind] ?? [];
    const found = all.filter((choice) => words.every((word) => choice.words.includes(word)));
    if (found.length === 0) return undefined;
    // What is chosen is always in sight, to be taken away again.
    const shown = found.filter((choice, i) => i < most || chosen.includes(choice.value));
    const left = found.length - shown.length;
    return el(
      'div',
      { class: 'tb-filter-group', role: 'group', 'aria-label': titles[kind] },
      el('div', { class: 'tb-filter-title' }, titles[kind]),
      ...shown.map((choice) => lineOf(kind, choice, chosen.includes(choice.value))),
      left === 0 ? undefined : el('div', { class: 'tb-small tb-muted' }, t('{0} more: search for them', left)),
    );
  }

  function lineOf(kind: FilterKind, { value, title, tokens }: Choice, checked: boolean): HTMLElement {
    const box = checkbox({
      text: title,
      checked,
      onChange: (ticked) => choose(withValue(filter, kind, value, ticked)),
    });
    return el(
      'div',
      { class: 'tb-filter-line', title: value },
      box,
      tokens === undefined ? undefined : el('span', { class: 'tb-small tb-muted' }, formats.compact(tokens)),
    );
  }

  function choicesByKind(view: ChoicesView): Readonly<Record<FilterKind, readonly Choice[]>> {
    const choice = (value: string, title: string, tokens?: number): Choice => ({
      value,
      title,
      words: `${title} ${value}`.toLocaleLowerCase(formats.locale),
      tokens,
    });
    return {
      tools: view.tools.map(({ id, title, tokens }) => choice(id, title, tokens)),
      models: view.models.map(({ id, tokens }) => choice(id, id, tokens)),
      projects: view.projects.map(({ folder, title, tokens }) =>
        choice(folder, title || (unnamed.projects ?? ''), tokens),
      ),
      branches: view.branches.map(({ name, tokens }) => choice(name, name || (unnamed.branches ?? ''), tokens)),
      accounts: view.accounts.map((name) => choice(name, name || (unnamed.accounts ?? ''))),
    };
  }

  /** The name that people know a value by. */
  function nameOf(kind: FilterKind, value: string): string {
    const title = known?.[kind].find((choice) => choice.value === value)?.title;
    if (title !== undefined) return title;
    // Nothing is known before the panel is first opened.
    if (value === '') return unnamed[kind] ?? '';
    if (kind === 'tools') return toolTitle(value);
    return kind === 'projects' ? (value.split(/[/\\]/).at(-1) ?? value) : value;
  }

  show(filter);
  return { element: made.element, show, nameOf };
}
