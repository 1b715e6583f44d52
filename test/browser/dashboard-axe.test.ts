import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { writeDemoHome } from '../demo/demo-home.ts';
import { counted, counterOf } from '../workbench/counter.ts';
import { dashboardDrawn, dashboardFrame, dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { seriousFindings } from './axe.ts';
import { chooseTheme, dashboardHasTheme, type Theme, themes } from './themes.ts';
import { picture, pictureOfFailure, runCommand } from './window.ts';

const widths = [1400, 400] as const;

describe('The dashboard, asked of by axe-core', function () {
  this.retries(1);
  let home: string;
  let workbench: Workbench;
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    const { folder } = writeDemoHome(home);
    workbench = await openWorkbench({ name: 'axe', home, folder, vsix: vsixPath() });
    page = workbench.page;
    await counted(page);
    await counterOf(page).click();
    await dashboardDrawn(page);
    await runCommand(page, 'View: Close Primary Side Bar');
    frame = dashboardOf(page);
  });

  after(async () => {
    await workbench?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, page);
  });

  async function open(tab: string): Promise<void> {
    await frame.getByRole('tab', { name: tab }).click();
    await frame.locator('[role=tabpanel]:visible [aria-busy]').first().waitFor({ state: 'hidden' });
  }

  async function unfoldAll(): Promise<void> {
    const folded = frame.locator('[role=tabpanel]:visible .tb-fold-row[aria-expanded=false]:visible');
    while ((await folded.count()) > 0) await folded.first().click();
    // Each says something else once it is clicked.
    const asTable = frame.getByRole('button', { name: 'Show as table' });
    for (let left = await asTable.count(); left > 0; left--) await asTable.first().click();
  }

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`has nothing serious in any view, ${theme}, and fits`, async () => {
      await page.setViewportSize({ width: widths[0], height: 900 });
      await chooseTheme(page, theme);
      await dashboardHasTheme(page, theme);
      const findings: string[] = [];
      const look = async (name: string) => {
        findings.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
        const inside = await dashboardFrame(page);
        if (await inside.evaluate('document.documentElement.scrollWidth > innerWidth'))
          findings.push(`${name} is wider than its panel`);
      };
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        for (const tab of ['Sessions', 'Insights', 'Badges', 'Overview']) {
          await open(tab);
          const row = frame.locator('.tb-list-open').first();
          if (tab === 'Sessions' && (await row.getAttribute('aria-expanded')) === 'false') await row.click();
          if (tab === 'Sessions') await frame.locator('.tb-course').waitFor();
          await picture(page, `dashboard-${tab.toLowerCase()}-${theme}-${width}`);
          await look(`${tab} at ${width}`);
        }
      }
      await page.setViewportSize({ width: widths[0], height: 900 });
      await frame.getByRole('button', { name: 'Filter' }).click();
      await frame.getByRole('checkbox').first().waitFor();
      await look('filter');
      await page.keyboard.press('Escape');
      await frame.getByRole('button', { name: /More periods/ }).click();
      await look('more periods');
      await page.keyboard.press('Escape');
      await unfoldAll();
      await frame.getByRole('button', { name: 'How is this computed? Tokens', exact: true }).click();
      await frame.getByText('List prices of version').waitFor();
      await look('tables, folded rows and drawer');
      await frame.getByRole('button', { name: 'Close', exact: true }).click();
      const asChart = frame.getByRole('button', { name: 'Show as chart' });
      for (let left = await asChart.count(); left > 0; left--) await asChart.first().click();
      assert.deepEqual(findings, []);
    });
  }
});
