import { constants, setPriority } from 'node:os';
import { exact } from '../usage/format.ts';
import type { Arguments } from './arguments.ts';
import { counting } from './counting.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard scan`: reads what is new and shows nothing of it, for programs that ask the ledger later. */
export function scanCommand(asked: Arguments): Promise<number> {
  if (asked.words[0] !== undefined)
    throw new UsageError(`'tokenboard scan' takes only flags, not '${asked.words[0]}'.`);
  const quiet = asked.is('quiet');
  if (quiet) yieldToOthers();
  return counting(asked, ({ scanned }) => {
    if (quiet || scanned === undefined) return;
    print([`${counted(scanned.files, 'log')}, ${exact(scanned.filesRead)} with something new.`]);
  });
}

/** Nobody waits for it. */
function yieldToOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then it runs like all else.
  }
}
