import type { Scope } from '../src/dashboard/protocol/scope.ts';
import type { ListKind, ListRow, ListView, ListWish, SortColumn } from '../src/dashboard/protocol/sessions.ts';
import { explainButton, problem } from './card.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { segments } from './segments.ts';
import { sessionCard, sessionDetail } from './sessions-detail.ts';
import { pager } from './sessions-pager.ts';
import { amountParts, rowActions } from './sessions-parts.ts';
import { listTable } from './sessions-table.ts';
import { countWords } from './sessions-words.ts';
import { button, textField } from './ui.ts';
import type { View, ViewContext } from './view.ts';

const pageRows = 50;
const typingPause = 150;
const keptRow = 'sessions.row';
const keptCard = 'sessions.card';
/** Columns of words are sorted from A to Z first, all others from the most. */
const wordColumns: readonly SortColumn[] = ['tool', 'model', 'project', 'branch'];
const asFirst: ListWish = { list: 'sessions', sort: 'start', descending: true, search: '', offset: 0, limit: pageRows };

/** Sessions, projects and branches: searched, sorted and cut into pages by the thread that holds the figures. */
export function sessionsView(context: ViewContext): View {
  const { formats } = context;
  let wish: ListWish = { ...asFirst, ...context.recall<Partial<ListWish>>('sessions.wish') };
  let scope: Scope = { period: { kind: '30d' }, filter: {} };
  let begun = false;
  let figures: ListView | undefined;
  let opened: { readonly id: string; readonly detail: ReturnType<typeof sessionDetail> } | undefined;
  let outside: ReturnType<typeof sessionCard> | undefined;
  let asked = 0;
  let drawn = '';
  let typing: ReturnType<typeof setTimeout> | undefined;

  const above = el('div', {});
  const sums = el('p', { class: 'tb-muted tb-small', role: 'status' });
  const place = el('div', { class: 'tb-list-place', 'aria-busy': 'true' });
  const searchPlace = el('div', { class: 'tb-list-search' });
  const rows = listTable({ formats, sort, toggle, detail: detailOf });
  const pages = pager(formats, (offset) => {
    void want({ offset }).then(() => element.scrollIntoView({ block: 'start' }));
  });
  const choice = segments<ListKind>({
    label: t('What is listed'),
    choices: [
      { value: 'sessions', text: t('Sessions') },
      { value: 'projects', text: t('Projects') },
      { value: 'branches', text: t('Branches') },
    ],
    value: wish.list,
    onChange: (list) => void choose(list),
  });
  const formula = t(
    'One row is all that was counted in the chosen period and filter: of a session, of a project’s folder, or of a branch within it. Start and active time are told to the quarter of an hour: active are those with a request, and gaps of at most 30 minutes between them. List price is what the tokens would cost by use. The search looks for all its words in tool, model, project, branch and session.',
  );
  const element = el(
    'div',
    { class: 'tb-sessions tb-dropping' },
    above,
    el(
      'div',
      { class: 'tb-list-head' },
      choice.element,
      searchPlace,
      el(
        'div',
        { class: 'tb-list-tools' },
        exportButton('csv'),
        exportButton('json'),
        explainButton(t('Sessions'), (title) => context.explain('sessions', title, formula)).element,
      ),
    ),
    sums,
    place,
    pages.element,
  );
  place.append(...Array.from({ length: 8 }, () => el('div', { class: 'tb-block tb-block-row' })));
  showSearch();
  openRow(context.recall<string>(keptRow));
  showCard(context.recall<string>(keptCard));

  function showSearch(): void {
    searchPlace.replaceChildren(
      textField({
        label: t('Search tool, model, project, branch or session'),
        placeholder: t('Search'),
        value: wish.search,
        icon: 'search',
        onInput(search) {
          clearTimeout(typing);
          typing = setTimeout(() => void want({ search, offset: 0 }), typingPause);
        },
      }),
    );
  }

  function exportButton(format: 'csv' | 'json'): HTMLElement {
    const name = format.toUpperCase();
    const label = t('Save the figures of this period and filter as {0}', name);
    return el(
      'button',
      {
        type: 'button',
        class: 'tb-quiet-button',
        'aria-label': label,
        title: label,
        onclick: () => context.act({ act: 'saveText', name: `tokenboard.${format}`, scope, format }),
      },
      icon('export'),
      name,
    );
  }

  function choose(list: ListKind): Promise<void> {
    const sort: SortColumn = list === 'sessions' ? 'start' : 'tokens';
    openRow(undefined);
    return want({ list, sort, descending: true, offset: 0 });
  }

  function sort(column: SortColumn): void {
    const descending = wish.sort === column ? !wish.descending : !wordColumns.includes(column);
    void want({ sort: column, descending, offset: 0 });
  }

  function want(change: Partial<ListWish>): Promise<void> {
    wish = { ...wish, ...change };
    context.remember('sessions.wish', wish);
    return show(scope);
  }

  function toggle(row: ListRow): void {
    openRow(opened?.id === row.id ? undefined : row.id);
    if (wish.list === 'sessions') void opened?.detail.show();
    draw();
  }

  function openRow(id: string | undefined): void {
    opened = id === undefined ? undefined : { id, detail: sessionDetail(context, id) };
    context.remember(keptRow, id);
  }

  function detailOf(row: ListRow): HTMLElement {
    if (wish.list === 'sessions' && opened !== undefined) return opened.detail.element;
    const sessions = button({
      text: t('Show its sessions'),
      icon: 'list-unordered',
      onClick: () => showSessionsOf(row),
    });
    sessions.dataset.key = `sessions ${row.id}`;
    return el('div', { class: 'tb-session' }, amountParts(row, formats), rowActions(context, row.id, [sessions]));
  }

  function showSessionsOf({ project, branches }: ListRow): void {
    const branch = wish.list === 'branches' ? { branches: branches.length === 0 ? [''] : branches } : {};
    wish = { ...asFirst, sort: 'tokens' };
    context.remember('sessions.wish', wish);
    openRow(undefined);
    choice.show('sessions');
    showSearch();
    context.narrow({ ...scope.filter, projects: [project.folder], ...branch });
  }

  function draw(): void {
    if (figures === undefined) return;
    const state = JSON.stringify([figures, wish, opened?.id]);
    if (state === drawn) return;
    drawn = state;
    place.removeAttribute('aria-busy');
    const { count, amounts } = figures;
    sums.textContent =
      count === 0
        ? ''
        : [
            countWords(figures.list, count, formats),
            t('{0} tokens', formats.compact(amounts.tokens)),
            t('{0} list price', formats.money(amounts.costNanoUSD)),
          ].join(' · ');
    if (count === 0) replaceKeepingFocus(place, empty());
    else {
      if (!place.contains(rows.element)) replaceKeepingFocus(place, rows.element);
      rows.show(figures, wish, opened?.id);
    }
    pages.show(figures.offset, wish.limit, count);
  }

  function empty(): HTMLElement {
    const filtered = Object.values(scope.filter).some((list) => list !== undefined && list.length > 0);
    if (wish.search !== '')
      return nothing(t('Nothing matches “{0}” in this period and filter.', wish.search), t('Clear the search'), () => {
        void want({ search: '', offset: 0 });
        showSearch();
      });
    if (filtered)
      return nothing(t('Nothing passes the filter in this period.'), t('Clear the filter'), () => context.narrow({}));
    return nothing(t('No session was counted in this period. A longer one can be chosen above.'));
  }

  async function show(next: Scope): Promise<void> {
    if (begun && JSON.stringify(next) !== JSON.stringify(scope)) wish = { ...wish, offset: 0 };
    begun = true;
    scope = next;
    const turn = ++asked;
    try {
      const answer = await context.ask({ ask: 'list', scope, wish });
      if (turn !== asked) return;
      // Rows may have gone since: then the last page that there is.
      if (answer.rows.length === 0 && answer.count > 0 && wish.offset > 0) return want({ offset: 0 });
      figures = answer;
    } catch (error) {
      if (turn !== asked) return;
      place.removeAttribute('aria-busy');
      drawn = '';
      pages.element.hidden = true;
      replaceKeepingFocus(
        place,
        problem(error instanceof Error ? error.message : String(error), () => void show(scope)),
      );
      return;
    }
    draw();
    const shown = [outside?.show(), wish.list === 'sessions' ? opened?.detail.show() : undefined];
    await Promise.all(shown);
  }

  function open(session: string): void {
    showCard(session);
    void outside?.show();
    element.scrollIntoView({ block: 'start' });
    outside?.focus();
  }

  function showCard(session: string | undefined): void {
    context.remember(keptCard, session);
    outside = session === undefined ? undefined : sessionCard(context, session, closeCard);
    above.replaceChildren(...(outside === undefined ? [] : [outside.element]));
  }

  function closeCard(): void {
    showCard(undefined);
    element.querySelector<HTMLElement>('.tb-segments [tabindex="0"]')?.focus();
  }

  function list(kind: ListKind): void {
    if (wish.list === kind) return;
    choice.show(kind);
    void choose(kind);
  }

  return { element, show, open, list };
}

function nothing(sentence: string, way?: string, go?: () => void): HTMLElement {
  return el(
    'div',
    { class: 'tb-nothing' },
    el('p', { class: 'tb-muted' }, sentence),
    ...(way === undefined || go === undefined ? [] : [button({ text: way, onClick: go })]),
  );
}
