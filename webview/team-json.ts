import { el } from './dom.ts';
import { t } from './l10n.ts';

const pieces = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/**
 * JSON as it is, with its parts in colours: the text of the element is the very text given. Where that has no line breaks,
 * each cell begins a line of its own on the screen.
 */
export function jsonView(json: string, label = t('The upload as JSON')): HTMLElement {
  const oneLine = !json.includes('\n');
  const parts = oneLine ? json.split(/(?=\{"day")|(?<=\})(?=\])/) : [json];
  return el(
    'pre',
    { class: 'tb-json', tabindex: 0, role: 'region', 'aria-label': label },
    ...(parts.length === 1
      ? coloured(json)
      : parts.map((part) => el('span', { class: 'tb-json-line' }, ...coloured(part)))),
  );
}

/** A line may end after a comma, and nowhere within a value. */
function breakable(text: string): readonly (Node | string)[] {
  return text.endsWith(',') ? [text, el('wbr')] : [text];
}

function coloured(text: string): readonly (Node | string)[] {
  const made: (Node | string)[] = [];
  let end = 0;
  for (const found of text.matchAll(pieces)) {
    const [, string, colon, number, word] = found;
    const piece = string ?? number ?? word;
    if (piece === undefined) continue;
    const kind =
      string !== undefined ? (colon === undefined ? 'string' : 'name') : number === undefined ? 'word' : 'number';
    if (found.index > end) made.push(...breakable(text.slice(end, found.index)));
    made.push(el('span', { class: `tb-json-${kind}` }, piece));
    end = found.index + piece.length;
  }
  if (end < text.length) made.push(...breakable(text.slice(end)));
  return made;
}
