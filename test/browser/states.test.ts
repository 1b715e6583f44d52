import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { corpusHome } from '../bench/corpus-home.ts';
import { appendClaude } from '../demo/claude-log.ts';
import { appendAiderChat } from '../editor/aider-chat.ts';
import { counterId, counterOf, counterShows } from '../workbench/counter.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench/workbench.ts';
import { appendCodexLimits } from './codex-limits.ts';
import { type SlowLedger, slowLedger } from './slow-ledger.ts';
import { openZoomed, outputShows, picture, pictureOfFailure, runCommand, tooltipLines, until } from './window.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe("The counter's states", function () {
  this.retries(1);
  let temporary: string;
  let home: string;
  let workbench: Workbench | undefined;
  let slow: SlowLedger | undefined;

  beforeEach(() => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await slow?.end();
    slow = undefined;
    await workbench?.close();
    workbench = undefined;
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  async function open(options: Partial<WorkbenchOptions> = {}): Promise<Workbench> {
    const env = { TZ: noonZone(), ...options.env };
    workbench = await openWorkbench({ name: 'states', home, vsix: vsixPath(), ...options, env });
    return workbench;
  }

  it('tell how far the first count has come, then its figure', async () => {
    const { home: other } = await corpusHome(300);
    slow = slowLedger(home);
    const { page } = await open({ settings: { 'tokenboard.logFolders': [other] } });
    await counterOf(page).filter({ hasText: /\d+%/ }).waitFor();
    await picture(page, 'first-count-dark');
    await slow.end();
    await counterOf(page)
      .filter({ hasText: /^\s*[\d.]+[KMB]?\s*$/ })
      .waitFor({ timeout: 90_000 });
    await picture(page, 'counted-dark');
  });

  it('are honest where nothing is found: what was looked for, and where', async () => {
    const { page } = await open({ theme: 'light' });
    await counterShows(page, '0');
    const lines = await tooltipLines(page, /No logs of an AI coding tool/);
    assert.match(lines.join('\n'), /It looks for Claude Code, Codex,/);
    assert.ok(lines.length <= 9, lines.join('\n'));
    await picture(page, 'nothing-found-light');
    await page.mouse.move(640, 300);
    await counterOf(page).click();
    await outputShows(page, ': 0 requests, 0 tokens in the ledger');
    await outputShows(page, 'not there: ~/');
    await picture(page, 'nothing-found-log-light');
  });

  it('say what is wrong with the ledger, lead to the log, and are well again once it is mended', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    const folder = join(home, '.local', 'share', 'tokenboard');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'ledger.db');
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const { page } = await open({ theme: 'high-contrast' });
    await counterShows(page, '–');
    await counterOf(page).locator('.codicon-warning').waitFor();
    const lines = await tooltipLines(page, /newer version of Tokenboard/);
    assert.match(lines.join(' '), /please update/i);
    await picture(page, 'newer-ledger-high-contrast');
    await page.mouse.move(640, 300);
    await counterOf(page).click();
    await outputShows(page, 'newer version of Tokenboard');
    await picture(page, 'newer-ledger-log-high-contrast');
    rmSync(file);
    await counterShows(page, '777');
  });

  it('say that nothing is kept where the ledger cannot be written, and count all the same', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    const file = join(temporary, 'a-file');
    writeFileSync(file, '');
    const { page } = await open({ env: { TOKENBOARD_DATA_DIR: join(file, 'data') } });
    await counterShows(page, '777');
    await counterOf(page).locator('.codicon-warning').waitFor();
    const lines = await tooltipLines(page, /cannot be used/);
    assert.match(
      lines.join(' '),
      /a file stands where its folder should be. Counting in memory; what is new is not kept/,
    );
    assert.match(lines.join('\n'), /Today 777/);
    assert.ok(lines.length <= 9, lines.join('\n'));
    await picture(page, 'not-kept-dark');
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const told = dashboardOf(page)
      .getByRole('status')
      .filter({ hasText: /Counting in memory; what is new is not kept/ });
    await told.waitFor();
    await picture(page, 'dashboard-not-kept-dark');
    rmSync(file);
    await runCommand(page, 'Tokenboard: Count Again Now');
    await told.waitFor({ state: 'hidden' });
    await counterOf(page).locator('.codicon-graph').waitFor();
    await counterShows(page, '777');
  });

  it('are of what is exact alone once estimates are switched off, and the dashboard says so', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    appendAiderChat(home, Date.now(), noonZone());
    const { page } = await open();
    await counterShows(page, '4.8K');
    await tooltipLines(page, /^Today about 4\.8K/);
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const headline = dashboardOf(page).locator('.tb-headline');
    await headline.filter({ hasText: /about\s+4\.8K/ }).waitFor();
    await runCommand(page, 'Tokenboard: Open Settings');
    await page.locator('.settings-editor .suggest-input-container').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('@id:tokenboard.estimates');
    await page.locator('[data-key="tokenboard.estimates"] .monaco-custom-toggle').click();
    await counterShows(page, '777');
    await picture(page, 'estimates-off-dark');
    const settings = page.locator('.settings-editor');
    await until(async () => {
      await page.keyboard.press('Escape');
      return !(await settings.isVisible());
    }, 'the settings stay open');
    await tooltipLines(page, /^Today 777/);
    await page.mouse.move(640, 300);
    await headline.filter({ hasText: /^\s*777/ }).waitFor();
    await dashboardOf(page).getByRole('button', { name: 'How is this computed? Tokens', exact: true }).click();
    await dashboardOf(page).getByText('Estimates are left out: the setting tokenboard.estimates is off.').waitFor();
    await picture(page, 'dashboard-estimates-off-dark');
  });

  it('stand on either side, as one thing that the keyboard reaches and a screen reader reads', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    const { page } = await open({ theme: 'high-contrast-light' });
    await counterShows(page, '777');
    const on = (side: string) => page.locator(`.statusbar .${side}-items [id^="${counterId}"]`);
    assert.equal(await on('left').count(), 1);
    await runCommand(page, 'Tokenboard: Open Settings');
    const setting = page.locator('.settings-editor .setting-item', { hasText: 'Side' }).first();
    const choice = setting.locator('select');
    await choice.selectOption({ label: 'Right' });
    await on('right').waitFor();
    await on('left').waitFor({ state: 'detached' });
    await picture(page, 'right-high-contrast-light');
    await choice.selectOption({ label: 'Left' });
    await on('left').waitFor();
    await on('right').waitFor({ state: 'detached' });

    await page.keyboard.press('Escape');
    await page.locator('.settings-editor').waitFor({ state: 'hidden' });

    const button = counterOf(page).getByRole('button');
    assert.equal(
      await button.getAttribute('aria-label'),
      'Tokenboard, Today: 777 tokens, 777 of them fresh, ≈ $0.02 list price',
    );
    await page.mouse.move(640, 300);
    await button.focus();
    await page.keyboard.press('Enter');
    await dashboardOf(page).locator('.tb-headline', { hasText: '777' }).waitFor();
  });

  it('grow with a limit that is near, warn of one that is used up, and grey what is old', async () => {
    const now = Date.now();
    const repository = join(temporary, 'demo-webshop');
    mkdirSync(join(repository, '.git'), { recursive: true });
    writeFileSync(join(repository, '.git', 'HEAD'), 'ref: refs/heads/feature/fast_checkout\n');
    const project = { session: 's', project: repository };
    appendClaude(home, {
      ...project,
      id: 'a',
      branch: 'feature/fast_checkout',
      time: now,
      output: 4000,
      cacheRead: 84_000,
    });
    appendClaude(home, { ...project, id: 'b', branch: 'main', time: now, output: 400 });
    // The week was told of three hours ago, by a version that knew of no other limit.
    appendCodexLimits(home, now - 3 * hour, [{ minutes: 10_080, used: 31, resetsIn: 3 * day }]);
    appendCodexLimits(home, now, [{ minutes: 300, used: 62, resetsIn: hour }]);
    const { page } = await open({ folder: repository, theme: 'light', env: { TOKENBOARD_DEMO: '1' } });
    await counterShows(page, '88.4K');
    await tooltipLines(page, /fast_checkout/);
    await picture(page, 'limit-quiet-light');

    appendCodexLimits(home, Date.now(), [{ minutes: 300, used: 82, resetsIn: hour }]);
    await counterShows(page, '88.4K · 5h 82%');
    await until(async () => !(await isWarning(page)), 'it warns');
    const near = await tooltipLines(page, /5h 82 %/);
    assert.ok(near.length <= 9, near.join('\n'));
    assert.match(near[0] ?? '', /^Demo data/);
    assert.match(near[1] ?? '', /^Today 88\.4K · 4\.4K fresh/);
    assert.ok(
      near.some((line) => /feature\/fast_checkout 88K/.test(line)),
      near.join('\n'),
    );
    assert.ok(
      near.some((line) => line.endsWith(`Counted on ${hostname()}`)),
      near.join('\n'),
    );
    const old = page.locator('.monaco-hover:visible span[style*="color"]', { hasText: /week 31 %.*3 h ago/ });
    await old.waitFor();
    await picture(page, 'limit-near-light');

    appendCodexLimits(home, Date.now(), [{ minutes: 300, used: 100, resetsIn: hour }]);
    await counterShows(page, '88.4K · 5h 100%');
    await until(() => isWarning(page), 'it does not warn');
    await page.mouse.move(640, 300);
    await page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
    await picture(page, 'limit-over-light');

    const zoomed = await openZoomed(page);
    await counterShows(zoomed, '88.4K · 5h 100%');
    await tooltipLines(zoomed, /5h 100 %/);
    await picture(zoomed, 'limit-over-zoomed-light');
    await zoomed.context().close();
  });

  async function isWarning(page: Page): Promise<boolean> {
    return /\bwarning-kind\b/.test((await counterOf(page).getAttribute('class')) ?? '');
  }
});
