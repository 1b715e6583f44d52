import { resolve } from 'node:path';
import { exportLedger } from '../ledger/export-ledger.ts';
import { compact } from '../usage/format.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { fileSize } from './progress.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard export FILE`: all that was counted, up to now, in a file. */
export async function exportCommand(asked: Arguments): Promise<number> {
  const [name, further] = asked.words;
  if (name === undefined) throw new UsageError("'tokenboard export' needs the name of a file to write.");
  if (further !== undefined) throw new UsageError(`'tokenboard export' writes one file, not also '${further}'.`);
  if (name === '-') throw new UsageError("'tokenboard export' writes a file; - is none.");
  const file = resolve(name);
  return await counting(asked, ({ ledger }) => {
    const { requests, tokens, bytes } = exportLedger(ledger, file, asked.is('force'));
    print([
      `Wrote ${counted(requests, 'request')} with ${compact(tokens)} tokens to ${harmless(file)}, ${fileSize(bytes)}.`,
      'It names your project folders, branches and sessions; of what was said there it holds nothing.',
      'Only you can read it.',
    ]);
  });
}
