import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoHome } from '../demo/demo-home.ts';
import { counted, counterOf } from '../workbench/counter.ts';
import { dashboardDrawn, dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { picture, tooltipLines } from './window.ts';

describe('In a German VS Code', function () {
  this.retries(1);
  let home: string;
  let workbench: Workbench;

  before(async () => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    writeDemoHome(home);
    workbench = await openWorkbench({ name: 'german', home, vsix: vsixPath(), locale: 'de' });
    await counted(workbench.page);
  });

  after(async () => {
    await workbench?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('the counter and the dashboard speak German, numbers and dates too', async () => {
    const { page } = workbench;
    const lines = await tooltipLines(page, 'Teilen ist aus');
    assert.match(lines.join('\n'), /Heute .*Listenpreis, nicht Ihre Rechnung/);
    await page.mouse.move(300, 300);
    await counterOf(page).click();
    await dashboardDrawn(page);
    const dashboard = dashboardOf(page);
    assert.deepEqual(await dashboard.getByRole('tab').allInnerTexts(), [
      'Überblick',
      'Sitzungen',
      'Einblicke',
      'Abzeichen',
    ]);
    assert.match(await dashboard.locator('.tb-headline').innerText(), /^\d+([.,]\d+)?\sMio\./);
    await dashboard
      .getByText(/Cache-Schreiben/)
      .first()
      .waitFor();
    assert.equal(await dashboard.locator('html').getAttribute('lang'), 'de');
    for (const view of ['Sitzungen', 'Einblicke', 'Abzeichen']) {
      await dashboard.getByRole('tab', { name: view }).click();
      await dashboard.locator('.tb-card:visible, .tb-list-row:visible, .tb-badge:visible').first().waitFor();
      await picture(page, `german-${view}`);
    }
  });
});
