import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/**
 * An extension that is there before all others and has the extension host, and every thread that is started in it, write down
 * whom they talk to, in the file that `TOKENBOARD_TEST_SOCKETS` names. Gives the path of its package.
 */
export async function packageSocketRecorder(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name: 'socket-recorder', publisher: 'test', version: '1.0.0', main: './main.js', activationEvents: ['*'] },
    ...{ engines: { vscode: '^1.105.0' }, extensionKind: ['workspace'], license: 'MIT' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, 'README.md'), '# Socket Recorder\n\nTo test by.\n');
  writeFileSync(join(folder, '.vscodeignore'), '*.vsix\n');
  copyFileSync(resolve('test/workbench/record-sockets.cjs'), join(folder, 'record.cjs'));
  writeFileSync(join(folder, 'main.js'), main);
  const packagePath = join(folder, 'socket-recorder.vsix');
  await createVSIX({
    ...{ cwd: folder, packagePath, dependencies: false },
    ...{ allowMissingRepository: true, allowStarActivation: true },
  });
  return packagePath;
}

const main = `
const threads = require('node:worker_threads');
const record = require('node:path').join(__dirname, 'record.cjs');
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options = {}) {
    super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--require', record] });
  }
};
require(record);
exports.activate = () => undefined;
`;
