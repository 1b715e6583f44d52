import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const manifest = {
  name: 'empty-webview',
  displayName: 'Empty Webview',
  publisher: 'tokenboard-bench',
  version: '1.0.0',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: { commands: [{ command: 'emptyWebview.show', title: 'Empty Webview: Show' }] },
};

const code = `const vscode = require('vscode');
exports.activate = (context) => context.subscriptions.push(
  vscode.commands.registerCommand('emptyWebview.show', () => {
    const panel = vscode.window.createWebviewPanel('emptyWebview', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html><body><h1 class="drawn">Empty</h1></body></html>';
  }),
);
`;

/** Packages an extension whose one command opens a webview with a word in it. Gives the file's path. */
export async function packageEmptyWebview(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'extension.js'), code);
  writeFileSync(join(folder, 'README.md'), '# Empty Webview\n\nTo measure by.\n');
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, '.vscodeignore'), '*.vsix\n');
  const packagePath = join(folder, 'empty-webview.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true });
  return packagePath;
}
