import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Batch, batchBuilder, type LogOutcome } from '../../src/ledger/batch.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { logTable } from '../../src/ledger/log-table.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { scan } from '../../src/ledger/scan.ts';
import { indexKeys } from '../../src/ledger/schema.ts';
import { inTransaction } from '../../src/ledger/transaction.ts';
import { writer } from '../../src/ledger/writer.ts';
import { loadPrices } from '../../src/pricing/price-list.ts';
import { readers } from '../../src/readers/index.ts';
import type { ToolId } from '../../src/usage/tool-id.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { installedOnce } from '../workbench/cache-folder.ts';
import { say } from '../workbench/say.ts';

/** A request, and the log that told of it, which is gone; none where it has no path. */
export interface MadeUpRequest {
  readonly tool: ToolId;
  readonly event: UsageEvent;
  readonly logPath?: string;
}

/** A home whose ledger was filled without any logs. */
export interface FilledLedger {
  readonly home: string;
  /** The time up to which requests were made up, epoch milliseconds. */
  readonly end: number;
}

const batchEvents = 50_000;
/** As in the ledger of a person who has used a tool for a while. */
const carry = '{"model":"claude-sonnet-4-5","session":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","total":[1,2,3,4,5,6]}';

/** A ledger with made-up requests that end now; kept between runs as long as the sources of it and of the ledger are the same. */
export async function filledLedger(
  name: string,
  source: string,
  requests: (end: number) => Iterable<MadeUpRequest>,
): Promise<FilledLedger> {
  const folder = await installedOnce(`${name}-${sourcesHash(source)}`, async (partial) => {
    const began = performance.now();
    const end = Date.now();
    const made = await fill(join(partial, 'home'), requests(end));
    writeFileSync(join(partial, 'ledger.json'), JSON.stringify({ end }));
    say(`  a ledger of ${made} requests, made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  });
  const { end } = JSON.parse(readFileSync(join(folder, 'ledger.json'), 'utf8'));
  return { home: join(folder, 'home'), end };
}

async function fill(home: string, requests: Iterable<MadeUpRequest>): Promise<number> {
  const machine = machineOf(home);
  const ledger = openLedger(machine);
  try {
    const table = logTable(ledger.database);
    const target = writer(ledger, await loadPrices(), Date.now, table.save);
    const versions = new Map(readers.map(({ id, version }) => [id, version]));
    const logs = new Map<string, number>();
    let outcomes: LogOutcome[] = [];
    let batch = batchBuilder();
    let made = 0;

    function logOf(tool: ToolId, path: string): number {
      let log = logs.get(path);
      if (log === undefined) {
        const found = { tool, kind: 'lines', path, relativePath: basename(path), dir: home } as const;
        log = table.insert({ ...found, size: 0, mtimeMs: 0, inode: 0 });
        logs.set(path, log);
        outcomes.push(readOnce(log, versions.get(tool) ?? 1));
      }
      return log;
    }

    function flush(): void {
      const full: Batch = batch.finish(outcomes);
      target.take(full);
      target.flush();
      batch = batchBuilder();
      outcomes = [];
    }

    for (const { event, tool, logPath } of requests) {
      const log = logPath === undefined ? 0 : logOf(tool, logPath);
      if (!batch.add(event, tool, log, versions.get(tool) ?? 1)) {
        throw new Error(`the ledger refuses ${JSON.stringify(event)}`);
      }
      if (++made % batchEvents === 0) flush();
    }
    flush();
    // The ledger of somebody who goes on: later readings have found requests by their keys.
    inTransaction(ledger.database, () => indexKeys(ledger.database));
    // What the first scan does once for all of the ledger is done.
    await scan(ledger, machine, readers);
    return made;
  } finally {
    ledger.close();
  }
}

/** A log of some megabytes that was read to its end; each has an inode of its own. */
function readOnce(log: number, version: number): LogOutcome {
  const size = 1_000_000 + ((log * 7919) % 5_000_000);
  const read = { size, mtimeMs: 1.6e12 + log * 3_000_000, inode: 5e9 + log, offset: size, head: log, tail: -log };
  const state = { ...read, carry, version };
  return { log, state, fromStart: true, bytesRead: size, skipped: {}, problem: undefined };
}

/** Tells whether a ledger of the cache is one that this version would have written. */
function sourcesHash(source: string): string {
  const hash = createHash('sha256')
    .update(readFileSync(source))
    .update(readFileSync(import.meta.filename));
  for (const folder of ['ledger', 'pricing']) {
    const path = join(import.meta.dirname, '../../src', folder);
    for (const name of readdirSync(path).sort()) hash.update(readFileSync(join(path, name)));
  }
  return hash.digest('hex').slice(0, 10);
}
