import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kernelModule, type LinePicker, lineKernel, plainKernel } from '../../src/ledger/line-kernel.ts';
import { wasmKernel } from '../../src/ledger/wasm-kernel.ts';
import type { Json } from '../../src/readers/json.ts';
import { type Picked, pick, type Shape } from '../../src/readers/pick.ts';
import { runs } from './home.ts';

const longName = 'a_name_of_just_thirty_two_letters';
const shape: Shape = {
  a: true,
  b: { a: true, c: { d: true, e: { a: true } } },
  usage: { input_tokens: true, [longName.slice(0, 32)]: true, ephemeral_5m_input_tokens: true },
};
const names = fc.constantFrom(
  'a',
  'b',
  'c',
  'd',
  'e',
  'ü',
  'usage',
  'input_tokens',
  longName,
  longName.slice(0, 32),
  '',
);
const texts = fc.oneof(
  fc.constantFrom('same', 'x'.repeat(15), 'x'.repeat(16), 'y'.repeat(239), 'y'.repeat(240), 'z'.repeat(5000), ''),
  fc.constantFrom('"', '\\', '\\\\"', '{"a":1}', `${'y'.repeat(200)}\\" "`, '\u007f', 'ü', '\n'),
  fc.string({ unit: 'binary' }),
);
const objects = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 9007199254740991, 999999999999999),
    fc.nat(),
    texts,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(names, tie('value'), { maxKeys: 6 }),
}));
/** Several objects under one wanted name: their fields come more than once on a line. */
const repeated = fc.record({ b: fc.array(fc.dictionary(names, texts, { maxKeys: 4 }), { maxLength: 4 }) });
const spaces = fc.constantFrom(undefined, 1, '\t');

const kernel = lineKernel();
const found = kernel.picker(shape);
assert.ok(found, 'this machine has no kernel');
const picker: LinePicker = found;

/** What the quick way gives, as `pick` would. */
function quickly(start: number, end: number): Picked | undefined {
  const behind = picker.look(start, end);
  const value = behind < 0 ? undefined : picker.value();
  return value === undefined ? undefined : { value, end: behind };
}

/** Puts bytes at a place in the piece, with what could be mistaken for more of them behind. */
function putText(text: string, at: number): number {
  const end = at + kernel.piece.write(text, at);
  kernel.piece.write('"}]}}}}\\,"', end);
  return end;
}

describe('the quick way to pick', () => {
  it('gives what the slow one gives', () => {
    fc.assert(
      fc.property(fc.oneof(objects.object, repeated), spaces, fc.nat(40), (object, space, at) => {
        const end = putText(JSON.stringify(object, null, space), at);
        const slow = pick(kernel.piece, at, end, shape);
        const quick = quickly(at, end);
        if (quick !== undefined) assert.deepEqual(quick, slow);
        // Only escapes in names are left to the slow way, and what is deeper than any log.
        else assert.match(kernel.piece.toString('utf8', at, end), /\\/);
      }),
      runs(5000),
    );
  });

  it('finds the end of every string, however many escapes stand anywhere in it', () => {
    const part = fc.oneof(
      fc.constantFrom('\\', '"', '\\\\', '\\"', '\n', 'a', 'ü'),
      fc.nat(40).map((length) => 'x'.repeat(length)),
      fc.nat(70).map((length) => '\\'.repeat(length)),
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, fc.nat(40), (first, second, at) => {
        const object = { skipped: [first, { [second]: first }], usage: { input_tokens: 7 }, z: second, a: first };
        const end = putText(JSON.stringify(object), at);
        const slow = pick(kernel.piece, at, end, shape);
        assert.deepEqual(slow?.value, { usage: { input_tokens: 7 }, a: first });
        assert.deepEqual(quickly(at, end), slow);
      }),
      runs(4000),
    );
  });

  it('gives nothing for an object that is cut anywhere', () => {
    fc.assert(
      fc.property(objects.object, fc.nat(), (object, place) => {
        const text = Buffer.from(JSON.stringify(object));
        putText(text.toString(), 0);
        assert.equal(quickly(0, place % text.length), undefined);
      }),
      runs(5000),
    );
  });

  it('never gives anything else than the slow one for text that is changed at random', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.constantFrom(...Buffer.from('"\\{}[]:, \n0a')) });
    fc.assert(
      fc.property(objects.object, fc.array(change, { minLength: 1, maxLength: 3 }), (object, changes) => {
        const end = putText(JSON.stringify(object), 0);
        for (const { at, byte } of changes) kernel.piece[1 + (at % end)] = byte;
        const quick = quickly(0, end);
        if (quick !== undefined) assert.deepEqual(quick, pick(kernel.piece, 0, end, shape));
      }),
      runs(5000),
    );
  });

  it('keeps apart what fields have said before', () => {
    const lines = [
      '{"a":"one","b":{"a":"one"}}',
      '{"a":"two","b":{"a":"one"}}',
      '{"a":"one","b":{"a":"two',
      '{"a":"one"}',
    ];
    const found = [...lines, ...lines].map((line) => quickly(0, putText(line, 0))?.value);
    const round = [{ a: 'one', b: { a: 'one' } }, { a: 'two', b: { a: 'one' } }, undefined, { a: 'one' }];
    assert.deepEqual(found, [...round, ...round]);
  });

  it('leaves what is too deep to the slow way', () => {
    for (const depth of [30, 63, 64, 65, 100]) {
      const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)},"b":{"a":1}}`;
      const quick = quickly(0, putText(text, 0));
      if (depth <= 64) assert.deepEqual(quick, pick(Buffer.from(text), 0, text.length, shape));
      else assert.equal(quick, undefined);
    }
  });

  it('has no way for shapes that it cannot hold', () => {
    assert.equal(kernel.picker({ ü: true }), undefined);
    assert.equal(kernel.picker({ [`${longName}!`]: true }), undefined);
    const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`name${i}`, true as const]));
    const full = wasmKernel(kernelModule());
    assert.equal(full?.picker(wide), undefined);
    assert.ok(full?.picker({ a: true }), 'others still fit');
  });
});

describe('lines in a piece', () => {
  it('are found alike in both ways', () => {
    const plain = plainKernel();
    const bytes = fc
      .array(fc.constantFrom('\n', 'a', '_', '_tok"', '_tokens"', 'x'.repeat(20), '\n\n'), { maxLength: 60 })
      .map((parts) => Buffer.from(`${parts.join('')}\n`));
    const needles = fc
      .constantFrom(undefined, '_tokens"', '_', 'aa', 'x'.repeat(16), 'x'.repeat(17))
      .map((needle) => (needle === undefined ? needle : Buffer.from(needle)));
    fc.assert(
      fc.property(bytes, needles, (text, needle) => {
        const found = [kernel, plain].map((one) => {
          one.piece.write('\n_tokens"aa_\n', text.copy(one.piece));
          const lines: number[][] = [];
          for (let from = 0; from < text.length && one.nextLine(from, text.length, needle); from = one.lineEnd + 1) {
            lines.push([one.lineStart, one.lineEnd]);
          }
          return lines;
        });
        assert.deepEqual(found[0], found[1]);
        const all = text.toString().split('\n').slice(0, -1);
        assert.equal(
          found[0]?.length,
          all.filter((line) => needle === undefined || line.includes(needle.toString())).length,
        );
      }),
      runs(3000),
    );
  });
});
