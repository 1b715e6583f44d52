import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from '../../src/editor/replace-file.ts';

describe('a file whose text is replaced', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tb-'));
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made where there is none, with its folder', async () => {
    const file = join(dir, 'claude', 'settings.json');
    await replaceFile(file, '{}');
    assert.equal(readFileSync(file, 'utf8'), '{}');
    assert.deepEqual(readdirSync(join(dir, 'claude')), ['settings.json']);
  });

  it('stays the link that it is, and is for its owner alone where it was', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(dir, 'dotfiles'));
    const real = join(dir, 'dotfiles', 'settings.json');
    const link = join(dir, 'settings.json');
    writeFileSync(real, '{}', { mode: 0o600 });
    symlinkSync(real, link);
    await replaceFile(link, '{"a":1}');
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(real, 'utf8'), '{"a":1}');
    assert.equal(statSync(real).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(dir, 'dotfiles')), ['settings.json']);
  });
});
