import assert from 'node:assert/strict';
import type { Json } from '../../src/readers/json.ts';
import { type SeenTotals, type SessionTotal, seenBefore, sessionTotal } from '../../src/readers/session-totals.ts';

const begun = Date.UTC(2026, 4, 1, 8);
const hour = 3_600_000;

function total(input: number, output = 0, rest: Partial<SessionTotal> = {}): SessionTotal {
  const tokens = { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };
  return { kind: 'usage', key: 'goose:s', time: begun, model: 'gpt-5.2', tokens, session: 's', ...rest };
}

/** Time, model, input, output and USD of each event. */
function told(seen: SeenTotals, now: SessionTotal, seenAt: number): unknown[] {
  return sessionTotal(seen, now, seenAt).map(({ time, model, tokens, reportedUSD }) => [
    (time - begun) / hour,
    model,
    tokens.input,
    tokens.output,
    ...(reportedUSD === undefined ? [] : [reportedUSD]),
  ]);
}

describe('sums of a session', () => {
  it('are booked at the session’s own time first, then as what was added, when it was seen', () => {
    const seen: SeenTotals = {};
    assert.deepEqual(told(seen, total(100, 10), begun + 30 * hour), [[0, 'gpt-5.2', 100, 10]]);
    const grown = [
      [0, 'gpt-5.2', 100, 10],
      [48, 'gpt-5.2', 50, 0],
    ];
    assert.deepEqual(told(seen, total(150, 10), begun + 48 * hour), grown);
    assert.deepEqual(told(seen, total(150, 10), begun + 50 * hour), grown, 'told again');
    assert.deepEqual(told(seen, total(120, 5), begun + 51 * hour), grown, 'an older copy');
  });

  it('give an event a quarter of an hour and model, that grows while it lasts', () => {
    const seen: SeenTotals = {};
    told(seen, total(100), begun);
    told(seen, total(110), begun + hour);
    told(seen, total(130), begun + hour + 60_000);
    told(seen, total(137, 0, { model: 'claude-haiku-4-5' }), begun + hour + 120_000);
    const events = sessionTotal(seen, total(137, 0, { model: 'claude-haiku-4-5' }), begun + 2 * hour);
    assert.deepEqual(
      events.map(({ model, tokens, rank }) => [model, tokens.input, rank]),
      [
        ['gpt-5.2', 100, 100],
        ['gpt-5.2', 30, 30],
        ['claude-haiku-4-5', 7, 7],
      ],
    );
    assert.equal(new Set(events.map(({ key }) => key)).size, 3);
  });

  it('tell money that was added alone with the last request', () => {
    const seen: SeenTotals = {};
    told(seen, total(100, 0, { reportedUSD: 0.1 }), begun);
    assert.deepEqual(told(seen, total(100, 0, { reportedUSD: 0.25 }), begun + hour), [[0, 'gpt-5.2', 100, 0, 0.25]]);
  });

  it('are known to a newer version of a reader, and what another left in a carry does no harm', () => {
    const seen: SeenTotals = {};
    told(seen, total(100, 10), begun);
    const before = sessionTotal(seen, total(150, 10), begun + 48 * hour);
    const carried = JSON.parse(JSON.stringify(seen)) as Json;
    assert.deepEqual(sessionTotal(seenBefore(carried), total(150, 10), begun + 99 * hour), before);
    for (const odd of [
      undefined,
      null,
      7,
      [],
      { 'goose:s': 7 },
      { 'goose:s': [{ name: 'x', figures: [1] }, null] },
    ] as Json[])
      assert.deepEqual(told(seenBefore(odd), total(5), begun), [[0, 'gpt-5.2', 5, 0]]);
  });
});
