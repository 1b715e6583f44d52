import type { Card, ExplainView } from '../src/dashboard/protocol/explain.ts';
import { problem } from './card.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

export interface DrawerOptions {
  readonly formats: Formats;
  readonly explain: (card: Card) => Promise<ExplainView>;
}

/** The drawer at the side that tells how a card's figures come about. */
export function drawer({ formats, explain }: DrawerOptions) {
  const heading = el('h2', { class: 'tb-drawer-title', tabindex: -1 });
  const body = el('div', { class: 'tb-drawer-body' });
  const element = el(
    'aside',
    { class: 'tb-drawer', role: 'dialog', 'aria-label': t('How is this computed?'), hidden: true },
    el(
      'div',
      { class: 'tb-drawer-head' },
      heading,
      el(
        'button',
        { type: 'button', class: 'tb-icon-button', 'aria-label': t('Close'), title: t('Close'), onclick: close },
        icon('close'),
      ),
    ),
    body,
  );
  let opener: Element | null = null;
  let shown = 0;
  document.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented) close();
  });

  function close(): void {
    if (element.hidden) return;
    element.hidden = true;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }

  async function open(card: Card, title: string, formula: string): Promise<void> {
    const turn = ++shown;
    if (element.hidden) opener = document.activeElement;
    element.hidden = false;
    heading.textContent = title;
    body.replaceChildren(el('p', {}, formula));
    heading.focus();
    try {
      const view = await explain(card);
      if (turn === shown) body.replaceChildren(el('p', {}, formula), ...factsOf(view));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (turn === shown) {
        body.replaceChildren(
          el('p', {}, formula),
          problem(message, () => void open(card, title, formula)),
        );
      }
    }
  }

  function factsOf(view: ExplainView): readonly HTMLElement[] {
    const { compact, exact, day } = formats;
    const facts: readonly (readonly [name: string, ...lines: readonly string[]])[] = [
      [t('Days'), `${day(view.since, 'long')} – ${day(view.until, 'long')}`, t('in the time zone {0}', view.zone)],
      [t('Requests'), exact(view.requests)],
      [
        t('Sources'),
        ...view.tools.map(({ title, requests, estimatedTokens }) =>
          estimatedTokens > 0
            ? t('{0}: {1} requests, {2} tokens estimated', title, exact(requests), compact(estimatedTokens))
            : t('{0}: {1} requests', title, exact(requests)),
        ),
      ],
      [
        t('Exact or estimated'),
        view.estimatedTokens > 0
          ? t('{0} tokens are estimates, made where a tool logs text but no counts.', compact(view.estimatedTokens))
          : t('Exact: all counts are from the logs of the tools.'),
        ...(view.estimates ? [] : [t('Estimates are left out: the setting {0} is off.', 'tokenboard.estimates')]),
      ],
      [
        t('Prices'),
        t('List prices of version {0}, each at its day.', view.pricesVersion),
        ...(view.unpricedTokens > 0
          ? [t('{0} tokens have no known price and are in no amount of money.', compact(view.unpricedTokens))]
          : []),
      ],
    ];
    return [
      el(
        'dl',
        { class: 'tb-facts' },
        ...facts.flatMap(([name, ...lines]) => [el('dt', {}, name), ...lines.map((line) => el('dd', {}, line))]),
      ),
      el('p', { class: 'tb-muted' }, t('All of it is computed on this machine, from logs that stay on it.')),
    ];
  }

  return { element, open: (card: Card, title: string, formula: string) => void open(card, title, formula) };
}
