import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { readers } from '../../src/readers/index.ts';

const { properties } = manifest.contributes.configuration;

describe('the manifest', () => {
  it('has a text for every name that stands for one, and no other', () => {
    const names = [...JSON.stringify(manifest).matchAll(/%([\w.-]+)%/g)].map(([, name]) => name ?? '');
    assert.deepEqual([...new Set(names)].toSorted(), Object.keys(texts).toSorted());
  });

  it('offers to say of every tool that is read whether it is, how it is paid and that a budget is for it alone', () => {
    const ids = readers.map(({ id }) => id).toSorted();
    assert.deepEqual(Object.keys(properties['tokenboard.tools'].properties).toSorted(), ids);
    assert.deepEqual(Object.keys(properties['tokenboard.billing'].properties).toSorted(), ids);
    assert.deepEqual(properties['tokenboard.budgets'].items.properties.tool.enum.toSorted(), ids);
  });

  it('lets no workspace set what concerns the person', () => {
    const own = Object.entries(properties).filter(([name]) => !name.startsWith('tokenboard.statusBar.'));
    for (const [name, setting] of own) assert.equal((setting as { scope?: string }).scope, 'application', name);
  });

  it('has a walkthrough of four steps, whose pictures take the colours of the theme', () => {
    const [walkthrough, ...others] = manifest.contributes.walkthroughs;
    assert.ok(walkthrough !== undefined && others.length === 0);
    assert.equal(walkthrough.steps.length, 4);
    for (const { media, completionEvents } of walkthrough.steps) {
      assert.ok(completionEvents.length > 0);
      assert.ok(existsSync(media.svg), media.svg);
      const colours = [...readFileSync(media.svg, 'utf8').matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, one]) => one);
      for (const colour of colours) assert.match(colour ?? '', /^none$|^var\(--vscode-/);
    }
  });

  it('leads from the walkthrough only to commands that there are', () => {
    const offered = manifest.contributes.commands.map(({ command }) => command);
    const steps = Object.entries(texts).filter(([name]) => name.startsWith('walkthrough.'));
    const asked = steps.flatMap(([, text]) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command));
    assert.ok(asked.length >= 5);
    for (const command of asked)
      assert.ok(offered.includes(command ?? '') || command?.startsWith('workbench.'), command);
  });
});
