import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { openLedger } from '../../src/ledger/ledger.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { told } from './kill-world.ts';

/** What a scan onto a full disk came to, and the one after there was room again. */
export interface FullDiskReport {
  /** What the person is told. */
  readonly message: string;
  readonly check: unknown;
  readonly told: string;
}

/** Scans a machine's logs into a ledger on a disk that is nearly full, then makes room and scans again. */
async function meetFullDisk(machine: Machine, freeBytes: number): Promise<FullDiskReport> {
  const disk = machine.env.TOKENBOARD_DATA_DIR ?? '';
  const ballast = `${disk}/ballast`;
  mkdirSync(disk, { recursive: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes), 1));
  const message = await scanOnce(machine);
  rmSync(ballast);
  const again = openLedger(machine);
  const check = again.database.prepare('PRAGMA integrity_check').get()?.integrity_check;
  await scan(again, machine, readers);
  const found = told(again);
  again.close();
  return { message, check, told: found };
}

async function scanOnce(machine: Machine): Promise<string> {
  const ledger = openLedger(machine);
  try {
    await scan(ledger, machine, readers);
    return ledger.notices.join(' ');
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return error.message;
  } finally {
    ledger.close();
  }
}

const [machine = '{}', freeBytes = '0'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await meetFullDisk(JSON.parse(machine) as Machine, Number(freeBytes))));
