const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const noWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A name from a log, made harmless for a terminal: control characters become `?`. */
export function harmless(text: string): string {
  return text.replace(controls, '?');
}

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** A text of at most so many columns; what is cut at its end or its start becomes `…`. */
export function shorten(text: string, width: number, cut: 'start' | 'end'): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  const characters = cut === 'start' ? [...text].reverse() : [...text];
  const kept: string[] = [];
  let left = width - 1;
  for (const character of characters) {
    left -= widthOfCharacter(character);
    if (left < 0) break;
    kept.push(character);
  }
  return cut === 'start' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** Lines of at most so many columns, broken between words; a text's own indentation stays. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const [own = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(own.length).split(' ')) {
    if (line === '') {
      line = own + word;
    } else if (widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += ` ${word}`;
    }
  }
  return [...lines, line];
}

function widthOfCharacter(character: string): number {
  if (character < '\u0300') return 1;
  if (noWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
