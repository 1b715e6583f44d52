import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { appendClaude } from '../../demo/claude-log.ts';
import { appendAiderChat } from '../aider-chat.ts';
import { type RunningCounter, runningCounter, set } from './running-counter.ts';

const hour = 3_600_000;
const day = 24 * hour;
const soon = 20_000;
const request = { session: 'host', project: '/home/dev/demo-host' };
const now = Date.now();

/** A zone where this hour of the day begins or began; `Etc/GMT+3` is three hours behind UTC. */
function zoneAt(hourOfDay: number): string | undefined {
  const behind = new Date(now).getUTCHours() - hourOfDay;
  return behind > 12 || behind < -14 ? undefined : `Etc/GMT${behind >= 0 ? '+' : ''}${behind}`;
}

describe('The settings, changed while it runs', () => {
  let counter: RunningCounter;

  before(async () => {
    appendClaude(homedir(), { ...request, id: 'a', time: now - 10 * hour, output: 223 });
    appendClaude(homedir(), { ...request, id: 'b', time: now - 14 * hour, output: 1000 });
    appendClaude(homedir(), { ...request, id: 'c', time: now - 5 * day, output: 1_000_000 });
    appendClaude(homedir(), { ...request, id: 'd', time: now - 20 * day, output: 3_000_000 });
    counter = await runningCounter();
    await counter.shows('$(graph) 1K');
  });

  afterEach(async () => {
    const names = ['statusBar.show', 'statusBar.period', 'cost.source', 'timeZone', 'tools', 'estimates', 'logFolders'];
    for (const name of names) await set(name, undefined);
  });

  it('choose tokens, fresh tokens or cost', async () => {
    await set('statusBar.show', 'fresh');
    await counter.shows('$(graph) 300', soon);
    await set('statusBar.show', 'cost');
    await counter.shows('$(graph) <$0.01', soon);
    await set('statusBar.show', undefined);
    await counter.shows('$(graph) 1K', soon);
  });

  it('choose the time that is summed up', async () => {
    await set('statusBar.period', '7days');
    await counter.shows('$(graph) 1M', soon);
    assert.match(counter.view?.tooltip ?? '', /7 days 1M/);
    await set('statusBar.period', '30days');
    await counter.shows('$(graph) 4M', soon);
    await set('statusBar.period', 'month');
    const monthOf = (time: number) => new Intl.DateTimeFormat('en-CA', { month: '2-digit' }).format(time);
    const days = [5, 20].filter((ago) => monthOf(now - ago * day) === monthOf(now));
    await counter.shows(['$(graph) 1K', '$(graph) 1M', '$(graph) 4M'][days.length] ?? '', soon);
  });

  it('choose whose cost is shown', async () => {
    await set('statusBar.show', 'cost');
    await set('statusBar.period', '7days');
    await counter.shows('$(graph) ≈ $25', soon);
    await set('cost.source', 'reported');
    await counter.shows('$(graph) –', soon);
    await set('cost.source', 'list');
    await counter.shows('$(graph) ≈ $25', soon);
  });

  it('choose the time zone that days begin in', async () => {
    const early = zoneAt(3);
    const late = zoneAt(22);
    assert.ok(early ?? late);
    if (early !== undefined) {
      await set('timeZone', early);
      await counter.shows('$(graph) 777', soon);
    }
    if (late !== undefined) {
      await set('timeZone', late);
      await counter.shows('$(graph) 2K', soon);
    }
  });

  it('say of a time zone that does not exist that there is none, and use the machine’s', async () => {
    await set('timeZone', 'Mars/Olympus');
    await vscode.commands.executeCommand('tokenboard.showLog');
    const deadline = Date.now() + soon;
    while (!/no time zone named Mars\/Olympus/.test(shownLog()) && Date.now() < deadline) await sleep(50);
    assert.match(shownLog(), /no time zone named Mars\/Olympus/);
    await counter.shows('$(graph) 1K', soon);
  });

  it('switch tools off and on again', async () => {
    await set('tools', { 'claude-code': false });
    await counter.shows('$(graph) 0', soon);
    assert.doesNotMatch(counter.view?.tooltip ?? '', /Claude Code/);
    await set('tools', undefined);
    await counter.shows('$(graph) 1K', soon);
    assert.match(counter.view?.tooltip ?? '', /Claude Code 1K/);
  });

  it('cannot be changed by a folder where they say what is read', async () => {
    const values = vscode.workspace.getConfiguration('tokenboard');
    for (const [name, standard] of [
      ['cost.source', 'list'],
      ['timeZone', ''],
      ['estimates', true],
      ['logFolders', []],
    ] as const) {
      assert.deepEqual(values.get(name), standard);
      await assert.rejects(async () => values.update(name, standard, vscode.ConfigurationTarget.Workspace));
    }
    assert.equal(values.get<Record<string, boolean>>('tools')?.['claude-code'], true);
    await counter.shows('$(graph) 1K', soon);
  });

  it('add another home, or a folder of a tool', async () => {
    const { TOKENBOARD_TEST_HOME: home, TOKENBOARD_TEST_FOLDER: folder } = process.env;
    await set('logFolders', [home]);
    await counter.shows('$(graph) 1.6K', soon);
    await set('logFolders', [home, folder]);
    await counter.shows('$(graph) 2K', soon);
    await set('logFolders', undefined);
    await sleep(500);
    await counter.shows('$(graph) 2K', soon);
  });

  it('leave out what is estimated, and bring it back', async () => {
    appendAiderChat(homedir(), now);
    await vscode.commands.executeCommand('tokenboard.refresh');
    await counter.shows('$(graph) 6K', soon);
    assert.match(counter.view?.tooltip ?? '', /about 6K/);
    await set('estimates', false);
    await counter.shows('$(graph) 2K', soon);
    assert.doesNotMatch(counter.view?.tooltip ?? '', /about|Aider/);
    assert.match(counter.view?.tooltip ?? '', /Claude Code 2K/);
    await set('estimates', undefined);
    await counter.shows('$(graph) 6K', soon);
    assert.match(counter.view?.tooltip ?? '', /Aider 4K/);
  });

  function shownLog(): string {
    const logs = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output');
    return logs.map((log) => log.getText()).join('\n');
  }
});
