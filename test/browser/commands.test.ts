import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendClaude } from '../demo/claude-log.ts';
import { counterOf, counterShows } from '../workbench/counter.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { noonZone } from '../workbench/noon-zone.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import {
  clipboardText,
  dialogOf,
  findCommand,
  messageOf,
  outputShows,
  picture,
  pictureOfFailure,
  quickPickRow,
  runCommand,
  scrolledTo,
} from './window.ts';

const day = 86_400_000;

describe('The commands', function () {
  this.retries(1);
  let temporary: string;
  let home: string;
  let webshop: string;
  let workbench: Workbench;
  const noon = Date.now();

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    webshop = join(temporary, 'demo-webshop');
    mkdirSync(join(webshop, '.git'), { recursive: true });
    writeFileSync(join(webshop, '.git', 'HEAD'), 'ref: refs/heads/feature/cart\n');
    const [shop, engine] = [
      { session: 'shop', project: webshop, branch: 'feature/cart' },
      { session: 'engine', project: '/home/dev/demo-engine' },
    ];
    appendClaude(home, { ...shop, id: 'a', time: noon, input: 7, output: 70, cacheRead: 700 });
    appendClaude(home, { ...engine, id: 'b', time: noon, output: 1000 });
    appendClaude(home, { ...shop, id: 'c', time: noon - 2 * day, output: 100_000 });
    workbench = await openWorkbench({
      name: 'commands',
      home,
      folder: webshop,
      vsix: vsixPath(),
      theme: 'light',
      env: { TZ: noonZone() },
    });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await counterShows(workbench.page, '1.8K');
  });

  after(async () => {
    await workbench?.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
  });

  it('stand together in the palette, with titles that a newcomer understands', async () => {
    const { page } = workbench;
    await findCommand(page, 'Tokenboard: Copy Today');
    await page.locator('.quick-input-widget:visible input').first().fill('>Tokenboard: ');
    await quickPickRow(page, 'Tokenboard: Show Dashboard').waitFor();
    await picture(page, 'palette-light');
    await page.keyboard.press('Escape');
  });

  it('show the dashboard', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenboard: Show Dashboard');
    // Today's 1.8K, and the day before.
    await dashboardOf(page).locator('.tb-headline', { hasText: '102K' }).waitFor();
    await picture(page, 'dashboard-light');
  });

  it("copy today's summary", async () => {
    const { page } = workbench;
    await runCommand(page, "Tokenboard: Copy Today's Summary");
    await page.locator('.statusbar-item', { hasText: 'Copied today' }).waitFor();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: noonZone() }).format(noon);
    assert.equal(
      await clipboardText(page),
      [
        `Tokenboard · Today, ${today}`,
        '',
        '1,777 tokens (1.8K) · 1,077 fresh · 2 requests',
        '≈ $0.03 list price, not your bill',
        '',
        'What it is made of',
        '  Input             7',
        '  Output        1,070',
        '  Cache writes      0',
        '  Cache reads     700',
        '',
        'Tools',
        '  Claude Code  1,777  1,077 fresh  $0.03',
        '',
        'Models',
        '  claude-opus-4-5-20251101  1,777  1,077 fresh  $0.03',
        '',
        '“Fresh” leaves out cache reads: it is input, output and cache writes.',
        '',
      ].join('\n'),
    );
  });

  it("copy the branch's cost for a pull request", async () => {
    const { page } = workbench;
    await runCommand(page, "Tokenboard: Copy This Branch's Cost");
    await page.locator('.statusbar-item', { hasText: 'Copied the cost of feature/cart' }).waitFor();
    assert.equal(
      await clipboardText(page),
      'AI tokens on `feature/cart`: 101K tokens · 100K fresh · 2 requests · ≈ $2.50 list price\n',
    );
  });

  it('count again when asked', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenboard: Count Again Now');
    await page.locator('.statusbar-item', { hasText: 'Counted again' }).waitFor();
  });

  it('show what is counted and what is not, and the log', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenboard: Show What Is Counted');
    await outputShows(page, 'Claude Code: 3 requests');
    await outputShows(page, '~/.claude/projects: 2 logs');
    await picture(page, 'findings-light');
    await page.keyboard.press('Control+j');
    await page.locator('.part.panel').waitFor({ state: 'hidden' });
    await runCommand(page, 'Tokenboard: Show Log');
    await outputShows(page, 'Claude Code: 3 requests');
    await page.keyboard.press('Control+j');
  });

  it('open the settings', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenboard: Open Settings');
    await page.locator('.settings-editor').getByText('15 Settings Found').waitFor();
    await picture(page, 'settings-light');
    const last = page.locator('.settings-editor .setting-item', { hasText: 'Accounts' });
    await scrolledTo(page, last);
    await page.mouse.wheel(0, 1000);
    await page.waitForTimeout(500);
    await picture(page, 'settings-end-light');
    await page.keyboard.press('Escape');
    await page.locator('.settings-editor').waitFor({ state: 'hidden' });
  });

  it('forget nothing when the person changes their mind', async () => {
    const { page } = workbench;
    await chooseToForget('Everything');
    const dialog = dialogOf(page, 'Forget everything that was ever counted?');
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? '', /3 requests with 102K tokens/);
    await picture(page, 'forget-light');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await chooseToForget('A project…');
    await quickPickRow(page, webshop).waitFor();
    await page.keyboard.press('Escape');
    await counterShows(page, '1.8K');
  });

  it('forget a project', async () => {
    const { page } = workbench;
    await chooseToForget('A project…');
    await quickPickRow(page, '/home/dev/demo-engine').click();
    await confirm('Forget /home/dev/demo-engine?');
    await messageOf(page, 'forgot 1 request with 1K tokens').waitFor();
    await picture(page, 'forgot-light');
    await counterShows(page, '777');
  });

  it('forget a time, of which a mistake is said at once', async () => {
    const { page } = workbench;
    const dayOf = (time: number) => new Intl.DateTimeFormat('en-CA', { timeZone: noonZone() }).format(time);
    await chooseToForget('A time…');
    const input = page.locator('.quick-input-widget:visible input').first();
    const message = page.locator('.quick-input-widget:visible .quick-input-message');
    await message.filter({ hasText: 'From which day on?' }).waitFor();
    await input.fill('yesterday');
    await message.filter({ hasText: 'Please write a day like' }).waitFor();
    await input.fill(dayOf(noon - 3 * day));
    await page.keyboard.press('Enter');
    await message.filter({ hasText: 'Up to and including' }).waitFor();
    await input.fill(dayOf(noon - day));
    await page.keyboard.press('Enter');
    await confirm(`Forget ${dayOf(noon - 3 * day)} to ${dayOf(noon - day)}?`);
    await messageOf(page, 'forgot 1 request with 100K tokens').waitFor();
    await counterShows(page, '777');
    await runCommand(page, "Tokenboard: Copy This Branch's Cost");
    await page.locator('.statusbar-item', { hasText: 'Copied the cost' }).waitFor();
    assert.match(await clipboardText(page), /: 777 tokens · 77 fresh · 1 request/);
  });

  it('forget everything, and count only what comes after', async () => {
    const { page } = workbench;
    await chooseToForget('Everything');
    await confirm('Forget everything that was ever counted?');
    await counterShows(page, '0');
    await runCommand(page, 'Tokenboard: Count Again Now');
    await counterShows(page, '0');
    appendClaude(home, { id: 'd', session: 'shop', project: webshop, time: Date.now(), output: 55 });
    await counterShows(page, '55');
  });

  it('come with an extension whose activation is quick', async () => {
    const { page } = workbench;
    await runCommand(page, 'Developer: Show Running Extensions');
    const rows = page.locator('.monaco-list-row', { hasText: /Activation: \d/ });
    await rows.first().waitFor();
    const row = rows.filter({ hasText: 'Tokenboard' });
    const took: number[] = [];
    // A machine that is busy with others makes it longer, never shorter.
    while ((took.at(-1) ?? 201) > 200 && took.length < 4) {
      if (took.length > 0) await reload();
      await scrolledTo(page, row);
      const text = (await row.textContent()) ?? '';
      took.push(Number(/Activation: (\d+)\s?ms/.exec(text)?.[1] ?? Number.NaN));
    }
    say(`  activated in ${took.join(', then ')} ms, loading included`);
    assert.ok((took.at(-1) ?? 201) <= 200, `${took} ms`);
    await picture(page, 'running-extensions-light');
    await page.keyboard.press('Escape');
    assert.equal(await counterOf(page).count(), 1);
  });

  /** The window is opened anew, with what stood open in it. */
  async function reload(): Promise<void> {
    await workbench.page.reload();
    await counterShows(workbench.page, '55');
    await runCommand(workbench.page, 'Developer: Show Running Extensions');
  }

  async function chooseToForget(kind: string): Promise<void> {
    await runCommand(workbench.page, 'Tokenboard: Forget');
    await quickPickRow(workbench.page, kind).click();
  }

  async function confirm(question: string): Promise<void> {
    const dialog = dialogOf(workbench.page, question);
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Forget' }).click();
  }
});
