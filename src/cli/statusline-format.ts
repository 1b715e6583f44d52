import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What may stand in braces in a format. */
export const placeholders = [
  'tokens',
  'fresh',
  'cost',
  'requests',
  'session.tokens',
  'session.fresh',
  'session.cost',
  'branch',
  'branch.tokens',
  'branch.fresh',
  'branch.cost',
  'limit',
  'limit.5h',
  'limit.5h.reset',
  'limit.week',
  'limit.week.reset',
  'model',
  'context',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** The value of a placeholder; empty where there is none. */
export type ValueOf = (placeholder: Placeholder) => string;

/** The line without `--format`. */
export const defaultFormat = '{tokens} today · {fresh} fresh · ≈ {cost} list price · {limit}';

/** A part of a format between two separators. */
interface Part {
  /** What stands before it: ` · `. */
  readonly separator: string;
  /** Texts and placeholders by turns, a text first. */
  readonly pieces: readonly string[];
}

/** A line in which placeholders stand. */
export interface Format {
  /** The line with values in their place; a part between ` · ` or ` | ` is left out where none of its placeholders has one. */
  fill(values: ValueOf): string;
}

/** Reads a format; a placeholder that there is not is a UsageError. */
export function readFormat(text: string): Format {
  const [first = '', ...rest] = text.split(/(\s[·|]\s)/);
  const parts = [partOf('', first)];
  for (let index = 0; index < rest.length; index += 2) parts.push(partOf(rest[index] ?? '', rest[index + 1] ?? ''));
  return {
    fill(values) {
      let line = '';
      for (const { separator, pieces } of parts) {
        const texts = pieces.map((piece, index) => (index % 2 === 0 ? piece : values(piece as Placeholder)));
        if (pieces.length > 1 && texts.every((text, index) => index % 2 === 0 || text === '')) continue;
        line += (line === '' ? '' : separator) + texts.join('');
      }
      return line.trim();
    },
  };
}

function partOf(separator: string, text: string): Part {
  const pieces = text.split(/\{([^{}]*)\}/);
  for (let index = 1; index < pieces.length; index += 2) check(pieces[index] ?? '');
  return { separator, pieces };
}

function check(name: string): void {
  if ((placeholders as readonly string[]).includes(name)) return;
  const near = nearest(name, placeholders);
  const hint = near === undefined ? "see 'tokenboard statusline --help'." : `did you mean {${near}}?`;
  throw new UsageError(`--format has {${name}}, which stands for nothing; ${hint}`);
}
