import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What stands in a place that is too large: one long text, or very many small values. */
export type Padding = 'text' | 'arrays';

/** In a JSON text, the place for what is too large. */
export const gap = '"@"';

/** Writes a JSON text with so many megabytes in its gap, in pieces, so that this process stays small. */
export function writePadded(path: string, json: string, padding: Padding, megabytes: number, behind = ''): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  const [before = '', after = ''] = json.split(gap);
  const [open, unit, close] = padding === 'text' ? ['"', 'y', '"'] : ['[', '[],', '[]]'];
  const piece = Buffer.from(unit.repeat(Math.floor(1e6 / unit.length)));
  writeSync(file, before + open);
  for (let written = 0; written < megabytes; written++) writeSync(file, piece);
  writeSync(file, close + after + behind);
  closeSync(file);
}
