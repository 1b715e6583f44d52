const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text from elsewhere without anything that could steer a terminal or turn its reading direction; lines stay. */
export function plainText(text: string): string {
  return text.replace(controls, (character) => (character === '\n' ? '\n' : character === '\t' ? ' ' : ''));
}
