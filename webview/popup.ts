import { el } from './dom.ts';

export interface PopupOptions {
  readonly button: HTMLButtonElement;
  readonly content: readonly Node[];
  readonly align?: 'left' | 'right';
  /** Its content is to be made, and what in it has the focus first. */
  readonly opened: () => void;
  readonly className?: string;
}

/** Something that a button opens below it, and that closes by Escape and when the focus or a click goes elsewhere. */
export function popup({ button, content, align = 'right', opened, className = '' }: PopupOptions) {
  const box = el(
    'div',
    { class: `tb-popup ${align === 'left' ? 'tb-popup-left' : ''} ${className}`, hidden: true },
    ...content,
  );
  const element = el('div', { class: 'tb-menu' }, button, box);
  button.setAttribute('aria-expanded', 'false');

  function set(open: boolean): void {
    box.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    // Only while it is open: popups are made again and again, and the document outlives them.
    if (open) document.addEventListener('pointerdown', elsewhere);
    else document.removeEventListener('pointerdown', elsewhere);
  }

  function elsewhere({ target }: PointerEvent): void {
    if (target instanceof Node && !element.contains(target)) set(false);
  }

  function open(): void {
    if (!box.hidden) return;
    set(true);
    opened();
  }

  function close(): void {
    if (box.hidden) return;
    const within = box.contains(document.activeElement);
    set(false);
    if (within) button.focus();
  }

  button.addEventListener('click', () => (box.hidden ? open() : close()));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.hidden) return;
    event.stopPropagation();
    close();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) set(false);
  });
  return { element, box, open, close };
}
