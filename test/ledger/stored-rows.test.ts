import assert from 'node:assert/strict';
import { eventColumns } from '../../src/ledger/event-store.ts';
import { KEY, LOG, ORIGIN, SERIES, WIDTH } from '../../src/ledger/records.ts';
import { batchesOfRows, type StoredRow } from '../../src/ledger/stored-rows.ts';

const series = ['claude-code', 'codex'].map((tool, index) => ({
  id: 10 + index,
  ...{ tool, provider: '', model: `model-${index}`, tier: '', estimated: index },
}));
const origins = ['a', 'b'].map((session, index) => ({
  id: 20 + index,
  ...{ tool: 'codex', session, project: '/p', branch: 'main', subagent: index, agent: '' },
}));

function event(key: number, changes: Record<string, unknown> = {}): StoredRow {
  const counts = Object.fromEntries(eventColumns.map((column, index) => [column, index]));
  return { ...counts, key, time: 1e12 + key, series: 11, origin: 21, log: 7, ...changes };
}

const limits = [{ tool: 'codex', window_minutes: 300, time: 1e12, used_percent: 40, resets_at: null, plan: 'pro' }];

function read(events: readonly StoredRow[], most?: number) {
  return [...batchesOfRows({ series, origins, events, limits }, most)];
}

/** The requests of all batches, each with its names. */
function requests(batches: ReturnType<typeof read>) {
  return batches.flatMap(({ records: { data, rows }, series, origins }) =>
    Array.from({ length: rows }, (_, row) => {
      const record = data.slice(row * WIDTH, (row + 1) * WIDTH);
      return { record, series: series[record[SERIES] as number], origin: origins[record[ORIGIN] as number] };
    }),
  );
}

const keysOf = (batches: ReturnType<typeof read>) => requests(batches).map(({ record }) => record[KEY]);

describe('the rows of another ledger', () => {
  it('are requests with their names, and of no log that is known here', () => {
    const [found, ...more] = requests(read([event(1)]));
    assert.equal(more.length, 0);
    assert.deepEqual(found?.series, { ...series[1], estimated: true });
    assert.deepEqual(found?.origin, { ...origins[1], subagent: true });
    assert.equal(found?.record[LOG], 0);
    const [other] = requests(read([event(1, { series: 10, origin: 20 })]));
    assert.deepEqual([other?.series?.estimated, other?.origin?.subagent], [false, false]);
  });

  it('are the same in batches of any size', () => {
    const events = [1, 2, 3, 4, 5, 6].map((key) => event(key));
    const whole = requests(read(events));
    for (const [most, sizes] of [
      [1, [1, 1, 1, 1, 1, 1, 0]],
      [4, [4, 2]],
      [6, [6, 0]],
      [100, [6]],
    ] as const) {
      const batches = read(events, most);
      assert.deepEqual(
        batches.map(({ records }) => records.rows),
        sizes,
      );
      assert.deepEqual(requests(batches), whole);
      const told = batches.flatMap((batch) => batch.limits);
      assert.deepEqual([told.length, told[0]?.usedPercent], [1, 40]);
    }
  });

  it('are left out where they cannot be true, or their names are gone', () => {
    const wrong = [
      { input: -1 },
      { output: 1e10 + 1 },
      { cache_read: 0.5 },
      { cache_write_5m: null, time: Number.NaN },
      { cache_write_1h: 'many' },
      { reasoning: 1e300 },
      { time: 1e300 },
      { series: 99 },
      { origin: 99 },
    ];
    const events = wrong.map((changes, index) => event(100 + index, changes));
    assert.deepEqual(keysOf(read([event(1), ...events, event(2)])), [1, 2]);
    assert.deepEqual(
      keysOf(read([event(3, { input: 0 }), event(4, { output: 1e10 }), event(5, { rank: -1 })])),
      [3, 4, 5],
    );
  });
});
