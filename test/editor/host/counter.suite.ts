import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TokenboardApi } from '../../../src/extension.ts';
import { appendClaude } from '../../demo/claude-log.ts';

const window = process.env.TOKENBOARD_TEST_WINDOW;
const request = { session: 'host', project: '/home/dev/demo-host' };

describe(`The counter in a window with ${window === 'untrusted' ? 'an untrusted folder' : 'no folder'}`, () => {
  let tokenboard: TokenboardApi;

  before(async () => {
    const extension = vscode.extensions.getExtension<TokenboardApi>('tokenboard.tokenboard');
    assert.ok(extension, 'the extension is not installed');
    const deadline = Date.now() + 40_000;
    while (!extension.isActive && Date.now() < deadline) await sleep(50);
    assert.ok(extension.isActive, 'nothing has activated the extension');
    tokenboard = extension.exports;
  });

  it('has the window that the test is about', () => {
    assert.equal(vscode.workspace.isTrusted, window !== 'untrusted');
    assert.equal(vscode.workspace.workspaceFolders?.length ?? 0, window === 'untrusted' ? 1 : 0);
  });

  it('registers every command that it offers', async () => {
    const registered = await vscode.commands.getCommands(true);
    const manifest = vscode.extensions.getExtension('tokenboard.tokenboard')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const offered = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(offered.includes('tokenboard.showDashboard'));
    assert.deepEqual(
      offered.filter((command) => !registered.includes(command)),
      [],
    );
  });

  it('shows the tokens of today that the logs tell', async () => {
    await shows('$(graph) 777');
  });

  it('misses nothing that is written while the watchers are only just beginning', async () => {
    appendClaude(homedir(), { ...request, id: 'host-second', time: Date.now(), output: 111 });
    await shows('$(graph) 888');
  });

  it('changes soon after a line is written to a log', async () => {
    const began = Date.now();
    appendClaude(homedir(), { ...request, id: 'host-third', time: began, output: 103 });
    await shows('$(graph) 991');
    const late = Date.now() - began > 5000;
    appendClaude(homedir(), { ...request, id: 'host-fourth', time: Date.now(), output: 8 });
    // The next look that is taken without a watcher's word is a quarter of a minute off after the one that found the first.
    await shows('$(graph) 999', late ? 10_000 : undefined);
  });

  it('opens the dashboard once, however often it is asked for', async () => {
    await vscode.commands.executeCommand('tokenboard.showDashboard');
    await vscode.commands.executeCommand('tokenboard.showDashboard');
    const dashboards = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isDashboard);
    const deadline = Date.now() + 20_000;
    while (dashboards().length === 0 && Date.now() < deadline) await sleep(10);
    assert.equal(dashboards().length, 1);
  });

  it('names the figure, its list price and the tool in the tooltip', () => {
    assert.match(tokenboard.counter?.tooltip ?? '', /999/);
    assert.match(tokenboard.counter?.tooltip ?? '', /list price/i);
    assert.match(tokenboard.counter?.tooltip ?? '', /Claude Code/);
  });

  function isDashboard({ input }: vscode.Tab): boolean {
    return input instanceof vscode.TabInputWebview && input.viewType.endsWith('tokenboard.dashboard');
  }

  async function shows(text: string, patience = 40_000): Promise<void> {
    const deadline = Date.now() + patience;
    while (tokenboard.counter?.text !== text && Date.now() < deadline) await sleep(10);
    assert.equal(tokenboard.counter?.text, text);
  }
});
