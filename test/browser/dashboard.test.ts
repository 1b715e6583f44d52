import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { compact } from '../../src/usage/format.ts';
import { appendClaude } from '../demo/claude-log.ts';
import { writeDemoHome } from '../demo/demo-home.ts';
import type { DemoSession } from '../demo/plan.ts';
import { counted, counterOf } from '../workbench/counter.ts';
import { dashboardDrawn, dashboardFrame, dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { fitsSideways, openAnew } from './dashboard-frame.ts';
import { pictureOfFailure, runCommand, saveAs, until } from './window.ts';

describe('The dashboard', function () {
  this.retries(1);
  let home: string;
  let folder: string;
  let sessions: readonly DemoSession[];
  let workbench: Workbench;
  let page: Page;
  let frame: FrameLocator;
  const complaints: string[] = [];

  before(async () => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    ({ folder, sessions } = writeDemoHome(home));
    workbench = await openWorkbench({
      name: 'dashboard',
      home,
      folder,
      vsix: vsixPath(),
      settings: { 'workbench.activityBar.location': 'hidden' },
    });
    page = workbench.page;
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught|TypeError/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    frame = dashboardOf(page);
    await counted(page);
  });

  after(async () => {
    await workbench?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, page);
    if (this.currentTest?.state !== 'passed') await openAnew(page);
  });

  const headline = () => frame.locator('.tb-headline');
  const period = (name: string) => frame.getByRole('radio', { name, exact: true });
  const tab = (name: string) => frame.getByRole('tab', { name });
  const button = (name: string | RegExp) => frame.getByRole('button', { name, exact: typeof name === 'string' });
  const total = async () => Number((await headline().getAttribute('title'))?.replaceAll(',', ''));

  async function totalIs(expected: (tokens: number) => boolean, words = ''): Promise<void> {
    let last = Number.NaN;
    await until(
      async () => {
        last = await total();
        return expected(last);
      },
      () => `the total is ${last} ${words}`,
    );
  }

  it('opens by a click on the status bar, in one panel, and shows the total of 30 days', async () => {
    await counterOf(page).click();
    await dashboardDrawn(page);
    const since = new Date();
    since.setHours(0, 0, 0, 0);
    since.setDate(since.getDate() - 29);
    const expected = sessions
      .flatMap(({ requests }) => requests)
      .filter(({ time }) => time >= since.getTime())
      .reduce((sum, { input, output, cacheRead, cacheWrite }) => sum + input + output + cacheRead + cacheWrite, 0);
    await totalIs((tokens) => tokens === expected, `${expected} are in the logs`);
    assert.equal(await period('30 days').getAttribute('aria-checked'), 'true');
    await counterOf(page).click();
    assert.equal(await page.locator('.tab', { hasText: 'Tokenboard' }).count(), 1);
  });

  it('shows parts that add up to the total, as they are shown', async () => {
    const texts = await frame.locator('.tb-kind-figures .tb-strong').allTextContents();
    const shown = texts.map((text) => Number.parseFloat(text) * ({ K: 1e3, M: 1e6, B: 1e9 }[text.at(-1) ?? ''] ?? 1));
    const sum = (parts: readonly number[]) => compact(parts.reduce((all, part) => all + part, 0));
    const [headlineShown = ''] = ((await headline().textContent()) ?? '').split(' ');
    assert.equal(sum(shown), headlineShown, `${texts}`);
    const fresh = ((await frame.locator('.tb-fresh').textContent()) ?? '').replace('fresh ', '');
    assert.equal(sum(shown.slice(0, 3)), fresh, `${texts}`);
    const shares = await frame.locator('.tb-kind-figures .tb-muted').allTextContents();
    assert.equal(
      shares.reduce((sum, text) => sum + Math.round(Number.parseFloat(text) * 10), 0),
      1000,
      `${shares}`,
    );
  });

  it('changes its period by mouse and keyboard, also to days of one’s own', async () => {
    const all = await total();
    await period('7 days').click();
    await totalIs((tokens) => tokens > 0 && tokens < all);
    const week = await total();
    await page.keyboard.press('ArrowLeft');
    await totalIs((tokens) => tokens < week);
    assert.equal(await period('Today').getAttribute('aria-checked'), 'true');
    await page.keyboard.press('End');
    await totalIs((tokens) => tokens > all);

    await button(/More periods/).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await frame.getByRole('menuitemradio', { name: '90 days' }).waitFor({ state: 'hidden' });
    await until(async () => /More/.test((await focused()) ?? ''), 'the focus is not back');
    await page.keyboard.press('Enter');
    await frame.getByRole('menuitemradio', { name: 'This year' }).click();
    await button(/Period: This year/).waitFor();

    await button(/Period: This year/).click();
    const today = new Intl.DateTimeFormat('en-CA').format(Date.now());
    await frame.getByLabel('From').fill('');
    await button('Show these days').click();
    await frame.getByText('Choose a first and a last day.').waitFor();
    await frame.getByLabel('From').fill(today);
    await frame.getByLabel('To', { exact: true }).fill(today);
    await button('Show these days').click();
    await button(/^Period: .* – /).waitFor();
    await period('30 days').click();
    await totalIs((tokens) => tokens === all);
  });

  it('narrows the figures by a filter, with a chip for each choice', async () => {
    const all = await total();
    await button('Filter').click();
    await frame.getByRole('checkbox', { name: 'Codex', exact: true }).waitFor();
    await page.keyboard.type('codex');
    await frame.getByRole('checkbox', { name: 'OpenCode' }).waitFor({ state: 'detached' });
    await frame.getByRole('checkbox', { name: 'Codex', exact: true }).click();
    await totalIs((tokens) => tokens > 0 && tokens < all);
    const codex = await total();
    await button('Done').click();
    await button('Remove the filter Codex').waitFor();
    await button('Filter, 1 chosen').waitFor();

    await frame.locator('.tb-card-projects .tb-ranks button').first().click();
    await totalIs((tokens) => tokens > 0 && tokens < codex);
    await button('Remove the filter Codex').click();
    await totalIs((tokens) => tokens !== codex && tokens > 0);
    await button('Clear all').click();
    await totalIs((tokens) => tokens === all);
    await frame.locator('.tb-chips').waitFor({ state: 'hidden' });
  });

  it('walks its tabs with arrow keys, and shows a view for each', async () => {
    await tab('Overview').focus();
    for (const name of ['Sessions', 'Insights', 'Badges']) {
      await page.keyboard.press('ArrowRight');
      await frame.getByRole('tab', { name, selected: true }).waitFor();
      await frame.getByRole('tabpanel', { name }).locator('h2, table, [class*=badge]').first().waitFor();
    }
    assert.equal(await period('7 days').isVisible(), false, 'badges have no period');
    await page.keyboard.press('Home');
    await headline().waitFor();
  });

  it('splits, measures and hides series of the chart, and walks along its bars', async () => {
    const chart = frame.locator('.tb-card-chart');
    const legend = chart.locator('.tb-legend-entry');
    await chart.getByRole('button', { name: 'by tool' }).click();
    await frame.getByRole('menuitemradio', { name: 'by model' }).click();
    await legend.filter({ hasText: 'claude-sonnet-4-6' }).waitFor();
    await chart.getByRole('button', { name: 'by model' }).click();
    await frame.getByRole('menuitemradio', { name: 'by kind of token' }).click();
    await legend.filter({ hasText: 'Cache reads' }).waitFor();
    assert.ok(await chart.getByRole('radio', { name: 'Requests' }).isDisabled());
    await chart.getByRole('button', { name: 'by kind of token' }).click();
    await frame.getByRole('menuitemradio', { name: 'by tool' }).click();
    await legend.filter({ hasText: 'Codex' }).waitFor();

    for (const [metric, title] of [
      ['Fresh', 'Fresh tokens per day'],
      ['Cost', 'List price per day'],
      ['Requests', 'Requests per day'],
      ['Tokens', 'Tokens per day'],
    ] as const) {
      await chart.getByRole('radio', { name: metric }).click();
      await chart.getByRole('heading', { name: title, exact: true }).waitFor();
    }

    await legend.filter({ hasText: 'Codex' }).click();
    assert.equal(await legend.filter({ hasText: 'Codex' }).getAttribute('aria-pressed'), 'false');
    const bars = chart.locator('.tb-chart');
    const tooltip = chart.locator('.tb-tooltip');
    await bars.focus();
    await page.keyboard.press('ArrowLeft');
    await tooltip.waitFor();
    assert.doesNotMatch((await tooltip.textContent()) ?? '', /Codex/);
    const first = await tooltip.textContent();
    await page.keyboard.press('ArrowLeft');
    await until(async () => (await tooltip.textContent()) !== first, 'the bar before tells the same');
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'hidden' });
    await bars.hover({ position: { x: 200, y: 100 } });
    await tooltip.waitFor();
    await headline().hover();
    await tooltip.waitFor({ state: 'hidden' });
    await legend.filter({ hasText: 'Codex' }).click();
  });

  it('has a table behind its charts, which adds up', async () => {
    const chart = frame.locator('.tb-card-chart');
    await chart.getByRole('button', { name: 'Show as table' }).click();
    await chart.locator('tbody tr').first().waitFor();
    const totals = await chart.locator('tbody tr td:last-child').allTextContents();
    const sum = totals.reduce((all, text) => all + Number(text.replaceAll(',', '')), 0);
    assert.equal(sum, await total());
    await chart.getByRole('button', { name: 'Show as chart' }).click();
    await chart.locator('canvas').waitFor();
  });

  it('walks over the calendar with arrow keys, and unfolds what is folded', async () => {
    const calendar = frame.locator('.tb-card-calendar');
    await calendar.locator('.tb-heatmap').focus();
    await page.keyboard.press('ArrowLeft');
    await calendar.locator('.tb-tooltip').waitFor();
    const today = await calendar.locator('.tb-tooltip').textContent();
    await page.keyboard.press('ArrowLeft');
    await until(
      async () => (await calendar.locator('.tb-tooltip').textContent()) !== today,
      'the day before tells the same',
    );
    await page.keyboard.press('Escape');
    for (const [fold, part] of [
      ['When', '.tb-when'],
      ['Records', '.tb-records'],
      ['Forecast', '.tb-forecast'],
    ] as const) {
      const row = frame.locator('.tb-fold-row', { hasText: fold });
      assert.ok(((await row.locator('.tb-fold-answer').textContent()) ?? '').length > 5, `${fold} has its answer`);
      await row.focus();
      await page.keyboard.press('Enter');
      await frame.locator(part).waitFor();
    }
    for (const fold of ['When', 'Records', 'Forecast']) await frame.locator('.tb-fold-row', { hasText: fold }).click();
  });

  it('tells how a card is computed, in a drawer that gives the focus back', async () => {
    const explain = button('How is this computed? Tokens');
    await explain.click();
    await frame.getByRole('dialog', { name: 'How is this computed?' }).waitFor();
    await frame.getByText('List prices of version').waitFor();
    await page.keyboard.press('Escape');
    await frame.getByRole('dialog', { name: 'How is this computed?' }).waitFor({ state: 'hidden' });
    await until(async () => (await focused()) === 'How is this computed? Tokens', 'the focus is not back');
  });

  it('saves its chart and its figures through the save dialog', async () => {
    const save = async (name: string | RegExp, file: string) => {
      await button(name).click();
      return await saveAs(page, join(home, file));
    };
    const png = await save('Save as PNG', 'chart.png');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.length > 5_000, `${png.length} bytes`);
    const csv = (await save('Save as CSV', 'figures.csv')).toString();
    assert.match(csv.split('\n')[0] ?? '', /,/);
    assert.ok(csv.split('\n').length > 3, csv);
    JSON.parse((await save('Save as JSON', 'figures.json')).toString());
  });

  it('keeps scroll and focus when figures change while it is open', async () => {
    const before = await total();
    const row = frame.locator('.tb-card-models .tb-ranks button').first();
    await row.focus();
    const inside = await dashboardFrame(page);
    await inside.evaluate('window.scrollTo(0, 300)');
    const name = await focused();
    appendClaude(home, {
      id: 'live',
      session: 'live',
      project: `${folder}/demo-webshop`,
      model: 'claude-sonnet-4-6',
      time: Date.now(),
      output: 1234,
    });
    await totalIs((tokens) => tokens === before + 1234);
    assert.equal(await inside.evaluate('window.scrollY'), 300);
    assert.equal(await focused(), name);
  });

  it('is as it was left after the window is reloaded', async () => {
    await period('7 days').click();
    await frame.locator('.tb-card-models .tb-ranks button').first().click();
    await frame.locator('.tb-chip').waitFor();
    await frame.locator('.tb-card-chart').getByRole('radio', { name: 'Cost' }).click();
    await frame.locator('.tb-fold-row', { hasText: 'Records' }).click();
    const inside = await dashboardFrame(page);
    await inside.evaluate('window.scrollTo(0, 250)');
    const chip = await frame.locator('.tb-chip').textContent();
    // The page keeps where it is scrolled to once that has rested, and nothing tells of it.
    await page.waitForTimeout(2000);
    await runCommand(page, 'Developer: Reload Window');
    await page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
    await dashboardDrawn(page);
    await frame.getByRole('radio', { name: '7 days', exact: true, checked: true }).waitFor();
    assert.equal(await frame.locator('.tb-chip').textContent(), chip);
    await frame.getByRole('heading', { name: 'List price per day' }).waitFor();
    await frame.locator('.tb-records').waitFor();
    const again = await dashboardFrame(page);
    await again.waitForFunction('window.scrollY === 250');
  });

  it('fits every width from 300 to 2,000 pixels without scrolling sideways', async () => {
    await runCommand(page, 'View: Close Primary Side Bar');
    for (const width of [2000, 1440, 900, 700, 480, 300]) {
      await page.setViewportSize({ width, height: 900 });
      await fitsSideways(page);
    }
    await page.setViewportSize({ width: 480, height: 900 });
    await frame.locator('.tb-fold-row', { hasText: 'Models' }).click();
    await frame.locator('.tb-fold .tb-ranks').first().waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await frame.locator('.tb-card-models .tb-ranks').waitFor();
  });

  it('gave the browser no reason to complain', () => {
    assert.deepEqual(complaints, []);
  });

  /** The name of what has the focus. */
  async function focused(): Promise<string | null> {
    const inside = await dashboardFrame(page);
    return (await inside.evaluate(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
    )) as string | null;
  }
});
