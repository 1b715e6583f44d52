import { el } from './dom.ts';
import { icon } from './icon.ts';
import { popup } from './popup.ts';
import { roving } from './roving.ts';

export interface MenuItem {
  readonly text: string;
  readonly checked: boolean;
  readonly choose: () => void;
  /** A class that decides where it is shown. */
  readonly className?: string;
}

export interface MenuOptions {
  readonly button: HTMLButtonElement;
  /** The name for screen readers. */
  readonly label: string;
  readonly items: () => readonly MenuItem[];
  /** Stands below the items. */
  readonly foot?: (close: () => void) => HTMLElement;
  readonly align?: 'left' | 'right';
}

/** A button with a menu of choices of which one is checked: arrow keys walk, Escape closes. */
export function menu({ button, label, items, foot, align = 'right' }: MenuOptions): HTMLElement {
  const list = el('div', { role: 'menu', 'aria-label': label });
  const place = el('div', { class: 'tb-menu-foot', hidden: foot === undefined });
  const made = popup({
    button,
    align,
    content: [list, place],
    opened() {
      list.replaceChildren(...items().map(itemOf));
      if (foot !== undefined) place.replaceChildren(foot(made.close));
      const all = buttons();
      const first = all.find((one) => one.getAttribute('aria-checked') === 'true') ?? all[0];
      stops.stopAt(first);
      first?.focus();
    },
  });
  button.setAttribute('aria-haspopup', 'menu');
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    made.open();
  });
  const buttons = () => [...list.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
  const stops = roving(list, buttons);

  function itemOf({ text, checked, choose, className = '' }: MenuItem): HTMLElement {
    return el(
      'button',
      {
        type: 'button',
        class: `tb-menu-item ${className}`,
        role: 'menuitemradio',
        'aria-checked': String(checked),
        onclick() {
          made.close();
          choose();
        },
      },
      icon('check'),
      text,
    );
  }

  return made.element;
}
