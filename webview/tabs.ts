import type { Tab } from '../src/dashboard/protocol/messages.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { roving } from './roving.ts';

type TabName = Exclude<Tab, 'join'>;

/** The tabs in their order. */
export const tabNames: readonly TabName[] = ['overview', 'sessions', 'insights', 'badges', 'team'];

/** A row of tabs: one tab stop, and arrow keys that choose. */
export function tabs(onChoose: (tab: Tab) => void) {
  const titles: Readonly<Record<TabName, string>> = {
    overview: t('Overview'),
    sessions: t('Sessions'),
    insights: t('Insights'),
    badges: t('Badges'),
    team: t('Team'),
  };
  const buttons = tabNames.map((tab) =>
    el(
      'button',
      {
        type: 'button',
        class: 'tb-tab',
        role: 'tab',
        id: `tab-${tab}`,
        'aria-controls': panelId(tab),
        'data-tab': tab,
        onclick: () => onChoose(tab),
      },
      el('span', { class: 'tb-steady', 'data-text': titles[tab] }, titles[tab]),
    ),
  );
  const element = el('div', { class: 'tb-tabs', role: 'tablist', 'aria-label': t('Views') }, ...buttons);
  const stops = roving(
    element,
    () => buttons,
    (button) => button.click(),
  );
  return {
    element,
    show(chosen: Tab): void {
      for (const button of buttons) button.setAttribute('aria-selected', String(button.dataset.tab === chosen));
      const button = buttons.find(({ dataset }) => dataset.tab === chosen);
      stops.stopAt(button);
      // In a narrow panel the row scrolls sideways.
      requestAnimationFrame(() => button?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    },
    /** Whether a tab is there. */
    offer(tab: TabName, offered: boolean): void {
      for (const button of buttons) if (button.dataset.tab === tab) button.hidden = !offered;
    },
  };
}

/** The id of the element that holds a tab's view. */
export function panelId(tab: Tab): string {
  return `view-${tab}`;
}
