import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyHash } from '../../src/ledger/key-hash.ts';
import { lineKernel } from '../../src/ledger/line-kernel.ts';
import { time } from '../../src/readers/json.ts';
import { runs } from './home.ts';

const { piece, picker } = lineKernel();
const quick = picker({ id: true, at: true, inside: { at: true } });
const columns = [['id'], ['at'], ['inside', 'at']];
const fields = quick?.row(columns);
const others = quick?.row([['inside', 'at']]);
assert.ok(quick && fields && others);

function look(object: unknown): boolean {
  const end = piece.write(JSON.stringify(object));
  return quick?.look(0, end) === end && quick.isPlain();
}

const plain = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[\\"\u007f]/.test(text));
const dates = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const written = fc.oneof(
  dates,
  fc.constantFrom('2026-05-12T24:00:00.000Z', '2026-05-12T23:59:60.000Z', '2026-02-31T10:00:00.000Z', '', '12'),
  fc.constantFrom('2026-05-12 10:00:00.000Z', '2026-05-12T10:00:00.000+', '2026-05-12T1x:00:00.000Z'),
  fc
    .tuple(dates, fc.nat(23), plain)
    .map(([date, at, text]) => `${date.slice(0, at)}${text[0] ?? ''}${date.slice(at + 1)}`),
);

describe('the texts of a row', () => {
  it('have the hash of their key', () => {
    const ids = fc.oneof(plain, fc.constantFrom('x'.repeat(238), 'x'.repeat(239)), fc.constantFrom('a', 'b'));
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 4 }), (made) => {
        for (const id of made) {
          assert.ok(look({ id }));
          assert.equal(fields.key('anthropic:', 0), id === '' ? undefined : keyHash(`anthropic:${id}`));
        }
      }),
      runs(3000),
    );
    assert.ok(look({ id: 'x'.repeat(240) }));
    assert.equal(fields.key('anthropic:', 0), undefined);
    assert.ok(look({ id: 7 }));
    assert.equal(fields.key('anthropic:', 0), undefined);
    assert.ok(look({ id: 'x' }));
    assert.equal(fields.key('another:', 0), undefined, 'the prefix is always the same');
    assert.equal(fields.key('anthropic:', 1), undefined);
  });

  it('have the time that they tell, whichever row asked before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(written, written), { maxLength: 4 }), (made) => {
        for (const [first, second] of made) {
          assert.ok(look({ at: first, inside: { at: second } }));
          for (const [found, text] of [
            [fields.time(1), first],
            [others.time(0), second],
            [fields.time(2), second],
            [fields.time(1), first],
          ] as const) {
            if (found !== undefined) assert.equal(found, time(text));
          }
        }
      }),
      runs(3000),
    );
    assert.ok(look({ at: '2026-05-12T12:34:56.789Z' }));
    assert.equal(fields.time(1), Date.UTC(2026, 4, 12, 12, 34, 56, 789));
    assert.ok(look({ at: '2026-05-12T00:00:00.000Z' }));
    assert.equal(fields.time(1), Date.UTC(2026, 4, 12));
    assert.ok(look({ at: 1_778_587_200_000 }));
    assert.equal(fields.time(1), undefined);
  });
});
