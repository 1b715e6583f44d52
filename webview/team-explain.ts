import { explainButton } from './card.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

/** A name, and what stands under it. */
export type Fact = readonly [name: string, ...lines: readonly string[]];

/** The drawer that tells how a figure of the team comes about. */
export function teamDrawer() {
  const heading = el('h2', { class: 'tb-drawer-title', tabindex: -1 });
  const body = el('div', { class: 'tb-drawer-body' });
  const shut = el(
    'button',
    { type: 'button', class: 'tb-icon-button', 'aria-label': t('Close'), title: t('Close'), onclick: close },
    icon('close'),
  );
  const element = el(
    'aside',
    { class: 'tb-drawer', role: 'dialog', 'aria-label': t('How is this computed?'), hidden: true },
    el('div', { class: 'tb-drawer-head' }, heading, shut),
    body,
  );
  let opener: Element | null = null;
  document.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented) close();
  });

  function close(): void {
    if (element.hidden) return;
    element.hidden = true;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }

  function open(title: string, facts: readonly Fact[]): void {
    if (element.hidden) opener = document.activeElement;
    element.hidden = false;
    heading.textContent = title;
    body.replaceChildren(
      el(
        'dl',
        { class: 'tb-facts' },
        ...facts.flatMap(([name, ...lines]) => [el('dt', {}, name), ...lines.map((line) => el('dd', {}, line))]),
      ),
    );
    heading.focus();
  }

  return { element, open, close };
}

export interface PanelOptions {
  readonly title: string;
  /** Names it for what has the focus, and for its style. */
  readonly name: string;
  readonly note?: string | undefined;
  readonly controls?: readonly Node[];
  /** What the drawer tells; no ⓘ without. */
  readonly explain?: ((title: string) => void) | undefined;
}

/** A framed part of the team's pages. */
export function panel({ title, name, note, controls = [], explain }: PanelOptions, ...body: readonly Node[]) {
  const info = explain === undefined ? undefined : explainButton(title, explain).element;
  if (info !== undefined) info.dataset.key = `explain ${name}`;
  return el(
    'section',
    { class: `tb-card tb-panel-${name}`, 'aria-label': title },
    el(
      'div',
      { class: 'tb-card-head' },
      el('h2', { class: 'tb-card-title' }, title),
      note === undefined ? undefined : el('span', { class: 'tb-card-note' }, note),
      el('div', { class: 'tb-card-controls' }, ...controls, info),
    ),
    el('div', { class: 'tb-card-body' }, ...body),
  );
}
