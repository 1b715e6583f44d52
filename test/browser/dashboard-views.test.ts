import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { appendClaude } from '../demo/claude-log.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { openAnew, openDashboard, openTab } from './dashboard-frame.ts';
import { ownWindow } from './own-window.ts';
import { smallSessions, writeViewsHome } from './views-home.ts';
import { clipboardText, picture, runCommand, tooltipLines, until } from './window.ts';

const all = smallSessions + 1;

describe('Sessions, Insights and Badges of the dashboard', function () {
  this.retries(1);
  const own = ownWindow('dashboard-views', (home) => {
    writeViewsHome(home, Date.now());
    return { env: { TZ: noonZone() } };
  });
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = own.page;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    frame = await openDashboard(page);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'passed') frame = await openAnew(page);
  });

  const rows = () => frame.locator('.tb-list-row');
  const pages = () => frame.locator('.tb-pager [role="status"]');
  const focused = () => frame.evaluate("document.activeElement.getAttribute('data-key')");
  const search = () => frame.getByRole('textbox', { name: 'Search tool, model, project, branch or session' });

  it('list sessions in pages, sorted by any column', async () => {
    await openTab(frame, 'Sessions');
    await frame.getByText(`${all} sessions`).waitFor();
    await until(async () => (await rows().count()) === 50, 'not 50 rows');
    assert.equal(await pages().innerText(), `1 to 50 of ${all}`);
    await frame.getByRole('button', { name: 'Next page' }).click();
    await pages().getByText(`51 to ${all} of ${all}`).waitFor();
    await until(async () => (await rows().count()) === all - 50, `not ${all - 50} rows`);
    await frame.getByRole('button', { name: 'Page before' }).click();
    await pages().getByText('1 to 50').waitFor();

    const head = frame.getByRole('columnheader', { name: 'Tokens' });
    await head.getByRole('button').click();
    await frame.locator('th[aria-sort="descending"]', { hasText: 'Tokens' }).waitFor();
    await rows().first().locator('td', { hasText: 'notes-cli' }).waitFor();
    await head.getByRole('button').press('Enter');
    await frame.locator('th[aria-sort="ascending"]', { hasText: 'Tokens' }).waitFor();
    await rows().first().filter({ hasNotText: 'notes-cli' }).waitFor();
    await frame.getByRole('columnheader', { name: 'Start' }).getByRole('button').click();
  });

  it('find a session, show its course, and copy it for a pull request', async () => {
    await search().fill('notes IMPORT');
    await frame.getByText('1 session ·').waitFor();
    await rows().first().click();
    const course = frame.getByRole('group', { name: /Course of the session/ });
    await course.waitFor();
    await course.focus();
    await page.keyboard.press('ArrowRight');
    const told = frame.locator('.tb-course-told');
    await told.filter({ hasText: /\d+K/ }).waitFor();
    await frame.getByText('6 with over 200K of input').waitFor();
    await picture(page, 'dashboard-session-dark');
    await frame.getByRole('button', { name: 'Show as table' }).click();
    await frame.getByRole('table', { name: 'Course of the session' }).waitFor();
    await frame.getByRole('button', { name: 'Show as chart' }).click();
    await frame.getByRole('table', { name: 'By model' }).getByText('claude-opus-4-5').waitFor();
    await frame.getByRole('button', { name: 'Copy for pull request' }).click();
    await frame.getByText('Copied as Markdown.').waitFor();
    assert.match(await clipboardText(page), /claude-opus-4-5/);
    await rows().first().getByRole('button').press('Enter');
    await course.waitFor({ state: 'detached' });

    await search().fill('nothing like it');
    await frame.getByText('Nothing matches “nothing like it”').waitFor();
    await frame.getByRole('button', { name: 'Clear the search' }).click();
    await frame.getByText(`${all} sessions`).waitFor();
    assert.equal(await search().inputValue(), '');
  });

  it('go from row to row by keyboard, and open one where the focus stays', async () => {
    const first = rows().nth(0).getByRole('button');
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const third = rows().nth(2).getByRole('button');
    await frame.locator('.tb-list-row-open').waitFor();
    await rows().nth(2).getByRole('button', { expanded: true }).waitFor();
    await until(async () => (await focused()) === (await third.getAttribute('data-key')), 'the focus is gone');
    await page.keyboard.press('Enter');
    await frame.locator('.tb-list-row-open').waitFor({ state: 'detached' });
    await page.keyboard.press('Home');
    await until(async () => (await focused()) === (await first.getAttribute('data-key')), 'the focus is elsewhere');
  });

  it('are as they were left when another editor was in front for a while', async () => {
    await frame.getByRole('button', { name: 'Next page' }).click();
    await pages().getByText(`51 to ${all}`).waitFor();
    const key = await rows().nth(1).getByRole('button').getAttribute('data-key');
    await rows().nth(1).getByRole('button').click();
    await frame.locator('.tb-list-detail-row .tb-course').waitFor();
    await runCommand(page, 'File: New Untitled Text File');
    await page.locator('iframe.webview.ready').waitFor({ state: 'detached' });

    frame = await openDashboard(page);
    await frame.locator('.tb-list-detail-row .tb-course').waitFor();
    assert.equal(await pages().innerText(), `51 to ${all} of ${all}`);
    const open = frame.locator('.tb-list-row-open').getByRole('button');
    assert.equal(await open.getAttribute('data-key'), key);
    await open.click();
    await frame.locator('.tb-list-row-open').waitFor({ state: 'detached' });
    await frame.getByRole('button', { name: 'Page before' }).click();
    await pages().getByText('1 to 50').waitFor();
  });

  it('list projects and branches, and go from one to its sessions', async () => {
    await frame.getByRole('radio', { name: 'Projects' }).click();
    await frame.getByText('3 projects ·').waitFor();
    assert.match(await rows().first().innerText(), /notes-cli|atlas-api|web-shop/);
    await frame.getByRole('radio', { name: 'Projects' }).press('ArrowRight');
    await frame.getByText('3 branches ·').waitFor();
    await rows().filter({ hasText: 'fix/checkout' }).click();
    await frame.getByRole('button', { name: 'Show its sessions' }).click();
    await frame.getByText(`${smallSessions / 2} sessions ·`).waitFor();
    await frame.getByRole('radio', { name: 'Sessions', checked: true }).waitFor();
    await search().fill('notes');
    await frame.getByText('Nothing matches “notes”').waitFor();
    await frame.getByRole('button', { name: 'Clear the search' }).click();
    for (const chip of await frame.getByRole('button', { name: /^(Remove|Clear)/ }).all())
      if (await chip.isVisible()) await chip.click();
    await frame.getByText(`${all} sessions ·`).waitFor();
  });

  it('save the figures through the editor', async () => {
    await frame.getByRole('button', { name: /Save the figures.*CSV/ }).click();
    const dialog = page.locator('.quick-input-widget:visible');
    await dialog.waitFor();
    await page.waitForFunction(
      "/tokenboard.*\\.csv$/.test(document.querySelector('.quick-input-widget input[type=text]')?.value ?? '')",
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('tell costly habits, and open the session that shows one', async () => {
    const insights = await openTab(frame, 'Insights');
    const habit = insights.locator('[data-habit="long-context"]');
    await habit.waitFor();
    await habit.getByText('6 requests').waitFor();
    assert.equal(await habit.locator('.tb-habit-advice').count(), 1);
    await habit.getByRole('button', { name: /notes-cli/ }).click();
    const opened = frame.getByRole('region', { name: 'Session', exact: true });
    await opened.getByText(/notes-cli/).waitFor();
    await frame.getByRole('tab', { name: 'Sessions', selected: true }).waitFor();
    await opened.getByRole('button', { name: 'Close the session' }).click();
    await opened.waitFor({ state: 'detached' });
  });

  it('compare the price with another model, say what rests on what, and lead to the setting', async () => {
    const insights = await openTab(frame, 'Insights');
    const prices = insights.getByRole('table', { name: 'Models and prices' });
    await prices.getByText('claude-opus-4-5').first().waitFor();
    const before = await prices.locator('thead').innerText();
    const choice = insights.getByRole('combobox', { name: 'Compare with the price of' });
    await choice.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const changed = `document.querySelector('.tb-prices thead').innerText !== ${JSON.stringify(before)}`;
    await frame.waitForFunction(changed);
    await insights.getByText(/Price table/).waitFor();
    const explain = insights.getByRole('button', { name: 'How is this computed? Efficiency' });
    await explain.click();
    await frame.getByText('Cache share is cache reads ÷').waitFor();
    await page.keyboard.press('Escape');
    await insights.getByRole('button', { name: 'Say how tools are paid' }).click();
    await page.locator('.settings-editor .setting-item', { hasText: 'Billing' }).first().waitFor();
    await page.keyboard.press('Control+w');
    frame = await openDashboard(page);
  });

  it('show badges, and those that are earned', async () => {
    const badges = await openTab(frame, 'Badges');
    await until(async () => (await badges.locator('.tb-badge').count()) === 12, 'not twelve badges');
    const [, earned] = (await badges.locator('.tb-page-title').innerText()).match(/^(\d+) of 12$/) ?? [];
    await badges.getByRole('radio', { name: 'All' }).press('ArrowRight');
    await badges.getByRole('radio', { name: 'Earned', checked: true }).waitFor();
    await until(async () => (await badges.locator('.tb-badge').count()) === Number(earned), `not ${earned} badges`);
    assert.equal(await badges.locator('.tb-badge-locked').count(), 0);
    await badges.getByRole('radio', { name: 'Close to next' }).click();
    await badges.getByRole('radio', { name: 'Close to next', checked: true }).waitFor();
    await badges.locator('.tb-badge').or(badges.getByText('No next tier is close')).first().waitFor();
    assert.ok((await badges.locator('.tb-badge').count()) < 12);
    await badges.getByRole('radio', { name: 'All' }).click();
    await badges.getByRole('button', { name: /How is this computed/ }).click();
    await frame.getByText('Each badge is worked out on this machine').waitFor();
    await page.keyboard.press('Escape');
  });

  it('show names that are written like a page as the text that they are', async () => {
    const evil = `<img src=x onerror="document.body.dataset.evil='1'">`;
    const words = { project: `/home/dev/${evil}`, branch: `"><b>${evil}`, model: `model${evil}` };
    const time = Date.now() - 60_000;
    appendClaude(own.home, { id: 'evil', session: 'evil', time, output: 900_000_000, ...words });
    const overview = await openTab(frame, 'Overview');
    await overview
      .getByText(/^model<img/)
      .first()
      .waitFor({ timeout: 60_000 });
    await overview.getByText(words.branch).first().waitFor({ state: 'attached' });
    const sessions = await openTab(frame, 'Sessions');
    await sessions.locator('td', { hasText: evil }).first().waitFor();
    await rows().first().click();
    await frame.getByRole('group', { name: /Course of the session/ }).waitFor();
    const insights = await openTab(frame, 'Insights');
    await insights
      .getByText(/^model<img/)
      .first()
      .waitFor();
    const [tip] = await tooltipLines(page, 'list price');
    assert.ok(tip);
    assert.equal(await frame.locator('img, b:has(img)').count(), 0);
    assert.equal(await frame.evaluate('document.body.dataset.evil'), undefined);
    assert.equal(await page.evaluate('document.body.dataset.evil'), undefined);
  });
});
