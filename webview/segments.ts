import { el } from './dom.ts';
import { roving } from './roving.ts';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly text: string;
  /** What stands there where there is little room. */
  readonly short?: string | undefined;
}

export interface SegmentsOptions<Value extends string> {
  /** The name for screen readers. */
  readonly label: string;
  readonly choices: readonly Segment<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
}

/** A row of which one is chosen: one tab stop, and arrow keys that choose. */
export function segments<Value extends string>({ label, choices, value, onChange }: SegmentsOptions<Value>) {
  const buttons = choices.map((choice) =>
    el(
      'button',
      {
        type: 'button',
        class: 'tb-segment',
        role: 'radio',
        'data-value': choice.value,
        'aria-label': choice.short === undefined ? undefined : choice.text,
        onclick: () => choose(choice),
      },
      ...(choice.short === undefined
        ? [words(choice.text)]
        : [words(choice.text, 'tb-long-text'), words(choice.short, 'tb-short-text')]),
    ),
  );
  const element = el('div', { class: 'tb-segments', role: 'radiogroup', 'aria-label': label }, ...buttons);
  const stops = roving(
    element,
    () => buttons,
    (button) => button.click(),
  );

  function choose(choice: Segment<Value>): void {
    if (buttons.find((button) => button.dataset.value === choice.value)?.getAttribute('aria-checked') === 'true')
      return;
    show(choice.value);
    onChange(choice.value);
  }

  /** Shows as chosen; of a value that is not among them, none is. */
  function show(chosen: Value | undefined): void {
    for (const button of buttons) button.setAttribute('aria-checked', String(button.dataset.value === chosen));
    stops.stopAt(buttons.find((button) => button.dataset.value === chosen) ?? buttons[0]);
  }

  /** Takes a choice out, with the reason, or lets it in again. */
  function disable(choice: Value, reason: string | undefined): void {
    const button = buttons.find((one) => one.dataset.value === choice);
    if (button === undefined) return;
    button.disabled = reason !== undefined;
    button.title = reason ?? '';
  }

  show(value);
  return { element, show, disable };
}

/** The bold text must not move its neighbours: room for it is always kept. */
function words(text: string, className = ''): HTMLElement {
  return el('span', { class: `tb-steady ${className}`, 'data-text': text }, text);
}
