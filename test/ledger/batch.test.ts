import assert from 'node:assert/strict';
import { batchBuilder } from '../../src/ledger/batch.ts';
import { KEY, OUTPUT, WIDTH } from '../../src/ledger/records.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';

const request = (n: number, output: number): UsageEvent => ({
  kind: 'usage',
  key: `request ${n}`,
  time: 1_778_587_200_000,
  model: 'm',
  session: 's',
  tokens: { input: 1, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 },
  rank: output,
});

describe('a batch', () => {
  it('keeps every request once, however many there are, and begins anew when told to', () => {
    const builder = batchBuilder();
    for (const count of [5000, 3, 0, 9000]) {
      for (let record = 0; record < 3; record++) {
        for (let n = 0; n < count; n++) assert.ok(builder.add(request(n, n + record), 'codex', 1, 1));
      }
      const { records, series, origins } = builder.finish([]);
      builder.clear();
      assert.equal(records.rows, count);
      assert.deepEqual([series.length, origins.length], count === 0 ? [0, 0] : [1, 1]);
      const { data } = records;
      for (let n = 0; n < count; n++) assert.equal(data[n * WIDTH + OUTPUT], n + 2);
      assert.equal(new Set(Array.from({ length: count }, (_, n) => data[n * WIDTH + KEY])).size, count);
    }
  });
});
