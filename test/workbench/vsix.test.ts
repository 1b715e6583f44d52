import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import { bundledPackages } from './bundled-packages.ts';
import { packageVsix } from './package-vsix.ts';

const allowed =
  /^(dist\/(cli|command|dashboard|extension|prices|read-worker|scanner|server|server-boards|server-store|team|team-command|webview)\.js|dist\/(webview\.css|codicon\.ttf|licenses\.txt)|media\/(?!screenshots\/).+|l10n\/.+|package(\.nls.*)?\.json|(README|CHANGELOG)\.md|LICENSE)$/;

/** Licences that let anybody ship the code in a program under the MIT licence. */
const permissive = /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|Unlicense|BlueOak-1\.0\.0|CC-BY-4\.0)$/;

describe('The packaged extension', () => {
  it('holds code of others under permissive licences only, and their words', () => {
    const packages = bundledPackages();
    assert.ok(packages.some(({ name }) => name === 'chart.js'));
    assert.deepEqual(
      packages.filter(({ license }) => !permissive.test(license)).map(({ name, license }) => `${name}: ${license}`),
      [],
    );
    const told = readFileSync('dist/licenses.txt', 'utf8');
    for (const { name, version } of packages) assert.ok(told.includes(`${name} ${version} (`), `${name} is not named`);
  });

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
      'dist/command.js',
      'dist/codicon.ttf',
      'dist/dashboard.js',
      'dist/extension.js',
      'dist/licenses.txt',
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
