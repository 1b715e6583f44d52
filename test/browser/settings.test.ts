import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { picture, pictureOfFailure, runCommand, scrolledTo } from './window.ts';

describe('The settings', function () {
  this.retries(1);
  let home: string;
  let workbench: Workbench | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await workbench?.close();
    workbench = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('can be filled in without JSON', async () => {
    workbench = await openWorkbench({
      ...{ name: 'settings', home, vsix: vsixPath(), theme: 'light', env: { TZ: noonZone() } },
      settings: {
        'tokenboard.billing': { codex: 'api' },
        'tokenboard.allowance': { unit: 'usd', amount: 1200 },
        'tokenboard.budgets': [{ per: 'month', unit: 'usd', amount: 50 }],
      },
    });
    const { page } = workbench;
    await counterShows(page, '777');
    await runCommand(page, 'Tokenboard: Open Settings');
    const setting = (name: string) => page.locator('.settings-editor .setting-item-contents', { hasText: name });
    await page
      .locator('.settings-editor')
      .getByText(/\d+ Settings Found/)
      .waitFor();
    for (const [name, texts] of [
      ['Allowance', ['usd', '1200']],
      ['Billing', ['codex', 'api']],
    ] as const) {
      await scrolledTo(page, setting(name).filter({ has: page.locator('.setting-item-label', { hasText: name }) }));
      const row = setting(name).filter({ has: page.locator('.setting-item-label', { hasText: name }) });
      for (const text of texts) await row.locator('.setting-list-row', { hasText: text }).first().waitFor();
      await row.first().scrollIntoViewIfNeeded();
      await picture(page, `setting-${name.toLowerCase()}-light`);
    }
  });
});
