import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoHome } from '../demo/demo-home.ts';
import { counterOf } from '../workbench/counter.ts';
import { dashboardDrawn, dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { seriousFindings } from './axe.ts';

const themes = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;

describe('The dashboard, asked of by axe-core', () => {
  let home: string;

  before(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    writeDemoHome(home);
  });

  after(() => {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  for (const theme of themes) {
    it(`has nothing serious in any view, ${theme}`, async () => {
      const { page, close } = await openWorkbench({ name: `axe-${theme}`, home, vsix: vsixPath(), theme });
      try {
        await counterOf(page).filter({ hasText: /\d/ }).waitFor({ timeout: 60_000 });
        await counterOf(page).click();
        await dashboardDrawn(page);
        const frame = dashboardOf(page);
        const findings: string[] = [];
        const look = async (name: string) =>
          findings.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
        for (const tab of ['Sessions', 'Insights', 'Badges', 'Overview']) {
          await frame.getByRole('tab', { name: tab }).click();
          await frame.locator('[role=tabpanel]:visible [aria-busy]').first().waitFor({ state: 'hidden' });
          await look(tab);
        }
        await frame.getByRole('button', { name: 'Filter' }).click();
        await frame.getByRole('checkbox').first().waitFor();
        await look('filter');
        await page.keyboard.press('Escape');
        await frame.getByRole('button', { name: /More periods/ }).click();
        await look('more periods');
        await page.keyboard.press('Escape');
        // Each says something else once it is clicked.
        const asTable = frame.getByRole('button', { name: 'Show as table' });
        for (let left = await asTable.count(); left > 0; left--) await asTable.first().click();
        for (const fold of ['When', 'Records', 'Forecast'])
          await frame.getByRole('button', { name: fold, exact: false }).first().click();
        await frame.getByRole('button', { name: 'How is this computed? Tokens', exact: true }).click();
        await frame.getByText('List prices of version').waitFor();
        await look('tables, folded rows and drawer');
        assert.deepEqual(findings, []);
      } finally {
        await close();
      }
    });
  }
});
