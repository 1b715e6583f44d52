import type { Card } from '../src/dashboard/protocol/explain.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

export interface CardOptions {
  readonly id: Card;
  readonly title: string;
  /** How its figures come about, in a sentence or two, for the drawer. */
  readonly formula: string;
  readonly context: Pick<ViewContext, 'explain'>;
  /** Stand before the ⓘ. */
  readonly controls?: readonly Node[];
}

/** A framed part of a view, with a title, a note beside it, and its figures. */
export interface CardPart {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  setTitle(title: string): void;
  note(...words: readonly (Node | string)[]): void;
  /** Replaces its figures; focus stays on what has the same `data-key`. */
  fill(...children: readonly (Node | string)[]): void;
  /** Blocks of about the size that the figures will have. */
  loading(...blocks: readonly BlockSize[]): void;
  /** Its figures could not be had; the rest of the view stays. */
  fail(message: string, retry: () => void): void;
}

export type BlockSize = 'headline' | 'line' | 'row' | 'bar' | 'chart';

/** A card without figures. */
export function card({ id, title, formula, context, controls = [] }: CardOptions): CardPart {
  const heading = el('h2', { class: 'tb-card-title' }, title);
  const note = el('span', { class: 'tb-card-note' });
  const body = el('div', { class: 'tb-card-body' });
  const explain = explainButton(title, (shown) => context.explain(id, shown, formula));
  const element = el(
    'section',
    { class: `tb-card tb-card-${id}`, 'aria-label': title },
    el(
      'div',
      { class: 'tb-card-head' },
      heading,
      note,
      el('div', { class: 'tb-card-controls' }, ...controls, explain.element),
    ),
    body,
  );
  return {
    element,
    body,
    setTitle(text) {
      heading.textContent = text;
      element.setAttribute('aria-label', text);
      explain.rename(text);
    },
    note: (...words) => note.replaceChildren(...words),
    fill(...children) {
      element.removeAttribute('aria-busy');
      replaceKeepingFocus(body, ...children);
    },
    loading(...blocks) {
      element.setAttribute('aria-busy', 'true');
      body.replaceChildren(...blocks.map((size) => el('div', { class: `tb-block tb-block-${size}` })));
    },
    fail(message, retry) {
      element.removeAttribute('aria-busy');
      replaceKeepingFocus(body, problem(message, retry));
    },
  };
}

/** The ⓘ of a card. */
export function explainButton(title: string, open: (title: string) => void) {
  let shown = title;
  const name = () => t('How is this computed? {0}', shown);
  const element = el(
    'button',
    { type: 'button', class: 'tb-icon-button', 'aria-label': name(), title: name(), onclick: () => open(shown) },
    icon('info'),
  );
  return {
    element,
    rename(text: string): void {
      shown = text;
      element.setAttribute('aria-label', name());
      element.setAttribute('title', name());
    },
  };
}

/** A sentence on what went wrong, with a way to try again. */
export function problem(message: string, retry: () => void): HTMLElement {
  const again = button({ text: t('Retry'), onClick: retry });
  again.dataset.key = 'retry';
  return el(
    'div',
    { class: 'tb-problem', role: 'alert' },
    icon('error'),
    el('div', { class: 'tb-problem-words' }, el('span', {}, message), again),
  );
}
