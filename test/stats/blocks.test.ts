import assert from 'node:assert/strict';
import { blocksOf } from '../../src/stats/blocks.ts';

const quarterOf = (iso: string): number => Date.parse(iso) / 900_000;
const blocks = (...isos: string[]) => {
  const blockOf = blocksOf(isos.map(quarterOf));
  return isos.map((iso) => new Date(blockOf(quarterOf(iso))).toISOString());
};

describe('blocks', () => {
  it('start at the UTC hour of their first use', () => {
    assert.deepEqual(blocks('2026-05-12T08:45Z'), ['2026-05-12T08:00:00.000Z']);
  });

  it('last five hours from there, whenever the last use was', () => {
    assert.deepEqual(blocks('2026-05-12T08:45Z', '2026-05-12T12:45Z', '2026-05-12T13:00Z'), [
      '2026-05-12T08:00:00.000Z',
      '2026-05-12T08:00:00.000Z',
      '2026-05-12T13:00:00.000Z',
    ]);
  });

  it('do not follow a fixed raster', () => {
    assert.deepEqual(blocks('2026-05-12T08:00Z', '2026-05-12T15:30Z', '2026-05-12T20:00Z'), [
      '2026-05-12T08:00:00.000Z',
      '2026-05-12T15:00:00.000Z',
      '2026-05-12T20:00:00.000Z',
    ]);
  });

  it('do not depend on the order of the tallies', () => {
    const [late, early] = blocks('2026-05-12T12:00Z', '2026-05-12T08:00Z');
    assert.equal(late, early);
  });
});
