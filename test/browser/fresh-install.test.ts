import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { counterOf } from '../workbench/counter.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { packageSocketRecorder } from '../workbench/socket-recorder.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { writeUsage } from './team-home.ts';
import { pasteLink, ready } from './team-joining.ts';
import { chooseTheme } from './themes.ts';
import { picture, pictureOfFailure, quickPickRow, runCommand, tooltipLines, until } from './window.ts';

/** Longer than anything would wait that happens by itself at the start. */
const quietMs = 20_000;
/** What VS Code itself asks. */
const gallery = 'open-vsx.org:443';
const steps = [
  ['counter', 'See what today came to'],
  ['dashboard', 'Open the dashboard'],
  ['tools', 'Choose your tools'],
  ['budgets', 'Set a budget, or leave it'],
] as const;

describe('A fresh install', () => {
  let temporary: string;
  let home: string;
  let proxy: Server;
  const asked: string[] = [];
  let sockets: string;
  let url: string;
  let workbench: Workbench | undefined;
  let page: Page;
  let since: number;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    // The only way out of the sandbox that a request could take: it is written down and refused.
    proxy = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    sockets = join(temporary, 'sockets');
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const env = {
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      https_proxy: url,
      http_proxy: url,
      no_proxy: 'localhost,127.0.0.1',
      TOKENBOARD_TEST_SOCKETS: sockets,
    };
    const companion = await packageSocketRecorder(join(temporary, 'recorder'));
    workbench = await openWorkbench({ name: 'fresh-install', home, vsix: vsixPath(), companion, theme: 'light', env });
    page = workbench.page;
    await ready(page);
    since = Date.now();
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
  });

  after(async () => {
    await workbench?.close();
    proxy.closeAllConnections();
    proxy.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('has four first steps, each with a picture in every theme, and each leads to what it tells of', async () => {
    await runCommand(page, 'Tokenboard: Get Started');
    const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
    const open = async (title: string) => {
      const expanded = page.locator('.getting-started-step.expanded', { hasText: title });
      if (!(await expanded.isVisible())) await step(title).click();
      await expanded.waitFor();
    };
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      if (theme !== 'light') await chooseTheme(page, theme);
      for (const [id, title] of steps) {
        await open(title);
        await page.waitForTimeout(300);
        await picture(page, `step-${id}-${theme}`);
      }
    }
    for (const [title, button, found] of [
      [steps[0][1], 'Count again now', counterOf(page)],
      [steps[2][1], 'See what was found', page.locator('.part.panel .view-lines')],
      [steps[2][1], 'Choose tools', page.locator('.settings-editor .setting-item', { hasText: 'Tools' })],
      [steps[3][1], 'Set a budget', quickPickRow(page, 'A day')],
      [steps[1][1], 'Open the dashboard', page.locator('.tab.active', { hasText: 'Tokenboard' })],
    ] as const) {
      await runCommand(page, 'Tokenboard: Get Started');
      // It opens the next step that is not done, in its own time, which may be in the middle of this.
      await until(
        async () => {
          await open(title);
          const press = page.getByRole('button', { name: button, exact: true }).click({ timeout: 2000 });
          return await press.then(
            () => true,
            () => false,
          );
        },
        () => `there is no ${button}`,
      );
      await found.first().waitFor();
      await page.keyboard.press('Escape');
    }
    await runCommand(page, 'Tokenboard: Get Started');
    for (const [, title] of steps) await step(title).locator('.codicon.complete').waitFor();
  });

  it('asks nobody anything until a person opens an invitation', async () => {
    /** Whom the extension host and its threads have talked to, names that they have looked up. */
    const talkedTo = (): readonly string[] =>
      readFileSync(sockets, 'utf8')
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one));
    await page.waitForTimeout(Math.max(0, since + quietMs - Date.now()));
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off: nothing leaves this machine\.$/);
    const ours = (): readonly string[] => asked.filter((host) => host !== gallery);
    assert.deepEqual(ours(), []);
    assert.deepEqual(new Set(talkedTo()), new Set(['extension host', 'thread']), 'no socket, and no name looked up');
    const folder = join(home, '.local', 'share', 'tokenboard', 'team');
    assert.ok(!existsSync(folder));

    // The dashboard is behind the first steps.
    await page.locator('.tab.active', { hasText: 'Welcome' }).waitFor();
    const dashboard = await pasteLink(page, `https://board.example.org/join#${'a'.repeat(43)}`);
    const answered = dashboard.getByText(/The server|What answered/).first();
    await answered.waitFor();
    assert.deepEqual(ours(), ['board.example.org:443']);
    const seen = talkedTo();
    assert.ok(seen.includes(`127.0.0.1:${new URL(url).port}`), `what is asked would have been seen: ${seen.join()}`);
    assert.ok(!existsSync(folder));

    // It is looked at until it is cancelled.
    await runCommand(page, 'Tokenboard: Get Started');
    await answered.waitFor({ state: 'hidden' });
    await runCommand(page, 'Tokenboard: Show Dashboard');
    await answered.waitFor();
    await dashboard.getByRole('button', { name: 'Cancel' }).click();
    await dashboard.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
    await runCommand(page, 'Tokenboard: Get Started');
    await runCommand(page, 'Tokenboard: Show Dashboard');
    await dashboard.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
  });
});
