import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';

/** Well below the time that a writer waits for another one. */
const pauseMs = 3000;

export interface SlowLedger {
  /** From now on it is written as fast as the machine can. */
  end(): Promise<void>;
}

/**
 * Makes a home's ledger, still empty, one that is slow to write on any machine: after each writing another writer holds it for
 * three seconds. What is under way while logs are counted stays so for long enough to be looked at.
 */
export function slowLedger(home: string): SlowLedger {
  const ledger = openLedger(machineOf(home));
  const { database } = ledger;
  database.exec('PRAGMA busy_timeout = 0');
  const select = database.prepare('PRAGMA data_version');
  const version = () => select.get()?.data_version;
  const ending = new AbortController();
  const { signal } = ending;

  async function hold(): Promise<void> {
    let last = version();
    while (!signal.aborted) {
      // Where somebody writes just now, the turn comes after that.
      if (version() === last || !begun()) await sleep(2);
      else {
        last = version();
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
        database.exec('ROLLBACK');
      }
    }
  }

  function begun(): boolean {
    try {
      database.exec('BEGIN IMMEDIATE');
      return true;
    } catch {
      return false;
    }
  }

  const held = hold();
  return {
    async end() {
      ending.abort();
      await held;
      if (database.isOpen) ledger.close();
    },
  };
}
