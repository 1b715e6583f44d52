import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { seriousFindings } from './axe.ts';
import { fitsSideways } from './dashboard-frame.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { joinTeam, pasteLink, ready } from './team-joining.ts';
import { dialogOf, followInTooltip, picture, pictureOfFailure, runCommand, until } from './window.ts';

/** What `writeUsage` counts on one day, and on that of an index. */
const perDay = 1_260_000;
const tokensOf = (days: readonly number[]): number => days.reduce((sum, day) => sum + perDay + day, 0);

describe('All machines of a person', () => {
  let temporary: string;
  let board: TeamBoard;
  let laptop: Workbench;
  let desktop: Workbench;
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    board = await teamBoard();
    laptop = await open('laptop', 6);
    page = laptop.page;
    desktop = await open('desktop', 3);
  });

  after(async () => {
    await laptop?.close();
    await desktop?.close();
    await board?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, laptop?.page, '-laptop');
    await pictureOfFailure(this.currentTest, desktop?.page, '-desktop');
  });

  async function open(name: string, days: number): Promise<Workbench> {
    const home = join(temporary, name);
    mkdirSync(home);
    writeUsage(home, days);
    const settings = { 'tokenboard.timezone': 'UTC' };
    const workbench = await openWorkbench({ name: `team-${name}`, home, vsix: vsixPath(), settings });
    await ready(workbench.page);
    return workbench;
  }

  async function reopen(): Promise<void> {
    await page.reload();
    await ready(page);
    await frame.getByRole('tab', { name: 'Overview' }).click();
    if ((await switchTo('All my machines').getAttribute('aria-checked')) !== 'true') {
      await switchTo('All my machines').click();
    }
  }

  const switchTo = (name: string) => frame.getByRole('radio', { name, exact: true });
  const total = async (): Promise<number> =>
    Number(((await frame.locator('.tb-total .tb-headline').getAttribute('title')) ?? '').replaceAll(/\D/g, ''));

  async function totalIs(tokens: number): Promise<void> {
    const shown = tokens.toLocaleString('en-US');
    await frame.locator(`.tb-total .tb-headline[title="${shown}"]`).waitFor();
  }

  it('are nothing to choose from before one shares', async () => {
    await runCommand(page, 'Tokenboard: Show Dashboard');
    frame = dashboardOf(page);
    await frame.locator('.tb-total .tb-headline').waitFor();
    assert.equal(await switchTo('All my machines').count(), 0);
  });

  it('are one where no other shares, and say how to add one', async () => {
    frame = await joinTeam(page, await board.link());
    await frame.getByRole('tab', { name: 'Overview' }).click();
    await totalIs(tokensOf([0, 1, 2, 3, 4, 5]));
    await switchTo('All my machines').click();
    await frame.getByText('No other machine of yours shares yet. Add one under Team, Share.').waitFor();
    assert.equal(await total(), tokensOf([0, 1, 2, 3, 4, 5]));
    await switchTo('This machine').click();
  });

  it('come in by a link of the first, which asks only what is to be left out', async () => {
    await frame.getByRole('tab', { name: 'Team' }).click();
    const link = await linkForAnother();
    const other = await pasteLink(desktop.page, link);
    await other.getByRole('heading', { name: /^Add this machine to Acme/ }).waitFor();
    assert.equal(await other.getByRole('radio', { name: 'By pseudonym' }).count(), 0, 'as whom was chosen before');
    await picture(desktop.page, 'team-machine-joins');
    const before = board.front.seen.length;
    await addMachine(other);
    await other.getByText('You share daily totals').waitFor();
    const syncs = () => board.front.seen.slice(before).filter(({ path }) => path === '/v1/sync');
    await until(() => syncs().length > 0, 'nothing was sent');
    assert.equal(JSON.parse(syncs()[0]?.body ?? '{}').cells.length, 2, 'two days are complete');
  });

  it('add up to the token, with what is only known of this one said to be so', async () => {
    // Asked a moment ago, the server is not asked again; a window that opens asks it.
    await reopen();
    await totalIs(tokensOf([0, 1, 2, 3, 4, 5]) + tokensOf([1, 2]));
    await frame.getByText(/2\.5M on your other machines · complete UTC days from/).waitFor();
    await frame.getByText('Projects, hours, calendar, records and forecast are of this machine').waitFor();
    const kinds = await frame
      .locator('.tb-kind-figures')
      .evaluateAll((all) =>
        all.map((one) => Number((one as unknown as { title: string }).title.replaceAll(/\D/g, ''))),
      );
    assert.equal(
      kinds.reduce((sum, one) => sum + one, 0),
      await total(),
    );
    assert.deepEqual(await seriousFindings(page), []);
    await picture(page, 'team-all-machines');
    for (const width of [360, 640, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await fitsSideways(page);
      await picture(page, `team-all-machines-${width}`);
    }
    await switchTo('This machine').click();
    await totalIs(tokensOf([0, 1, 2, 3, 4, 5]));
    await switchTo('All my machines').click();
  });

  it('are told as last known, with their age, while the server is away', async () => {
    await board.front.shut();
    await reopen();
    await totalIs(tokensOf([0, 1, 2, 3, 4, 5]) + tokensOf([1, 2]));
    await frame.getByText('The server cannot be reached').first().waitFor({ timeout: 60_000 });
    await frame.getByText(/on your other machines · .* · asked /).waitFor();
    await picture(page, 'team-all-machines-offline');
    await board.front.open();
  });

  it('are asked about where one has the very same counts as another, as a machine does that was set up anew', async () => {
    await frame.getByRole('tab', { name: 'Team' }).click();
    const link = await linkForAnother();
    await desktop.close();
    desktop = await open('copy', 6);
    const other = await pasteLink(desktop.page, link);
    await addMachine(other);
    const line = other.locator('.tb-team');
    await line.getByText('Another of your machines has the very same counts.').first().waitFor();
    await picture(desktop.page, 'team-machine-overlap');
    await followInTooltip(desktop.page, 'Another of your machines has the very same counts', 'Decide');
    const question = dialogOf(desktop.page, 'Does this machine replace another of yours?');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await line.getByRole('button', { name: 'Replace the other machine' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await line.getByText('You share daily totals').first().waitFor();
    await page.reload();
    await ready(page);
    await frame.getByRole('tab', { name: 'Team' }).click();
    await frame.getByText('This machine is signed out of Acme').first().waitFor();
    const { rows } = await usage();
    assert.equal(rows, tokensOf([1, 2, 3, 4, 5]) + tokensOf([1, 2]), 'nothing is counted twice');
  });

  /** All that the server holds of the person whose machines these are, tokens. */
  async function usage(): Promise<{ readonly rows: number }> {
    const names = board.others.map(({ id }) => id).join(', ');
    const [sum] = await board.world.database.rows(
      `SELECT sum(tin + tout + tcr + tcw) AS tokens FROM member_day WHERE member NOT IN (${names}) AND member <> ${board.world.owner.id}`,
    );
    return { rows: Number(sum?.tokens) };
  }

  async function linkForAnother(): Promise<string> {
    await frame.getByRole('radiogroup', { name: 'What is shown of the team' }).getByText('Share').click();
    await frame.getByRole('button', { name: 'Add a machine' }).click();
    return await frame.getByRole('textbox', { name: 'Link' }).inputValue();
  }

  async function addMachine(other: FrameLocator): Promise<void> {
    await other.getByRole('combobox', { name: 'Share from' }).click();
    await other.getByRole('option').last().click();
    await other.locator('button:not([aria-disabled="true"])', { hasText: 'Add this machine' }).click();
  }
});
