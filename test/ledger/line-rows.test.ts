import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyHash } from '../../src/ledger/key-hash.ts';
import { lineKernel } from '../../src/ledger/line-kernel.ts';
import { claudeCode } from '../../src/readers/claude-code.ts';
import type { Json } from '../../src/readers/json.ts';
import type { LogFile, RowEvent } from '../../src/readers/reader.ts';
import type { UsageEvent } from '../../src/usage/usage-event.ts';
import { runs } from './home.ts';
import { claudeLine } from './log-lines.ts';

const { lines } = claudeCode;
assert.ok(lines?.row);
const { line, row, shape, start } = lines;
const { piece, picker } = lineKernel();
const quick = picker(shape);
assert.ok(quick);

const log = (relativePath: string): LogFile => ({
  path: `/logs/${relativePath}`,
  relativePath,
  dir: '/logs',
  modified: 0,
  read: () => undefined,
  list: () => [],
});
const carries = ['p/session.jsonl', 'p/session/subagents/agent-1.jsonl'].map((path) => start(log(path)));

const fields = quick.row(row.columns);
assert.ok(fields);

/** What the quick way says of a line; undefined where it leaves it to the slow one. */
function quickly(text: string, carry: unknown): RowEvent | undefined {
  const end = piece.write(text);
  assert.ok(quick && quick.look(0, end) === end);
  return quick.isPlain() && fields ? row?.line(fields, carry, log('p/session.jsonl'), 0) : undefined;
}

/** The same of the slow one, with the keys hashed. */
function slowly(text: string, carry: unknown): readonly RowEvent[] {
  const found = [...line(JSON.parse(text) as Json, carry, log('p/session.jsonl'), 0)] as readonly UsageEvent[];
  return found.map(({ key, ...event }) => ({ ...event, hash: keyHash(key) }));
}

/** Mostly what the tool writes, now and then anything else. */
function mostly(...usual: readonly Json[]): fc.Arbitrary<Json | undefined> {
  const odd = fc.constantFrom<Json | undefined>(undefined, null, true, -1, 1.5, '', 'ü', 'a\n', '12', [], {}, [
    { a: 1 },
  ]);
  return fc.oneof({ arbitrary: fc.constantFrom(...usual), weight: 14 }, { arbitrary: odd, weight: 1 });
}

const counts = mostly(0, 1, 17, 4000, 999_999_999_999_999);
const rare = (...values: readonly Json[]) => fc.option(mostly(...values), { nil: undefined, freq: 8 });
const split = fc.record({ ephemeral_5m_input_tokens: counts, ephemeral_1h_input_tokens: counts });
const usage = fc.record({
  input_tokens: counts,
  output_tokens: counts,
  cache_read_input_tokens: counts,
  cache_creation_input_tokens: counts,
  cache_creation: fc.oneof(split, mostly({})),
  speed: mostly('fast', 'standard'),
  service_tier: mostly('standard', 'batch', 'flex', 'priority'),
  server_tool_use: fc.option(fc.record({ web_search_requests: counts }), { nil: undefined }),
  iterations: rare([], [{ type: 'advisor_message', model: 'm', input_tokens: 4 }]),
});
const records = fc.record({
  type: mostly('assistant', 'assistant', 'user', 'progress'),
  timestamp: mostly('2026-05-12T12:00:00.000Z', '2026-05-12T12:00:01.250Z', 1778587200000),
  sessionId: mostly('one', 'two'),
  cwd: mostly('/work/a', '/work/b'),
  gitBranch: mostly('main', 'x'),
  requestId: mostly('req_1'),
  isSidechain: mostly(true, false),
  costUSD: rare(0.5, 2),
  forkedFrom: rare({ sessionId: 'zero' }),
  message: fc.oneof(
    fc.record({
      id: mostly('msg_1', 'msg_2'),
      model: mostly('claude-opus-4-6', '<synthetic>'),
      stop_reason: mostly(null, 'end_turn'),
      usage: fc.oneof({ arbitrary: usage, weight: 9 }, mostly({})),
    }),
    mostly({}),
  ),
});

describe('the quick way to understand a line', () => {
  it('says exactly what the slow one says', () => {
    fc.assert(
      fc.property(fc.array(records, { minLength: 1, maxLength: 4 }), fc.constantFrom(...carries), (made, carry) => {
        for (const record of made) {
          const text = JSON.stringify(record);
          const found = quickly(text, carry);
          if (found !== undefined) assert.deepEqual([found], slowly(text, carry));
        }
      }),
      runs(4000),
    );
  });

  it('is taken for all that a tool usually writes', () => {
    for (const [i, carry] of carries.entries()) {
      const event = quickly(claudeLine({ id: `m${i}`, output: 7 }).trim(), carry);
      assert.equal(event?.hash, keyHash(`anthropic:m${i}`));
      assert.equal(event.tokens.output, 7);
    }
  });

  it('leaves a field that is there twice to the slow one', () => {
    const text = claudeLine().trim();
    assert.ok(quickly(text, carries[0]));
    for (const again of ['{"type":"assistant",', `{"message":{"id":"other"},`]) {
      assert.equal(quickly(text.replace('{', again), carries[0]), undefined);
    }
    assert.ok(quickly(text, carries[0]));
  });
});
