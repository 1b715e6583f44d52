import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { type SignInBoard, signInBoard } from '../team/sign-in-board.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { writeUsage } from './team-home.ts';
import { lookAtInvitation, ready } from './team-joining.ts';
import { picture, pictureOfFailure, runCommand, tooltipLines } from './window.ts';

describe('Joining a team by its address', function () {
  this.retries(1);
  let temporary: string;
  let home: string;
  let here: SignInBoard;
  let workbench: Workbench | undefined;

  before(async () => {
    here = await signInBoard();
  });
  after(() => here?.end());
  beforeEach(() => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    here.provider.person = 'ada';
  });
  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await workbench?.close();
    workbench = undefined;
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  async function offered(): Promise<{ page: Page; dashboard: FrameLocator }> {
    workbench = await openWorkbench({ name: 'team-oidc', home, vsix: vsixPath() });
    const { page } = workbench;
    await ready(page);
    await runCommand(page, 'Tokenboard: Join a Team by Address and Sign In');
    const field = page
      .locator('.quick-input-widget:visible', { hasText: 'Enter the board’s address' })
      .locator('input');
    await field.first().waitFor();
    await field.first().fill(here.board.address);
    await page.keyboard.press('Enter');
    const dashboard = await lookAtInvitation(page);
    await dashboard.getByText('Exactly what would be sent first').waitFor();
    return { page, dashboard };
  }

  async function agree(dashboard: FrameLocator): Promise<void> {
    await dashboard.getByText('By pseudonym').first().click();
    const button = dashboard.locator('button:not([aria-disabled="true"])', { hasText: 'Agree and sign in' });
    await button.click();
    await dashboard.getByText('Waiting for the sign-in').waitFor();
  }

  /** The code that a window shows which no browser can hand anything to. */
  async function shownCode(page: Page): Promise<string> {
    const toast = page.locator('.notification-toast', { hasText: 'Your code to sign in' }).first();
    await toast.waitFor();
    return /\b[B-Z]{4}-[B-Z]{4}\b/.exec(await toast.innerText())?.[0] ?? '';
  }

  it('shows what would be shared, then a code for the browser, and joins once the person has signed in there', async () => {
    const { page, dashboard } = await offered();
    await picture(page, 'team-oidc-1-offer');
    assert.deepEqual(await here.board.ask('GET', '/v1/admin/members').then(({ members }) => (members as []).length), 1);
    await agree(dashboard);
    const code = await shownCode(page);
    await picture(page, 'team-oidc-2-code');
    await here.allow(code);
    await dashboard.getByText('You share daily totals').waitFor();
    await picture(page, 'team-oidc-3-joined');
    assert.match((await tooltipLines(page, /Sharing with Acme/)).at(-1) ?? '', /^Sharing with Acme as /);
    await page.locator('.notification-toast', { hasText: 'enter the code' }).waitFor({ state: 'detached' });
  });

  it('leaves no trace when the sign-in is given up', async () => {
    const { page, dashboard } = await offered();
    await agree(dashboard);
    await shownCode(page);
    const progress = page.locator('.notification-toast', { hasText: 'Give it to nobody' });
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await dashboard.getByText('You have not signed in. Nothing was shared.').waitFor();
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team', 'team.db')));
    await dashboard.getByRole('button', { name: 'Cancel' }).click();
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off: nothing leaves this machine\.$/);
  });
});
