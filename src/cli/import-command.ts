import { resolve } from 'node:path';
import { importCursor } from '../ledger/import-cursor.ts';
import { importLedger } from '../ledger/import-ledger.ts';
import { openLedger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { machineOf } from '../ledger/machine.ts';
import type { Imported } from '../ledger/take-in.ts';
import { exact } from '../usage/format.ts';
import type { Arguments } from './arguments.ts';
import { tell } from './counting.ts';
import { homeAsked } from './home-asked.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard import FILE...`: each file whole or not at all; one that cannot be taken in does not keep back the others. */
export async function importCommand(asked: Arguments): Promise<number> {
  const isCursor = asked.words[0] === 'cursor';
  const files = isCursor ? asked.words.slice(1) : asked.words;
  if (isCursor && files.length === 0)
    throw new UsageError("'tokenboard import cursor' needs a file: the usage file (CSV) of your Cursor account.");
  if (files.length === 0) throw new UsageError("'tokenboard import' needs a file: an export or a ledger.");
  if (files.includes('-')) throw new UsageError("'tokenboard import' reads files; - is none.");
  const ledger = openLedger(machineOf(homeAsked(asked)));
  let code = 0;
  try {
    tell(ledger.notices);
    for (const name of files) {
      try {
        const imported = await (isCursor ? importCursor : importLedger)(ledger, resolve(name), {
          evenForgotten: asked.is('forgotten'),
        });
        print(linesOn(name, imported));
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        tell([error.message]);
        code = 1;
      }
    }
  } finally {
    ledger.close();
  }
  return code;
}

function linesOn(name: string, { requests, added, forgotten }: Imported): string[] {
  const known = requests - added - forgotten;
  return [
    `${harmless(name)}: ${counted(requests, 'request')}, ${exact(added)} of them new, ${exact(known)} known already.`,
    ...(forgotten > 0
      ? [`${counted(forgotten, 'request')} left out, as you had them forgotten here; --forgotten takes them in.`]
      : []),
  ];
}
