import type { Tab } from '../src/dashboard/protocol/messages.ts';
import { el } from './dom.ts';
import { t } from './l10n.ts';
import { roving } from './roving.ts';

/** The tabs in their order. */
export const tabNames: readonly Tab[] = ['overview', 'sessions', 'insights', 'badges'];

/** A row of tabs: one tab stop, and arrow keys that choose. */
export function tabs(onChoose: (tab: Tab) => void) {
  const titles: Readonly<Record<Tab, string>> = {
    overview: t('Overview'),
    sessions: t('Sessions'),
    insights: t('Insights'),
    badges: t('Badges'),
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
      stops.stopAt(buttons.find((button) => button.dataset.tab === chosen));
    },
  };
}

/** The id of the element that holds a tab's view. */
export function panelId(tab: Tab): string {
  return `view-${tab}`;
}
