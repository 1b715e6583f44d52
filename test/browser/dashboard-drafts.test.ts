import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { pasteLink, ready } from './team-joining.ts';
import { pictureOfFailure, runCommand } from './window.ts';

describe('What is filled in on the dashboard', () => {
  let temporary: string;
  let board: TeamBoard;
  let workbench: Workbench;
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    const home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    board = await teamBoard();
    workbench = await openWorkbench({ name: 'dashboard-drafts', home, vsix: vsixPath() });
    page = workbench.page;
    frame = dashboardOf(page);
    await ready(page);
  });

  after(async () => {
    await workbench?.close();
    await board?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, page);
  });

  it('is there again after another editor was in front, and gone with the invitation', async () => {
    const name = frame.getByRole('textbox', { name: 'Your name on the board' });
    const models = frame.getByRole('checkbox', { name: 'Models', exact: true });
    await pasteLink(page, await board.link());
    await frame.getByRole('radio', { name: 'By name', exact: true }).check();
    await name.fill('Ida');
    await models.check();

    await runCommand(page, 'File: New Untitled Text File');
    await page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
    await runCommand(page, 'Tokenboard: Show Dashboard');
    await name.waitFor();
    assert.equal(await name.inputValue(), 'Ida');
    assert.equal(await models.isChecked(), true);
    await frame.locator('button[aria-disabled="false"]', { hasText: 'Share with Acme' }).waitFor();

    await frame.getByRole('button', { name: 'Cancel', exact: true }).click();
    await frame.getByRole('tab', { name: 'Overview' }).waitFor();
    await pasteLink(page, await board.link());
    await models.waitFor();
    assert.equal(await frame.locator('input:checked').count(), 0);
    assert.ok(board.front.seen.every(({ path }) => path === '/v1/meta'));
  });
});
