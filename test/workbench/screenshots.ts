import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { appendCodexLimits } from '../browser/codex-limits.ts';
import { writeDemoHome } from '../demo/demo-home.ts';
import { counterOf } from './counter.ts';
import { dashboardDrawn, dashboardFrame, dashboardOf } from './dashboard.ts';
import { vsixPath } from './package-vsix.ts';
import { smallerPng } from './png-palette.ts';
import { say } from './say.ts';
import { openWorkbench } from './workbench.ts';

const folder = join('media', 'screenshots');
const themes = ['dark', 'light', 'high-contrast'] as const;
const views = ['Overview', 'Sessions', 'Insights', 'Badges'] as const;
const widths = [1280, 480] as const;
const tallest = 1800;
const hour = 3_600_000;

const settings = {
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': true,
  'window.commandCenter': false,
  'tokenboard.budgets': [{ per: 'month', unit: 'usd', amount: 250 }],
  'tokenboard.billing': { 'claude-code': 'subscription', codex: 'subscription' },
};

/** Pictures of each view of the dashboard with demo data, in three themes and two widths, for the README. */
for (const theme of themes) {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const { folder: projects } = writeDemoHome(temporary, { days: 180 });
  appendCodexLimits(temporary, Date.now() - 120_000, [
    { minutes: 300, used: 62, resetsIn: 2 * hour },
    { minutes: 10_080, used: 31, resetsIn: 80 * hour },
  ]);
  const { page, close } = await openWorkbench({
    name: `screenshots-${theme}`,
    home: temporary,
    folder: projects,
    vsix: vsixPath(),
    theme,
    settings,
  });
  try {
    await counterOf(page).filter({ hasText: /\d/ }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+b');
    await counterOf(page).click();
    await dashboardDrawn(page);
    for (const width of widths) for (const view of views) await take(page, view, theme, width);
  } finally {
    await close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function take(page: Page, view: string, theme: string, width: number): Promise<void> {
  const frame = dashboardOf(page);
  await page.setViewportSize({ width, height: 900 });
  await frame.getByRole('tab', { name: view }).click();
  await frame.locator('[role=tabpanel]:visible [aria-busy]').first().waitFor({ state: 'hidden' });
  const inside = await dashboardFrame(page);
  const size = (await inside.evaluate(
    '[innerWidth, innerHeight, document.querySelector(".tb-page").scrollHeight]',
  )) as readonly [number, number, number];
  // The window is as much larger than the page as it is around it.
  await page.setViewportSize({
    width: width + (width - size[0]),
    height: 900 + Math.min(tallest, size[2] + 16) - size[1],
  });
  await page.mouse.move(2, 2);
  await page.waitForTimeout(600);
  const picture = await page.locator('iframe.webview.ready').screenshot();
  mkdirSync(folder, { recursive: true });
  const name = `${view.toLowerCase()}-${theme}-${width}.png`;
  const small = smallerPng(picture);
  writeFileSync(join(folder, name), small);
  say(`  ${name}: ${Math.round(small.length / 1024)} kB of ${Math.round(picture.length / 1024)}`);
}
