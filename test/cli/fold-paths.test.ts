import assert from 'node:assert/strict';
import { foldPaths } from '../../src/cli/fold-paths.ts';

describe('Folded paths', () => {
  it('name in one line the folders that differ in one place alone', () => {
    assert.deepEqual(foldPaths(['~/a/Code/User', '~/a/Cursor/User', '~/b', '~/a/VSCodium/User']), [
      '~/a/{Code, Cursor, VSCodium}/User',
      '~/b',
    ]);
  });

  it('stay as they are where they have little in common', () => {
    const paths = ['~/.claude/projects', '~/.config/claude/projects', '~/.codex/sessions', '~/.codex/archived'];
    assert.deepEqual(foldPaths(paths), paths);
  });

  it('name each path once', () => {
    assert.deepEqual(foldPaths(['~/a', '~/a']), ['~/a']);
  });
});
