import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { picture, runCommand, scrolledTo } from './window.ts';

const steps = [
  ['counter', 'See what today came to'],
  ['dashboard', 'Open the dashboard'],
  ['tools', 'Choose your tools'],
  ['budgets', 'Set a budget, or leave it'],
] as const;

describe('The first steps', () => {
  let home: string;
  let workbench: Workbench | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && workbench)
      await picture(workbench.page, `failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
    await workbench?.close();
    workbench = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    it(`are four, each with a picture, and are ticked off when taken: ${theme}`, async () => {
      workbench = await openWorkbench({ name: 'steps', home, vsix: vsixPath(), theme, env: { TZ: noonZone() } });
      const { page } = workbench;
      await counterShows(page, '777');
      await runCommand(page, 'Tokenboard: Get Started');
      const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
      for (const [id, title] of steps) {
        await step(title).click({ timeout: 20_000 });
        await page.locator('.getting-started-step.expanded', { hasText: title }).waitFor();
        await page.waitForTimeout(700);
        await picture(page, `step-${id}-${theme}`);
      }
      await step(steps[0][1]).locator('.codicon.complete').waitFor({ timeout: 10_000 });
      if (theme !== 'light') return;
      await step(steps[2][1]).click();
      await page.getByRole('button', { name: 'See what was found' }).click();
      await step(steps[2][1]).locator('.codicon.complete').waitFor({ timeout: 10_000 });
    });
  }

  it('lead to settings that can be filled in without JSON', async () => {
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
      .waitFor({ timeout: 20_000 });
    for (const [name, texts] of [
      ['Allowance', ['usd', '1200']],
      ['Billing', ['codex', 'api']],
    ] as const) {
      await scrolledTo(page, setting(name).filter({ has: page.locator('.setting-item-label', { hasText: name }) }));
      const row = setting(name).filter({ has: page.locator('.setting-item-label', { hasText: name }) });
      for (const text of texts)
        await row.locator('.setting-list-row', { hasText: text }).first().waitFor({ timeout: 5000 });
      await row.first().scrollIntoViewIfNeeded();
      await picture(page, `setting-${name.toLowerCase()}-light`);
    }
  });
});
