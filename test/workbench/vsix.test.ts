import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import { packageVsix } from './package-vsix.ts';

const allowed =
  /^(dist\/(cli|dashboard|extension|prices|read-worker|scanner|server|server-store|team|team-command|webview)\.js|dist\/(webview\.css|codicon\.ttf)|media\/(?!screenshots\/).+|l10n\/.+|package(\.nls.*)?\.json|(README|CHANGELOG)\.md|LICENSE)$/;

describe('The packaged extension', () => {
  it('is smaller than 2 MB', async () => {
    const { size } = statSync(await packageVsix());
    assert.ok(size > 10_000, `${size} bytes: it holds next to nothing`);
    assert.ok(size < 2_000_000, `${size} bytes`);
  });

  it('holds what runs and what is read, and nothing of the sources and tests', async () => {
    const files = (await listFiles({ packageManager: PackageManager.None })).map((file) => file.replaceAll('\\', '/'));
    assert.deepEqual(
      files.filter((file) => !allowed.test(file)),
      [],
    );
    for (const needed of [
      'package.json',
      'dist/cli.js',
      'dist/codicon.ttf',
      'dist/dashboard.js',
      'dist/extension.js',
      'dist/prices.js',
      'dist/scanner.js',
      'dist/webview.css',
      'dist/webview.js',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'media/icon.png',
    ]) {
      assert.ok(files.includes(needed), `${needed} is missing`);
    }
  });
});
