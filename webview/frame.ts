import type { CountingView, StartView, Tab } from '../src/dashboard/protocol/messages.ts';
import type { Filter, Scope } from '../src/dashboard/protocol/scope.ts';
import type { ListKind } from '../src/dashboard/protocol/sessions.ts';
import { chips } from './chips.ts';
import { countingStrip } from './counting-strip.ts';
import { el } from './dom.ts';
import { drawer } from './drawer.ts';
import { filterPanel } from './filter-panel.ts';
import { formatsOf } from './formats.ts';
import type { Host } from './host.ts';
import { joinDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import type { Memory } from './memory.ts';
import { periods } from './periods.ts';
import { panelId, tabNames, tabs } from './tabs.ts';
import type { View, ViewContext } from './view.ts';

/** Makes a tab's view. */
export type MakeView = (context: ViewContext) => View;

export interface FrameOptions {
  readonly start: StartView;
  readonly host: Host;
  readonly memory: Memory;
  readonly views: Readonly<Record<Tab, MakeView>>;
}

/** Views whose figures have neither period nor filter. */
const timeless: readonly Tab[] = ['badges', 'team', 'join'];
/** Views of the team's figures, which others make. */
const teams: readonly Tab[] = ['team', 'join'];

/** The page: header, the view of the chosen tab, the drawer. */
export function frame({ start, host, memory, views }: FrameOptions) {
  const formats = formatsOf(start.locale, start.zone);
  const made = new Map<Tab, View>();
  /** What each view shows is as of this scope and state of the figures. */
  const shownAs = new Map<Tab, string>();
  let figures = 0;
  let sharing = start.team === true;

  const tabRow = tabs((tab) => go(tab));
  const period = periods(formats, (next) => rescope({ ...memory.kept.scope, period: next }));
  const filter = filterPanel({
    formats,
    choices: () => host.ask({ ask: 'choices', scope: memory.kept.scope }),
    onChange: narrow,
  });
  const chipRow = chips(filter.nameOf, narrow);
  const strip = countingStrip(formats);
  const side = drawer({
    formats,
    explain: (card) => host.ask({ ask: 'explain', card, scope: memory.kept.scope }),
  });
  const scoping = el('div', { class: 'tb-scoping' }, period.element, filter.element);
  const panels = new Map(
    tabNames.map((tab) => [
      tab,
      el('div', {
        class: 'tb-view',
        role: 'tabpanel',
        id: panelId(tab),
        'aria-labelledby': `tab-${tab}`,
        hidden: true,
      }),
    ]),
  );
  const joinPanel = el('div', { class: 'tb-view', hidden: true });
  const allPanels: ReadonlyMap<Tab, HTMLElement> = new Map<Tab, HTMLElement>([...panels, ['join', joinPanel]]);
  const element = el(
    'div',
    { class: 'tb-page' },
    el(
      'header',
      { class: 'tb-header' },
      el('h1', { class: 'tb-hidden-text' }, t('Tokenboard')),
      el('div', { class: 'tb-header-row' }, tabRow.element, scoping),
      chipRow.element,
    ),
    strip.element,
    el('main', { class: 'tb-main' }, ...allPanels.values()),
    side.element,
  );

  const context: ViewContext = {
    ask: (question) => host.ask(question),
    askTeam: (question) => host.askTeam(question),
    act: (action) => host.act(action),
    explain: side.open,
    go,
    narrow,
    sharing: () => sharing,
    formats,
    recall: <Value>(name: string) => memory.kept.views[name] as Value | undefined,
    remember: (name, value) => memory.keep({ views: { ...memory.kept.views, [name]: value } }),
  };

  function viewOf(tab: Tab): View {
    let view = made.get(tab);
    if (view === undefined) {
      view = views[tab](context);
      made.set(tab, view);
      allPanels.get(tab)?.append(view.element);
    }
    return view;
  }

  function narrow(next: Filter): void {
    rescope({ ...memory.kept.scope, filter: next });
  }

  function rescope(scope: Scope): void {
    memory.keep({ scope });
    showScope();
    void refresh();
  }

  function showScope(): void {
    const { scope } = memory.kept;
    period.show(scope.period);
    filter.show(scope.filter);
    chipRow.show(scope.filter);
  }

  function go(tab: Tab, session?: string, list?: ListKind): void {
    const before = memory.kept;
    if (tab !== before.tab) memory.keep({ tab, scroll: { ...before.scroll, [before.tab]: window.scrollY } });
    showTab();
    const shown = refresh();
    const view = viewOf(tab);
    if (session !== undefined) void shown.then(() => view.open?.(session));
    if (list !== undefined) view.list?.(list);
    window.scrollTo(0, memory.kept.scroll[tab] ?? 0);
  }

  function showTab(): void {
    const { tab } = memory.kept;
    tabRow.show(tab);
    // Who has just left still reads that it is so.
    tabRow.offer('team', sharing || tab === 'team');
    for (const [name, panel] of allPanels) panel.hidden = name !== tab;
    element.classList.toggle('tb-alone', tab === 'join');
    scoping.hidden = timeless.includes(tab);
    element.classList.toggle('tb-timeless', timeless.includes(tab));
  }

  /** Shows the chosen tab's view as of now, unless it is that already. */
  async function refresh(): Promise<void> {
    const { tab, scope } = memory.kept;
    const as = JSON.stringify([figures, scope, sharing]);
    if (shownAs.get(tab) === as && !teams.includes(tab)) return;
    shownAs.set(tab, as);
    await viewOf(tab).show(scope);
  }

  /** An invitation is not kept for long, and a tab that is gone cannot be gone to. */
  function isThere(tab: Tab): boolean {
    if (tab === 'join') return start.inviting === true;
    return tab !== 'team' || sharing;
  }

  async function begin(): Promise<void> {
    if (start.tab !== undefined) memory.keep({ tab: start.tab });
    else if (!isThere(memory.kept.tab)) memory.keep({ tab: 'overview' });
    // Of an invitation that is gone nothing is kept.
    if (start.inviting !== true && context.recall(joinDraft) !== undefined) context.remember(joinDraft, undefined);
    showScope();
    showTab();
    count(start.counting);
    const shown = refresh();
    document.body.append(element);
    await shown;
    window.scrollTo(0, memory.kept.scroll[memory.kept.tab] ?? 0);
    if (start.session !== undefined) viewOf(memory.kept.tab).open?.(start.session);
    let timer: ReturnType<typeof setTimeout> | undefined;
    window.addEventListener('scroll', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { tab, scroll } = memory.kept;
        memory.keep({ scroll: { ...scroll, [tab]: window.scrollY } });
      }, 150);
    });
  }

  function count(counting: CountingView): void {
    strip.show(counting);
    for (const view of made.values()) view.count?.(counting);
  }

  return {
    begin,
    go,
    count,
    /** Figures have changed. */
    renew(): void {
      figures++;
      if (!teams.includes(memory.kept.tab)) void refresh();
    },
    /** Sharing has changed, or a board is new. */
    share(team: boolean): void {
      sharing = team;
      showTab();
      if (memory.kept.tab !== 'join') void refresh();
    },
  };
}
