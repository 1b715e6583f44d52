import assert from 'node:assert/strict';
import { batchBuilder } from '../../src/ledger/batch.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { writer } from '../../src/ledger/writer.ts';
import { loadPrices } from '../../src/pricing/price-list.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { totals, totalsOfRequests } from './contents.ts';
import { newHome } from './home.ts';
import { noon } from './log-lines.ts';

const hour = 3_600_000;
const right = { input: 10, output: 900 };

/** A record of the one request that is told of. */
function record(time: number, output: number, rank: number): UsageEvent {
  const tokens = { input: 10, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  const origin = { session: 's', project: '/home/dev/p', branch: 'main', subagent: false };
  return { kind: 'usage', key: 'k', time, rank, provider: 'anthropic', model: 'claude-opus-4-6', tokens, ...origin };
}

async function writerOf({ database, ...rest }: Ledger): Promise<(events: readonly UsageEvent[]) => void> {
  const target = writer(
    { database, ...rest },
    await loadPrices(),
    () => noon + 24 * hour,
    () => undefined,
  );
  return (events) => {
    const batch = batchBuilder();
    for (const event of events) batch.add(event, 'claude-code', 0, 1);
    target.take(batch.finish([]));
    target.flush();
  };
}

function check(ledger: Ledger): void {
  const { events, input, output } = totals(ledger);
  assert.deepEqual({ events, input, output }, { events: 1, ...right });
  assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
  const times = ledger.database.prepare('SELECT time FROM event').all();
  assert.deepEqual(times.map(Object.values), [[noon - 2 * hour]]);
}

describe('a request whose records come out of order', () => {
  it('counts once at its earliest time, in a first scan as in a later one', async () => {
    const ledger = newHome().open();
    const first = await writerOf(ledger);
    first([record(noon, 500, 1)]);
    first([record(noon - 2 * hour, 100, 0)]);
    first([record(noon - hour, 900, 2)]);
    check(ledger);
    const second = await writerOf(ledger);
    second([record(noon, 500, 1)]);
    second([record(noon - hour, 900, 2)]);
    check(ledger);
  });

  it('does so too where the disk refused one of them for a while', async () => {
    const ledger = newHome().open();
    const first = await writerOf(ledger);
    first([record(noon, 500, 1)]);
    ledger.database.exec("CREATE TEMP TRIGGER full AFTER INSERT ON tally BEGIN SELECT RAISE(ABORT, 'no room'); END");
    assert.throws(() => first([record(noon - 2 * hour, 900, 2)]), /no room/);
    ledger.database.exec('DROP TRIGGER temp.full');
    first([record(noon - 2 * hour, 900, 2)]);
    check(ledger);
  });
});
