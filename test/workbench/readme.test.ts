import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };

const readme = readFileSync('README.md', 'utf8');

describe('The README', () => {
  it('leads only to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, file]) => file ?? '');
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('names only settings and npm scripts that there are', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    for (const [, name = ''] of readme.matchAll(/`(tokenboard\.[\w.]+)(?:\.\*)?`/g))
      assert.ok(
        settings.some((setting) => setting === name || setting.startsWith(`${name}.`)),
        name,
      );
    for (const [, name = ''] of readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      assert.ok(Object.hasOwn(manifest.scripts, name), name);
  });

  it('tells the figures of the benchmark, as far as they hold on any such machine', () => {
    const told = table(readme, /^\| 1 GB/m);
    const measured = table(readFileSync('docs/benchmark.md', 'utf8'), /^\| +\| tokenboard/m);
    assert.equal(told.length, 4);
    for (const [name = '', ...figures] of told) {
      const row = measured.find(([title]) => title?.startsWith(name));
      assert.ok(row, name);
      // Beside each figure of another program stands how many times as long it took.
      const [own, first, , second] = row.slice(1);
      for (const [i, figure] of [own, first, second].entries()) {
        const [expected, written] = [amount(figure), amount(figures[i])];
        assert.ok(Math.abs(written / expected - 1) < 0.3, `${name}: ${figures[i]}, measured ${figure}`);
      }
    }
  });
});

/** The rows of the table that begins so, without its head. */
function table(text: string, head: RegExp): readonly (readonly string[])[] {
  const lines = text.slice(text.search(head)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A figure with its unit, in seconds or megabytes. */
function amount(text = ''): number {
  const [, figure, unit] = /^([\d.]+) (ms|s|MB)$/.exec(text) ?? [];
  assert.ok(figure !== undefined, text);
  return Number(figure) / (unit === 'ms' ? 1000 : 1);
}
