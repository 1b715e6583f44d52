import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { icon } from './icon.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeLink(),
  vsCodeOption(),
  vsCodeTextField(),
);

export interface ButtonOptions {
  readonly text: string;
  readonly onClick: () => void;
  /** Default `secondary`. */
  readonly look?: 'primary' | 'secondary';
  /** A codicon's name, before the text. */
  readonly icon?: string;
  /** The name for screen readers where the text says too little. */
  readonly label?: string;
}

/** A push button. */
export function button({ text, onClick, look = 'secondary', icon: sign, label }: ButtonOptions): HTMLElement {
  const made = component('vscode-button', { appearance: look, 'aria-label': label });
  if (sign !== undefined) made.append(icon(sign, 'start'));
  made.append(text);
  made.addEventListener('click', onClick);
  return made;
}

export interface CheckboxOptions {
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A box to tick, with its text. */
export function checkbox({ text, checked, onChange }: CheckboxOptions): HTMLElement {
  const made = component('vscode-checkbox', { checked: checked ? '' : undefined });
  made.append(text);
  made.addEventListener('change', () => onChange((made as unknown as { readonly checked: boolean }).checked));
  return made;
}

export interface DropdownOptions<Value extends string> {
  /** The name for screen readers. */
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly text: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A list of which one is chosen. */
export function dropdown<Value extends string>(options: DropdownOptions<Value>): HTMLElement {
  const made = component('vscode-dropdown', { 'aria-label': options.label });
  for (const { value, text } of options.choices) {
    const option = component('vscode-option', { value, selected: value === options.value ? '' : undefined });
    option.append(text);
    made.append(option);
  }
  made.addEventListener('change', () => {
    const { value } = made as unknown as { readonly value: string };
    const choice = options.choices.find((one) => one.value === value);
    if (choice !== undefined) options.onChange(choice.value);
  });
  return made;
}

export interface TextFieldOptions {
  /** The name for screen readers. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** Called with each key. */
  readonly onInput: (value: string) => void;
  /** A codicon's name, at the start. */
  readonly icon?: string;
}

/** A line to type in. */
export function textField({ label, placeholder, value, onInput, icon: sign }: TextFieldOptions): HTMLElement {
  const made = component('vscode-text-field', { 'aria-label': label, placeholder, value });
  if (sign !== undefined) made.append(icon(sign, 'start'));
  keepName(made, label);
  made.addEventListener('input', () => onInput((made as unknown as { readonly value: string }).value));
  return made;
}

/** A link to a page outside. */
export function link(text: string, address: string): HTMLElement {
  const made = component('vscode-link', { href: address });
  made.append(text);
  return made;
}

/** The toolkit's text field calls itself "Text field" whenever it comes into the page. */
function keepName(made: HTMLElement, name: string): void {
  const observer = new MutationObserver(() => {
    if (made.getAttribute('aria-label') !== name) made.setAttribute('aria-label', name);
  });
  observer.observe(made, { attributeFilter: ['aria-label'] });
}

function component(name: string, attributes: Readonly<Record<string, string | undefined>>): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(attribute, value);
  }
  return made;
}
