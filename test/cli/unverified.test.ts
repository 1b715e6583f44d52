import assert from 'node:assert/strict';
import { readers } from '../../src/readers/index.ts';
import { casesOf } from '../readers/fixture-cases.ts';
import { fixtureHome } from '../readers/fixture-home.ts';
import { tokenboard } from './command.ts';

const unverified = readers.filter(({ evidence }) => evidence === 'unverified');

describe('tools whose logs nobody has verified', () => {
  for (const { id, title } of unverified)
    it(`are counted only when asked for: ${title}`, async () => {
      const home = fixtureHome(id, casesOf(id)[0] ?? '');
      const tools = async (...flags: string[]): Promise<string[]> => {
        const { code, out } = await tokenboard(['report', '--by', 'tool', '--json', '--home', home, ...flags]);
        assert.equal(code, 0);
        return JSON.parse(out).rows.map(({ tool }: { tool: string }) => tool);
      };
      assert.deepEqual(await tools(), []);
      const { out } = await tokenboard(['doctor', '--home', home]);
      assert.ok(out.replaceAll(/\s+/g, ' ').includes(`${title} (${id})`), 'doctor tells of it');
      assert.deepEqual(await tools('--with', id), [id]);
    });

  it('have names that are checked', async () => {
    const { code, err } = await tokenboard(['report', '--with', 'aidr', '--home', fixtureHome('pi', 'forks')]);
    assert.deepEqual([code, /--with 'aidr' is no tool.*aider/.test(err)], [2, true]);
  });
});
