import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/readers/json.ts';
import { pick, type Shape } from '../../src/readers/pick.ts';

/** What `pick` promises: the parsed value, less all that the shape does not name. */
function pruned(value: Json, shape: Shape): Json {
  if (Array.isArray(value)) return value.map((element: Json) => pruned(element, shape));
  if (value === null || typeof value !== 'object') return value;
  const kept: { [key: string]: Json } = {};
  for (const [name, inside] of Object.entries(value as { [key: string]: Json })) {
    const wanted = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (wanted !== undefined) kept[name] = wanted === true ? inside : pruned(inside, wanted);
  }
  return kept;
}

function pickText(text: string, shape: Shape): Json | undefined {
  const bytes = Buffer.from(text);
  return pick(bytes, 0, bytes.length, shape)?.value;
}

const shape: Shape = { a: true, b: { a: true, c: { d: true } }, ü: true };
const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ü', 'usage', '');
const objects = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e21, 9007199254740991),
    fc.nat(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', '{"a":1}', 'x'.repeat(300), `${'y'.repeat(200)}\\" "`),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(names, tie('value'), { maxKeys: 6 }),
}));

describe('pick', () => {
  it('gives what JSON.parse gives, less what is not wanted', () => {
    fc.assert(
      fc.property(objects.object, fc.constantFrom(undefined, 1, '\t'), (object, space) => {
        const text = JSON.stringify(object, null, space);
        assert.deepEqual(pickText(text, shape), pruned(JSON.parse(text) as Json, shape));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives nothing for an object that is cut anywhere', () => {
    fc.assert(
      fc.property(objects.object, fc.nat(), (object, place) => {
        const bytes = Buffer.from(JSON.stringify(object));
        assert.equal(pick(bytes, 0, place % bytes.length, shape), undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it('says where the next of two glued objects begins', () => {
    const bytes = Buffer.from('{"a":1}{"a":2}');
    const first = pick(bytes, 0, bytes.length, shape);
    assert.deepEqual(first, { value: { a: 1 }, end: 7 });
    assert.deepEqual(pick(bytes, 7, bytes.length, shape)?.value, { a: 2 });
  });

  it('reads names and strings that are written with escapes', () => {
    assert.deepEqual(pickText('{"\\u0061":"\\u00fc\\n"}', shape), { a: 'ü\n' });
  });

  it('takes the last of two fields with one name, as JSON.parse does', () => {
    assert.deepEqual(pickText('{"a":1,"a":2}', shape), { a: 2 });
  });

  it('refuses what is no JSON', () => {
    for (const text of [
      '',
      ' ',
      '{',
      '}',
      '{a:1}',
      '{"a" 1}',
      '{"a":1;}',
      '{"a":tru}',
      '{"a":01}',
      '[1 2]',
      '{"a":1,}',
    ]) {
      assert.equal(pickText(text, shape), undefined, text);
    }
  });

  it('does not take a field of the prototype for a wanted one', () => {
    assert.deepEqual(pickText('{"__proto__":{"a":1},"constructor":2}', shape), {});
  });
});
