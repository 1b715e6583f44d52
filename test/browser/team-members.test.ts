import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { vsixPath } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { joinTeam, ready } from './team-joining.ts';
import { dialogOf, pickAfter, picture, pictureOfFailure, runCommand, tooltipLines } from './window.ts';

describe('Six members of a team, two of them in two editors', () => {
  let temporary: string;
  let board: TeamBoard;
  let ada: Workbench;
  let zoe: Workbench;
  let adaPage: FrameLocator;
  let zoePage: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    board = await teamBoard(4);
    ada = await open('ada', 6);
    zoe = await open('zoe', 3);
    adaPage = await joinTeam(ada.page, await board.link());
    zoePage = await joinTeam(zoe.page, await board.link());
    await board.dayPasses();
  });

  after(async () => {
    await ada?.close();
    await zoe?.close();
    await board?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, ada?.page, '-ada');
    await pictureOfFailure(this.currentTest, zoe?.page, '-zoe');
  });

  async function open(name: string, days: number): Promise<Workbench> {
    const home = join(temporary, name);
    mkdirSync(home);
    writeUsage(home, days);
    const workbench = await openWorkbench({ name: `team-${name}`, home, vsix: vsixPath() });
    await ready(workbench.page);
    return workbench;
  }

  /** The pseudonym in the page's first line. */
  async function pseudonymOf(page: FrameLocator): Promise<string> {
    const line = page
      .locator('.tb-team')
      .getByText(/You share daily totals as (?!a pseudonym)/)
      .first();
    await line.waitFor({ timeout: 60_000 });
    return /totals as (\S+ \S+)/.exec(await line.innerText())?.[1] ?? '';
  }

  it('see each other after a snapshot', async () => {
    const names = [await pseudonymOf(adaPage), await pseudonymOf(zoePage)];
    for (const page of [adaPage, zoePage]) {
      await page.getByText('Ranking', { exact: true }).first().click();
      for (const name of names) await page.getByRole('table').getByText(name).first().waitFor({ timeout: 60_000 });
    }
    await picture(zoe.page, 'team-ranking');
  });

  it('is paused from the tooltip for an hour, and resumed', async () => {
    await pickAfter(ada.page, 'Tokenboard: Pause Sharing', 'For an hour');
    const lines = await tooltipLines(ada.page, /is paused until/);
    assert.match(lines.at(-1) ?? '', /Resume · Preview · Leave$/);
    await adaPage.getByText(/^Paused until/).waitFor();
    await runCommand(ada.page, 'Tokenboard: Resume Sharing');
    await tooltipLines(ada.page, /Sharing with Acme as/);
  });

  it('find the page where they left it, when they come back from another editor', async () => {
    await runCommand(ada.page, 'File: New Untitled Text File');
    await ada.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await runCommand(ada.page, 'Tokenboard: Show Dashboard');
    await adaPage.getByRole('tab', { name: 'Team', selected: true }).waitFor();
    await adaPage.locator('.tb-team').getByRole('table').waitFor();
  });

  it('vanish for the others without their doing anything, by one click and one confirmation', async () => {
    const name = await pseudonymOf(adaPage);
    const row = zoePage.getByRole('table').getByText(name).first();
    await row.waitFor();
    await adaPage.locator('.tb-team').getByRole('button', { name: 'Leave' }).first().click();
    const began = Date.now();
    await adaPage.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await row.waitFor({ state: 'detached', timeout: 90_000 });
    const took = Date.now() - began;
    say(`  gone from the board for the others ${took} ms after leaving`);
    await tooltipLines(ada.page, /Sharing is off/);
    await picture(zoe.page, 'team-ranking-after');
    assert.equal(await dialogOf(ada.page, /Leave/).count(), 0);
  });
});
