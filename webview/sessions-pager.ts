import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';

/** Goes from page to page of a long list. */
export function pager(formats: Formats, go: (offset: number) => void) {
  let at = { offset: 0, limit: 1, count: 0 };
  const text = el('span', { class: 'tb-muted tb-small', role: 'status' });
  const before = step('chevron-left', t('Page before'), () => Math.max(0, at.offset - at.limit));
  const next = step('chevron-right', t('Next page'), () => at.offset + at.limit);
  const element = el('nav', { class: 'tb-pager', 'aria-label': t('Pages') }, before, text, next);

  function step(sign: string, label: string, offset: () => number): HTMLButtonElement {
    return el(
      'button',
      {
        type: 'button',
        class: 'tb-icon-button',
        'aria-label': label,
        title: label,
        onclick: (event) => {
          if ((event.currentTarget as Element).getAttribute('aria-disabled') !== 'true') go(offset());
        },
      },
      icon(sign),
    );
  }

  return {
    element,
    show(offset: number, limit: number, count: number): void {
      at = { offset, limit, count };
      element.hidden = count <= limit;
      const end = Math.min(count, offset + limit);
      text.textContent = t('{0} to {1} of {2}', formats.exact(offset + 1), formats.exact(end), formats.exact(count));
      // A button that is not there any more would drop the focus that is on it.
      before.setAttribute('aria-disabled', String(offset === 0));
      next.setAttribute('aria-disabled', String(end >= count));
    },
  };
}
