import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { appendClaude, claudeFile, claudeLine } from '../demo/claude-log.ts';
import { counted, counterOf, counterShows } from '../workbench/counter.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { appendCodexLimits } from './codex-limits.ts';
import { type SlowLedger, slowLedger } from './slow-ledger.ts';
import { outputShows, picture, pictureOfFailure, runCommand, until } from './window.ts';

const hour = 3_600_000;

describe("The dashboard's states", function () {
  this.retries(1);
  let home: string;
  let workbench: Workbench | undefined;
  let slow: SlowLedger | undefined;

  beforeEach(() => {
    home = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    mkdirSync(join(home, 'work'));
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await slow?.end();
    slow = undefined;
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
    await frame.getByRole('heading', { name: 'Nothing was counted yet' }).waitFor();
    await frame.getByText(/No logs of Claude Code, Codex,/).waitFor();
    assert.equal(await frame.locator('canvas').isVisible(), false, 'no empty chart');
    await picture(page, 'dashboard-empty-dark');
    await frame.getByRole('tab', { name: 'Insights' }).click();
    await frame.getByText('Nothing was counted in this period.').waitFor();
    assert.equal(await frame.getByRole('region', { name: 'Models and prices' }).isVisible(), false, 'no empty cards');
    await frame.getByRole('tab', { name: 'Overview' }).click();
    await frame.getByRole('button', { name: 'Where it looked' }).click();
    await outputShows(page, '0 requests, 0 tokens in the ledger');
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    // It would be found by and by: on a busy machine that is too long for a test.
    await runCommand(page, 'Tokenboard: Count Again Now');
    await frame.locator('.tb-headline', { hasText: '777' }).waitFor();
    await frame.locator('canvas').waitFor();
  });

  it('tell how far the first count has come, while figures fill in', async () => {
    writeManyRequests(home);
    slow = slowLedger(home);
    const { page } = await open();
    await counterOf(page).filter({ hasText: /\d+%/ }).waitFor();
    await counterOf(page).click();
    const frame = dashboardOf(page);
    const strip = frame.getByRole('status').filter({ hasText: /Still counting: \d+% of your logs are read/ });
    await strip.waitFor();
    await strip.getByRole('img', { name: /^\d+% of the logs are read$/ }).waitFor();
    await frame.getByRole('radio', { name: 'All', exact: true }).click();
    const total = async () => Number((await frame.locator('.tb-headline').getAttribute('title'))?.replaceAll(',', ''));
    await until(async () => (await total()) > 0, 'nothing was filled in');
    const early = await total();
    await picture(page, 'dashboard-first-count-dark');
    await slow.end();
    await strip.waitFor({ state: 'hidden', timeout: 90_000 });
    await until(async () => (await total()) > early, `nothing was filled in after ${early}`);
  });

  it('say in each view what went wrong, and try again when asked', async () => {
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: Date.now(), output: 777 });
    const { page } = await open();
    await counterShows(page, '777');
    const version = (number: number) => {
      const file = join(home, '.local', 'share', 'tokenboard', 'ledger.db');
      const ledger = new DatabaseSync(file, { timeout: 10_000 });
      const before = Number(ledger.prepare('PRAGMA user_version').get()?.user_version);
      ledger.exec(`PRAGMA user_version = ${number}`);
      ledger.close();
      return before;
    };
    const right = version(99);
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const frame = dashboardOf(page);
    const alerts = frame.getByRole('alert').filter({ hasText: /newer version/, visible: true });
    const retries = alerts.getByRole('button', { name: 'Retry' });
    for (const [tab, count] of [
      ['Overview', 2],
      ['Sessions', 1],
      ['Insights', 5],
      ['Badges', 1],
    ] as const) {
      await frame.getByRole('tab', { name: tab }).click();
      await alerts.nth(count - 1).waitFor();
      await retries.first().click();
      // What is asked again has no alert for a moment.
      await until(async () => (await alerts.count()) === count, `not ${count} alerts under ${tab}`);
    }
    await frame.getByRole('tab', { name: 'Overview' }).click();
    await picture(page, 'dashboard-error-dark');
    await frame.getByRole('button', { name: 'How is this computed? Tokens', exact: true }).click();
    const drawer = frame.getByRole('dialog', { name: 'How is this computed?' });
    await drawer.getByRole('button', { name: 'Retry' }).waitFor();
    version(right);
    await drawer.getByRole('button', { name: 'Retry' }).click();
    await drawer.getByText('List prices of version').waitFor();
    await drawer.getByRole('button', { name: 'Close', exact: true }).click();
    // Cards heal by themselves as well, and may have done so by now.
    await retries
      .first()
      .click({ timeout: 1000 })
      .catch(() => undefined);
    await frame.locator('.tb-headline', { hasText: '777' }).waitFor();
    await frame.locator('canvas').waitFor();
  });

  it('show limits with their pace, old ones with a warning, and budgets of the settings', async () => {
    const now = Date.now();
    appendClaude(home, { id: 'a', session: 's', project: '/home/dev/demo', time: now, output: 60_000 });
    appendCodexLimits(home, now - 60_000, [
      { minutes: 300, used: 80, resetsIn: 2 * hour },
      { minutes: 10_080, used: 31, resetsIn: 80 * hour },
    ]);
    const { page } = await open({ 'tokenboard.budgets': [{ per: 'day', unit: 'tokens', amount: 50_000 }] });
    await counted(page);
    await runCommand(page, 'Tokenboard: Show Dashboard');
    const limit = (text: string) => dashboardOf(page).locator('.tb-limit', { hasText: text });
    await limit('Codex 5 h')
      .filter({ hasText: /80%.*resets .*ahead of pace, full about/s })
      .waitFor();
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

/** So many requests that they are written in twenty goes at least. */
function writeManyRequests(home: string): void {
  const project = '/home/dev/demo';
  const now = Date.now();
  for (let session = 0; session < 50; session++) {
    const id = `session-${session}`;
    const time = now - (50 - session) * 20 * hour;
    const line = claudeLine({ id: 'a-number', session: id, project, time, output: 100 });
    const file = claudeFile(home, id, project);
    mkdirSync(dirname(file), { recursive: true });
    const lines = Array.from({ length: 8000 }, (_, request) => line.replaceAll('a-number', `${session}-${request}`));
    writeFileSync(file, lines.join(''));
  }
}
