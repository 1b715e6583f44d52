/** Markup that was made by `html`, and by nothing else. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: texts are escaped; null, undefined and false show nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const made = new WeakSet<object>();

/** Markup with its parts escaped, for element contents and for attribute values in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((text, string, index) => `${text}${markupOf(parts[index - 1])}${string}`);
  return trusted(markup);
}

/** Markup of this project's own that needs no escaping, like an icon. Never of what a person wrote. */
export function trusted(markup: string): Html {
  const one = { markup };
  made.add(one);
  return one;
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) {
    if (!made.has(part)) throw new TypeError('That is no markup.');
    return part.markup;
  }
  return part.map(markupOf).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
