import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchBuilder } from '../../src/ledger/batch.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { machineOf } from '../../src/ledger/machine.ts';
import { scan } from '../../src/ledger/scan.ts';
import { writer } from '../../src/ledger/writer.ts';
import { loadPrices } from '../../src/pricing/price-list.ts';
import { readers } from '../../src/readers/index.ts';
import type { ToolId } from '../../src/usage/tool-id.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { type Random, seeded } from '../demo/random.ts';
import { installedOnce } from '../workbench/cache-folder.ts';
import { say } from '../workbench/say.ts';

/** A home whose ledger holds many requests and whose logs are gone. */
export interface LargeLedger {
  readonly home: string;
  readonly events: number;
  readonly days: number;
  /** The time of the latest request, epoch milliseconds. */
  readonly end: number;
}

const dayMs = 86_400_000;
const batchEvents = 50_000;

const models: Readonly<Partial<Record<ToolId, readonly string[]>>> = {
  'claude-code': ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'],
  codex: ['gpt-5.1-codex', 'gpt-5.2'],
  'gemini-cli': ['gemini-3-pro-preview'],
  opencode: ['claude-sonnet-4-5'],
};

/** A ledger of so many requests that end now; kept between runs as long as the ledger's sources are the same. */
export async function largeLedger(events: number, days: number): Promise<LargeLedger> {
  const folder = await installedOnce(`bench-ledger-${events}-${days}-${sourcesHash()}`, async (partial) => {
    const began = performance.now();
    const end = await fill(join(partial, 'home'), events, days);
    writeFileSync(join(partial, 'ledger.json'), JSON.stringify({ end }));
    say(
      `  a ledger of ${events} requests in ${days} days, made in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
  });
  const { end } = JSON.parse(readFileSync(join(folder, 'ledger.json'), 'utf8'));
  return { home: join(folder, 'home'), events, days, end };
}

async function fill(home: string, events: number, days: number): Promise<number> {
  const end = Date.now();
  const machine = machineOf(home);
  const ledger = openLedger(machine);
  try {
    const target = writer(ledger, await loadPrices(), Date.now, () => {});
    let batch = batchBuilder();
    let inBatch = 0;
    for (const { event, tool } of requests(events, end - days * dayMs, end)) {
      const version = readers.find(({ id }) => id === tool)?.version ?? 1;
      if (!batch.add(event, tool, 0, version)) throw new Error(`the ledger refuses ${JSON.stringify(event)}`);
      if (++inBatch < batchEvents) continue;
      target.take(batch.finish([]));
      target.flush();
      batch = batchBuilder();
      inBatch = 0;
    }
    target.take(batch.finish([]));
    target.flush();
    // What the first scan does once for all of the ledger is done.
    await scan(ledger, machine, readers);
  } finally {
    ledger.close();
  }
  return end;
}

/** Sessions of a few requests to a few thousand, most of them in daylight, the last of them still going on. */
function* requests(events: number, from: number, to: number): Iterable<{ event: UsageEvent; tool: ToolId }> {
  const random = seeded(7);
  let made = 0;
  for (let session = 0; made < events; session++) {
    const tool = random.pick<ToolId>([
      ['claude-code', 6],
      ['codex', 2],
      ['gemini-cli', 1],
      ['opencode', 1],
    ]);
    const project = `/home/dev/project-${random.whole(1, 40)}`;
    const branch = random.chance(0.5) ? 'main' : `feature/${random.whole(1, 400)}`;
    const subagent = random.chance(0.2);
    const length = Math.min(events - made, Math.round(10 ** random.between(0.7, 3.3)));
    // The first session ends now, so that there is something today.
    let time = session === 0 ? to - length * 40_000 : daylight(random, from, to - length * 45_000);
    const told = models[tool] ?? [];
    const model = told[random.whole(0, told.length - 1)] ?? 'unknown';
    for (let request = 0; request < length; request++, made++) {
      time += random.whole(2000, 78_000);
      yield {
        tool,
        event: {
          kind: 'usage',
          key: `bench:${made}`,
          time: Math.min(time, to),
          model,
          tokens: {
            input: random.whole(1, 3000),
            output: random.whole(20, 4000),
            cacheRead: random.whole(0, 160_000),
            cacheWrite5m: random.whole(0, 9000),
            cacheWrite1h: 0,
            reasoning: 0,
          },
          session: `session-${session}`,
          project,
          branch,
          subagent,
        },
      };
    }
  }
}

function daylight(random: Random, from: number, to: number): number {
  const time = random.between(from, Math.max(from, to));
  return Math.min(Math.floor(time / dayMs) * dayMs + random.between(7, 20) * 3_600_000, to);
}

/** Tells whether a ledger of the cache is one that this version would have written. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const folder of ['ledger', 'pricing']) {
    const path = join(import.meta.dirname, '../../src', folder);
    for (const name of readdirSync(path).sort()) hash.update(readFileSync(join(path, name)));
  }
  return hash.digest('hex').slice(0, 10);
}
