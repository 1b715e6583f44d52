import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterOf, counterShows } from '../workbench/counter.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { appendCodexLimits } from './codex-limits.ts';
import { outputShows, picture, runCommand } from './window.ts';

const hour = 3_600_000;

describe("The dashboard's states", () => {
  let home: string;
  let workbench: Workbench | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    mkdirSync(join(home, 'work'));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && workbench)
      await picture(workbench.page, `failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
    await workbench?.close();
    workbench = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  async function open(
    settings: Readonly<Record<string, unknown>> = {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<Workbench> {
    workbench = await openWorkbench({
      name: 'dashboard-states',
      home,
      folder: join(home, 'work'),
      vsix: vsixPath(),
      settings,
      env: { TZ: noonZone(), ...env },
    });
    return workbench;
  }

  it('are honest where nothing was counted, and become figures with the first request', async () => {
    const { page } = await open();
    await counterShows(page, '0');
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const frame = dashboardOf(page);
    await frame.getByRole('heading', { name: 'Nothing was counted yet' }).waitFor({ timeout: 20_000 });
    await frame.getByText(/No logs of Claude Code, Codex,/).waitFor();
    assert.equal(await frame.locator('canvas').isVisible(), false, 'no empty chart');
    await picture(page, 'dashboard-empty-dark');
    await frame.getByRole('button', { name: 'Where it looked' }).click();
    await outputShows(page, '0 requests, 0 tokens in the ledger');
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    await frame.locator('.tb-headline', { hasText: '777' }).waitFor({ timeout: 40_000 });
    await frame.locator('canvas').waitFor();
  });

  it('say why nothing that is counted is kept', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    writeFileSync(join(home, 'a-file'), '');
    const { page } = await open({}, { TOKENBOARD_DATA_DIR: join(home, 'a-file', 'data') });
    await counterShows(page, '777');
    await runCommand(page, 'Tokenboard: Show Dashboard');
    await dashboardOf(page)
      .getByRole('status')
      .filter({ hasText: 'Counting in memory; what is new is not kept' })
      .waitFor({ timeout: 20_000 });
    await picture(page, 'dashboard-not-kept-dark');
  });

  it('show limits with their pace, old ones with a warning, and budgets of the settings', async () => {
    const now = Date.now();
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: now, output: 60_000 });
    appendCodexLimits(home, now - 60_000, [
      { minutes: 300, used: 80, resetsIn: 2 * hour },
      { minutes: 10_080, used: 31, resetsIn: 80 * hour },
    ]);
    const { page } = await open({ 'tokenboard.budgets': [{ per: 'day', unit: 'tokens', amount: 50_000 }] });
    await counterOf(page).filter({ hasText: /\d/ }).waitFor({ timeout: 30_000 });
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const limit = (text: string) => dashboardOf(page).locator('.tb-limit', { hasText: text });
    await limit('Codex 5 h')
      .filter({ hasText: /80%.*resets .*ahead of pace, full about/s })
      .waitFor({ timeout: 20_000 });
    await limit('Codex weekly')
      .filter({ hasText: /31%.*below pace/s })
      .waitFor();
    await limit('Budget today')
      .filter({ hasText: /120%.*60K of 50K · over by 10K/s })
      .waitFor();
    await limit('Codex 5 h').getByRole('img', { name: 'Codex 5 h: 80% used' }).waitFor();
    await picture(page, 'dashboard-limits-dark');
  });
});
