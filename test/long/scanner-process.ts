import { join } from 'node:path';
import { openLedger } from '../../src/ledger/ledger.ts';
import { scan } from '../../src/ledger/scan.ts';
import { readers } from '../../src/readers/index.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { upgradedReaders } from './upgraded-readers.ts';

/** What a scanner that may be killed is told, as JSON in its first argument. */
export interface ScannerOrder {
  readonly machine: Machine;
  /** Reads in threads. */
  readonly threads: boolean;
  /** Reads with readers of a later version. */
  readonly upgraded: boolean;
}

/** Says `open` when the ledger is, then scans once, waiting for others, and says `done`. */
async function scanAsOrdered({ machine, threads, upgraded }: ScannerOrder): Promise<void> {
  const ledger = openLedger(machine);
  process.stdout.write('open\n');
  const script = upgraded
    ? join(import.meta.dirname, 'upgraded-worker.ts')
    : join(import.meta.dirname, '../../src/ledger/read-worker.ts');
  const { busy } = await scan(ledger, machine, upgraded ? upgradedReaders : readers, {
    workers: threads ? { script, count: 2 } : undefined,
    waitMs: 60_000,
  });
  ledger.close();
  process.stdout.write(busy ? 'busy\n' : 'done\n');
}

await scanAsOrdered(JSON.parse(process.argv[2] ?? '{}') as ScannerOrder);
