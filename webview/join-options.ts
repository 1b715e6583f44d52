import { el } from './dom.ts';

export interface Option {
  readonly value: string;
  readonly title: string;
  readonly hint: string;
  readonly checked: boolean;
  /** Why it cannot be chosen; it can without. */
  readonly barred?: string | undefined;
  readonly onChange: (checked: boolean) => void;
  /** Stands under the hint while it is chosen. */
  readonly more?: Node | undefined;
}

export interface OptionsOptions {
  readonly name: string;
  /** Radios are one choice; boxes are each their own. */
  readonly kind: 'radio' | 'checkbox';
  readonly label: string;
  readonly options: readonly Option[];
}

let groups = 0;

/** Choices with a line of explanation each. */
export function options({ name, kind, label, options: all }: OptionsOptions): HTMLElement {
  const group = `${name}-${++groups}`;
  return el(
    'div',
    { class: 'tb-options', role: kind === 'radio' ? 'radiogroup' : 'group', 'aria-label': label },
    ...all.map((option) => {
      const id = `${group}-${option.value}`;
      const input = el('input', {
        type: kind,
        id,
        name: group,
        value: option.value,
        class: 'tb-option-input',
        'data-key': `${name} ${option.value}`,
        'aria-describedby': `${id}-hint`,
        disabled: option.barred !== undefined,
      });
      input.checked = option.checked;
      input.addEventListener('change', () => option.onChange(input.checked));
      return el(
        'div',
        { class: 'tb-option' },
        input,
        el(
          'div',
          { class: 'tb-option-words' },
          el('label', { for: id, class: option.barred !== undefined && 'tb-muted' }, option.title),
          el('p', { class: 'tb-small tb-muted', id: `${id}-hint` }, option.barred ?? option.hint),
          option.checked ? option.more : undefined,
        ),
      );
    }),
  );
}
