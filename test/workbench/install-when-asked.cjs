// Loaded into an extension host: tells its number as a process, and has VS Code install an extension when a file names one.
const { existsSync, mkdirSync, readFileSync, watch, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const { TOKENBOARD_TEST_INSTALLS: folder } = process.env;

if (isMainThread && folder !== undefined) {
  const vscode = require('vscode');
  const wish = join(folder, 'wish');
  mkdirSync(folder, { recursive: true });
  const watcher = watch(folder, () => {
    const vsix = existsSync(wish) ? readFileSync(wish, 'utf8') : '';
    if (vsix === '') return;
    watcher.close();
    vscode.commands
      .executeCommand('workbench.extensions.installExtension', vscode.Uri.file(vsix))
      .then(undefined, (error) => writeFileSync(join(folder, 'problem'), String(error)));
  });
  writeFileSync(join(folder, 'pid'), String(process.pid));
}
