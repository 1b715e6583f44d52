import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { branchOf } from '../../src/editor/git-branch.ts';

describe('The branch of a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'branch-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the one that its repository has checked out, also for a folder within', async () => {
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/feature/x\n');
    assert.deepEqual(await branchOf(join(folder, 'src', 'deep')), { project: folder, branch: 'feature/x' });
  });

  it('is found in a linked working tree', async () => {
    const tree = join(folder, 'tree');
    mkdirSync(join(folder, 'main', '.git', 'worktrees', 'tree'), { recursive: true });
    mkdirSync(tree);
    writeFileSync(join(folder, 'main', '.git', 'worktrees', 'tree', 'HEAD'), 'ref: refs/heads/other\n');
    writeFileSync(join(tree, '.git'), 'gitdir: ../main/.git/worktrees/tree\n');
    assert.deepEqual(await branchOf(tree), { project: tree, branch: 'other' });
  });

  it('is unknown off any branch and outside a repository', async () => {
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git', 'HEAD'), '0123456789abcdef0123456789abcdef01234567\n');
    assert.equal(await branchOf(folder), undefined);
    rmSync(join(folder, '.git'), { recursive: true });
    assert.equal(await branchOf(folder), undefined);
  });
});
