import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterShows } from '../workbench/counter.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench/workbench.ts';
import { type BadgeStarts, badgeStarts } from './badge-starts.ts';
import { told, watchMessages } from './told-messages.ts';
import { messageOf, picture, pictureOfFailure, runCommand, until } from './window.ts';

const hour = 3_600_000;
const request = { session: 'today', project: '/home/dev/demo-webshop' };
/** Longer than a window waits that nobody looks at. */
const quietMs = 5000;

describe('The notifications', function () {
  this.retries(1);
  let temporary: string;
  let home: string;
  let workbench: Workbench | undefined;
  // Of one zone all through: another one's day is another day.
  const env = { TZ: noonZone() };
  let starts: BadgeStarts | undefined;

  // Badges are looked for once a window has settled: that passes while the others are told.
  before(() => {
    starts = badgeStarts(env);
  });

  after(async () => await starts?.end());

  beforeEach(() => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await workbench?.close();
    workbench = undefined;
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  async function open(settings: Readonly<Record<string, unknown>>, theme: WorkbenchOptions['theme'] = 'dark') {
    workbench = await openWorkbench({ name: 'notifications', home, vsix: vsixPath(), settings, env, theme });
    return workbench;
  }

  const used = (id: string, output: number, time = Date.now()): void =>
    appendClaude(home, { ...request, id, time, output });

  /** Thirty hours of sessions on other days. */
  function usedForDays(): void {
    for (let ago = 0; ago < 30; ago++) used(`past${ago}`, 20_000, Date.now() - (30 + ago * 12) * hour);
  }

  const perDay = (amount: number) => ({ 'tokenboard.budgets': [{ per: 'day', unit: 'tokens', amount }] });

  it('tell of a budget at 80 % and at 100 %, once each, in one of two windows', async () => {
    used('a', 700);
    const { page, openWindow } = await open(perDay(1000), 'light');
    await watchMessages(page);
    const second = await watchMessages(await openWindow());
    await counterShows(page, '700');
    await counterShows(second, '700');
    assert.deepEqual(await told(page, second), []);

    const first = 'Tokenboard: 82 % of today’s budget is used: 820 of 1K tokens.';
    used('b', 120);
    await until(async () => (await told(page, second)).length > 0, 'nothing was told');
    const teller = (await told(page)).length > 0 ? page : second;
    const buttons = messageOf(teller, first).getByRole('button', { name: /^(Show|Turn Off)$/ });
    await buttons.nth(1).waitFor();
    assert.deepEqual(await buttons.allTextContents(), ['Show', 'Turn Off']);
    await picture(teller, 'budget-toast-light');
    used('c', 10);
    await counterShows(page, '830');
    assert.deepEqual(await told(page, second), [first]);

    used('d', 170);
    await counterShows(page, '1K');
    await until(async () => (await told(page, second)).length > 1, 'nothing more was told');
    await page.waitForTimeout(quietMs);
    assert.deepEqual((await told(page, second)).toSorted(), [
      first,
      'Tokenboard: today’s budget is used up: 1K of 1K tokens.',
    ]);
    await second.close();
  });

  it('lead to the dashboard, and are told again neither by a new window nor by the next start', async () => {
    used('a', 900);
    const { page, openWindow } = await open(perDay(1000));
    await messageOf(page, '90 % of today’s budget').getByRole('button', { name: 'Show' }).click();
    await page.locator('.tab', { hasText: 'Tokenboard' }).waitFor();
    const second = await watchMessages(await openWindow());
    await counterShows(second, '900');
    await second.waitForTimeout(quietMs);
    assert.deepEqual(await told(second), []);
    await workbench?.close();
    const { page: later } = await open(perDay(1000));
    await watchMessages(later);
    await counterShows(later, '900');
    await later.waitForTimeout(quietMs);
    assert.deepEqual(await told(later), []);
  });

  it('can be turned off where they are told, and in the settings', async () => {
    usedForDays();
    used('a', 850);
    const { page } = await open({ ...perDay(1000), 'tokenboard.notifications.runaway': false });
    const toast = messageOf(page, '85 % of today’s budget');
    await toast.getByRole('button', { name: 'Turn Off' }).click();
    await page.locator('.statusbar-item', { hasText: 'Turned off' }).waitFor();
    await watchMessages(page);
    // The budget is used up by a session that runs away.
    appendClaude(home, { ...request, session: 'wild', id: 'wild', time: Date.now(), output: 900_000 });
    await counterShows(page, '901K');
    await page.waitForTimeout(quietMs);
    assert.deepEqual(await told(page), []);
  });

  it('name a session that burns far beyond the habit, but not one that was found in the first count', async () => {
    usedForDays();
    // One that ran away before anybody counted.
    appendClaude(home, { ...request, session: 'early', id: 'early', time: Date.now(), output: 800_000 });
    const { page } = await open({}, 'light');
    await watchMessages(page);
    await counterShows(page, '800K');
    await page.waitForTimeout(quietMs);
    assert.deepEqual(await told(page), []);

    appendClaude(home, { ...request, session: 'wild', id: 'wild', time: Date.now(), output: 900_000 });
    const words = 'A session of Claude Code in demo-webshop went through 900K tokens within an hour: 45 times';
    await messageOf(page, words).waitFor();
    await picture(page, 'runaway-toast-light');
    appendClaude(home, { ...request, session: 'wild', id: 'wild2', time: Date.now(), output: 300_000 });
    await counterShows(page, '2M');
    await page.waitForTimeout(quietMs);
    assert.equal((await told(page)).length, 1);
  });

  it('need a budget, which a person sets in a few keystrokes', async () => {
    used('a', 900);
    const { page } = await open({}, 'light');
    await counterShows(page, '900');
    await runCommand(page, 'Tokenboard: Set a Budget');
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'A day' }).click();
    const input = page.locator('.quick-input-widget:visible input').first();
    const message = page.locator('.quick-input-widget:visible .quick-input-message');
    await message.filter({ hasText: 'How much?' }).waitFor();
    await input.fill('50');
    await message.filter({ hasText: 'Please write an amount' }).waitFor();
    await picture(page, 'set-budget-light');
    await input.fill('0.001M tokens');
    await page.keyboard.press('Enter');
    await messageOf(page, 'the budget is set').waitFor();
    await messageOf(page, '90 % of today’s budget is used: 900 of 1K tokens.').waitFor();
  });

  it('tell of a badge that was earned of late, but not of those that were found in the first count', async () => {
    starts ??= badgeStarts(env);
    const begun = starts;
    // Another attempt begins anew.
    starts = undefined;
    try {
      await begun.done;
    } finally {
      await begun.end();
    }
  });
});
