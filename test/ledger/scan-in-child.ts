import { openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { scan } from '../../src/ledger/scan.ts';
import { modelTallies } from '../../src/ledger/tallies.ts';
import { readers } from '../../src/readers/index.ts';

/** What a scan in a process of its own came to, as it prints it. */
export interface ChildReport {
  readonly busy: boolean;
  readonly filesRead: number;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  readonly notices: readonly string[];
  readonly output: number;
}

/** Scans a home and prints what was found: `node scan-in-child.ts HOME WAIT_MS [USER_ID]`. */
const [home = '', waitMs = '0', user] = process.argv.slice(2);
if (user !== undefined) {
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
const machine = machineOf(home);
const ledger = openLedger(machine);
const { busy, filesRead, problems } = await scan(ledger, machine, readers, { waitMs: Number(waitMs) });
const output = modelTallies(ledger).reduce((sum, tally) => sum + tally.output, 0);
const report: ChildReport = { busy, filesRead, problems, notices: ledger.notices, output };
process.stdout.write(JSON.stringify(report));
ledger.close();
