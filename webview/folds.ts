import { el } from './dom.ts';
import { icon } from './icon.ts';

export interface FoldOptions {
  /** Names it for what is kept over reloads. */
  readonly id: string;
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** A row that carries its answer in one line, and opens to more. */
export function fold({ id, title, open, onToggle }: FoldOptions) {
  const answer = el('span', { class: 'tb-fold-answer tb-cut' });
  const sign = icon('chevron-right');
  const row = el(
    'button',
    { type: 'button', class: 'tb-fold-row', 'aria-controls': `fold-${id}`, onclick: toggle },
    sign,
    el('span', { class: 'tb-fold-title' }, title),
    answer,
  );
  const body = el('div', { class: 'tb-fold-body', id: `fold-${id}` });
  const element = el('div', { class: 'tb-fold' }, el('h2', { class: 'tb-fold-heading' }, row), body);
  let isOpen = open;
  set();

  function toggle(): void {
    isOpen = !isOpen;
    set();
    onToggle(isOpen);
  }

  function set(): void {
    row.setAttribute('aria-expanded', String(isOpen));
    sign.className = `codicon codicon-chevron-${isOpen ? 'down' : 'right'}`;
    body.hidden = !isOpen;
  }

  return {
    element,
    body,
    /** `short` stands there where there is little room. */
    answer(words: string, short = words): void {
      answer.title = words;
      if (short === words) answer.textContent = words;
      else
        answer.replaceChildren(
          el('span', { class: 'tb-long-text' }, words),
          el('span', { class: 'tb-short-text' }, short),
        );
    },
  };
}

export type Fold = ReturnType<typeof fold>;
