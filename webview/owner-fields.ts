import { el } from './dom.ts';

let fields = 0;

export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  /** Names it for what has the focus. */
  readonly name: string;
}

/** A field with its label above and a hint below. */
export function field<Control extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
  { label, hint, name }: FieldOptions,
  control: Control,
): HTMLElement {
  const id = `field-${++fields}`;
  control.id = id;
  control.dataset.key = `field ${name}`;
  if (hint !== undefined) control.setAttribute('aria-describedby', `${id}-hint`);
  return el(
    'div',
    { class: 'tb-field' },
    el('label', { class: 'tb-field-label', for: id }, label),
    control,
    hint === undefined ? undefined : el('p', { class: 'tb-small tb-muted', id: `${id}-hint` }, hint),
  );
}

export function lineInput(value: string, maxlength: number, onInput: (text: string) => void): HTMLInputElement {
  const made = el('input', { type: 'text', class: 'tb-input', maxlength, autocomplete: 'off' });
  made.value = value;
  made.addEventListener('input', () => onInput(made.value));
  return made;
}

/** A line whose name only screen readers are told. */
export function namedInput(label: string, value: string, onInput: (text: string) => void): HTMLInputElement {
  const made = lineInput(value, 400, onInput);
  made.setAttribute('aria-label', label);
  return made;
}

export function textInput(value: string, maxlength: number, onInput: (text: string) => void): HTMLTextAreaElement {
  const made = el('textarea', { class: 'tb-input', maxlength, rows: 3 });
  made.value = value;
  made.addEventListener('input', () => onInput(made.value));
  return made;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A whole number within a range; what lies outside is brought inside when it is left. */
export function numberInput(value: number, { min, max }: Range, onInput: (value: number) => void): HTMLInputElement {
  const made = el('input', { type: 'number', class: 'tb-input tb-input-number', min, max, step: 1 });
  made.value = String(value);
  const within = () => Math.min(max, Math.max(min, Math.round(Number(made.value) || min)));
  made.addEventListener('input', () => onInput(within()));
  made.addEventListener('change', () => {
    made.value = String(within());
  });
  return made;
}

export interface SelectOptions<Value extends string> {
  readonly choices: readonly { readonly value: Value; readonly text: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function selectInput<Value extends string>({
  choices,
  value,
  onChange,
}: SelectOptions<Value>): HTMLSelectElement {
  const made = el(
    'select',
    { class: 'tb-input tb-select' },
    ...choices.map((choice) => el('option', { value: choice.value, selected: choice.value === value }, choice.text)),
  );
  made.addEventListener('change', () => {
    const chosen = choices.find((choice) => choice.value === made.value);
    if (chosen !== undefined) onChange(chosen.value);
  });
  return made;
}
