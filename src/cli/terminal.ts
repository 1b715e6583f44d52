import type { Paint } from './table.ts';

/** What the command writes to. */
export interface Terminal {
  /** Columns that a line may take. */
  readonly width: number;
  readonly paint: Paint;
}

/** Standard output: as wide as the terminal, else as `$COLUMNS` says, else 80; colours on a terminal only, and never with `$NO_COLOR`. */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const told = Number(env.COLUMNS);
  const width = stream.isTTY && stream.columns > 0 ? stream.columns : told >= 20 ? Math.floor(told) : 80;
  const colours = stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  return { width, paint: colours ? painted : (text) => text };
}

function painted(text: string, style: 'strong' | 'faint'): string {
  return style === 'strong' ? `\u001b[1m${text}\u001b[22m` : `\u001b[2m${text}\u001b[22m`;
}
