import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/**
 * Packages an extension that is there before all others and loads a script into the extension host, and into every thread that
 * is started in it. Gives the path of its package.
 */
export async function packagePreloading(folder: string, name: string, script: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name, publisher: 'test', version: '1.0.0', main: './main.js', activationEvents: ['*'] },
    ...{ engines: { vscode: '^1.105.0' }, extensionKind: ['workspace'], license: 'MIT' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, 'README.md'), `# ${name}\n\nTo test by.\n`);
  writeFileSync(join(folder, '.vscodeignore'), '*.vsix\n');
  copyFileSync(script, join(folder, 'preload.cjs'));
  writeFileSync(join(folder, 'main.js'), main);
  const packagePath = join(folder, `${name}.vsix`);
  await createVSIX({
    ...{ cwd: folder, packagePath, dependencies: false },
    ...{ allowMissingRepository: true, allowStarActivation: true },
  });
  return packagePath;
}

const main = `
const threads = require('node:worker_threads');
const preload = require('node:path').join(__dirname, 'preload.cjs');
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options = {}) {
    super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--require', preload] });
  }
};
require(preload);
exports.activate = () => undefined;
`;
