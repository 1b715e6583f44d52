import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterOf, counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { chooseTheme } from './themes.ts';
import { picture, pictureOfFailure, quickPickRow, runCommand, scrolledTo, until } from './window.ts';

const steps = [
  ['counter', 'See what today came to'],
  ['dashboard', 'Open the dashboard'],
  ['tools', 'Choose your tools'],
  ['budgets', 'Set a budget, or leave it'],
] as const;

describe('The first steps', function () {
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

  it('are four, each with a picture in every theme, and each leads to what it tells of', async () => {
    workbench = await openWorkbench({ name: 'steps', home, vsix: vsixPath(), theme: 'light', env: { TZ: noonZone() } });
    const { page } = workbench;
    await counterShows(page, '777');
    await runCommand(page, 'Tokenboard: Get Started');
    const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
    const open = async (title: string) => {
      const expanded = page.locator('.getting-started-step.expanded', { hasText: title });
      if (!(await expanded.isVisible())) await step(title).click();
      await expanded.waitFor();
    };
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      if (theme !== 'light') await chooseTheme(page, theme);
      for (const [id, title] of steps) {
        await open(title);
        await page.waitForTimeout(300);
        await picture(page, `step-${id}-${theme}`);
      }
    }
    for (const [title, button, found] of [
      [steps[0][1], 'Count again now', counterOf(page)],
      [steps[2][1], 'See what was found', page.locator('.part.panel .view-lines')],
      [steps[2][1], 'Choose tools', page.locator('.settings-editor .setting-item', { hasText: 'Tools' })],
      [steps[3][1], 'Set a budget', quickPickRow(page, 'A day')],
      [steps[1][1], 'Open the dashboard', page.locator('.tab.active', { hasText: 'Tokenboard' })],
    ] as const) {
      await runCommand(page, 'Tokenboard: Get Started');
      // It opens the next step that is not done, in its own time, which may be in the middle of this.
      await until(
        async () => {
          await open(title);
          const press = page.getByRole('button', { name: button, exact: true }).click({ timeout: 2000 });
          return await press.then(
            () => true,
            () => false,
          );
        },
        () => `there is no ${button}`,
      );
      await found.first().waitFor();
      await page.keyboard.press('Escape');
    }
    await runCommand(page, 'Tokenboard: Get Started');
    for (const [, title] of steps) await step(title).locator('.codicon.complete').waitFor();
  });

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
