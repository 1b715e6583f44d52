import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { batchBuilder } from '../../src/ledger/batch.ts';
import { forget } from '../../src/ledger/forget.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { type Writer, writer } from '../../src/ledger/writer.ts';
import { loadPrices } from '../../src/pricing/price-list.ts';
import type { Machine } from '../../src/readers/reader.ts';
import { seeded } from '../demo/random.ts';

export interface Writing {
  readonly machine: Machine;
  readonly seed: number;
  readonly now: number;
}

const dayMs = 86_400_000;
const { machine, seed, now } = workerData as Writing;
const random = seeded(seed);
const ledger = openLedger(machine);
const prices = await loadPrices();
let target = newWriter();

/** One for each scan: it remembers ids of names, which may be gone after something was forgotten. */
function newWriter(): Writer {
  return writer(
    ledger,
    prices,
    () => now,
    () => {},
  );
}

/** What one flush of a scan writes: new requests, of old days and of today, and requests that are better known than before. */
function commit(): void {
  const batch = batchBuilder();
  const newest = random.chance(0.5) ? 3 : 400;
  const requests = random.whole(1, 300);
  for (let made = 0; made < requests; made++) {
    const number = random.whole(0, 20_000);
    batch.add(
      {
        kind: 'usage',
        key: `request ${number}`,
        time: now - (number % newest) * dayMs - (number % 1000) * 60_000,
        model: `model-${random.whole(1, 6)}`,
        session: `session ${number % 150}`,
        project: `/home/me/${number % 7}`,
        branch: 'main',
        rank: random.whole(1, 1000),
        tokens: {
          ...{ input: random.whole(0, 5000), output: random.whole(1, 900), cacheRead: random.whole(0, 90_000) },
          ...{ cacheWrite5m: random.whole(0, 3000), cacheWrite1h: 0, reasoning: 0 },
        },
      },
      'claude-code',
      0,
      1,
    );
  }
  target.take(batch.finish([]));
  target.flush();
}

/** Told how many commits to make, it makes them at its own pace and tells when it is done; told 0, it ends. */
parentPort?.on('message', async (commits: number) => {
  if (commits === 0) {
    ledger.close();
    parentPort?.close();
    return;
  }
  for (let made = 0; made < commits; made++) {
    commit();
    if (random.chance(0.05)) {
      forget(ledger, { project: `/home/me/${random.whole(0, 6)}`, until: now - 200 * dayMs });
      target = newWriter();
    }
    if (random.chance(0.7)) await sleep(random.whole(0, 12));
  }
  parentPort?.postMessage('done');
});
