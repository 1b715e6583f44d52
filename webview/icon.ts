import { el } from './dom.ts';

/** A codicon by its name, hidden from screen readers; what it means stands beside it. */
export function icon(name: string, slot?: string): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true', slot });
}
