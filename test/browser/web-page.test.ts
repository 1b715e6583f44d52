import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Member } from '../server/http/world.ts';
import { codeOf } from '../server/web/browsing.ts';
import { launchChromium } from '../workbench/chromium.ts';
import { looksWell, pictures, watchedPage } from './watched-page.ts';
import { type WebBoard, webBoard } from './web-board.ts';

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'light-1280': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'dark-1280': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'light-360': { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  'dark-360': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};

describe('the web page in a browser', function () {
  this.timeout(240_000);
  this.retries(1);
  let browser: Browser;
  let board: WebBoard;
  before(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launchChromium();
    board = await webBoard();
  });
  after(async () => {
    await browser?.close();
    await board?.at.end();
  });

  const opened = (options: BrowserContextOptions = {}) => watchedPage(browser, options, /status of 4\d\d/);

  const go = (page: Page, path: string) => page.goto(`${board.at.server.publicUrl}${path}`);

  async function signIn(page: Page, member: Member): Promise<void> {
    await go(page, `/sign-in#${await codeOf(board.at, member)}`);
    await page.waitForURL('**/us');
  }

  for (const [look, options] of Object.entries(looks)) {
    it(`looks well and is accessible on every page: ${look}`, async () => {
      const { page, refused } = await opened(options);
      await go(page, '/');
      await looksWell(page, `web-start-${look}`);
      await go(page, '/sign-in');
      await looksWell(page, `web-sign-in-${look}`);
      await go(page, '/join-first');
      await looksWell(page, `web-join-first-${look}`);
      await signIn(page, board.viewer);
      for (const name of ['us', 'ranking', 'me', 'policy', 'me/leave']) {
        await go(page, `/${name}`);
        await looksWell(page, `web-${name.replace('/', '-')}-${look}`);
      }
      await go(page, '/us?metric=cacheShare');
      await looksWell(page, `web-us-share-${look}`);
      await go(page, '/ranking?all=1');
      await page.locator('summary').first().click();
      await looksWell(page, `web-ranking-all-${look}`);
      await go(page, '/me');
      for (const summary of await page.locator('summary').all()) await summary.click();
      await looksWell(page, `web-me-open-${look}`);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(/:[0-9]+\/$/);
      await signIn(page, board.at.owner);
      await go(page, '/insights');
      await looksWell(page, `web-insights-${look}`);
      assert.deepEqual(refused, []);
      await page.context().close();
    });
  }

  it('takes the code out of the address and lets it sign in once', async () => {
    const { page, refused } = await opened(looks['light-1280']);
    const code = await codeOf(board.at, board.viewer);
    await go(page, `/sign-in#${code}`);
    await page.waitForURL('**/us');
    await page.getByRole('heading', { name: 'Acme together' }).waitFor();
    assert.equal(await page.evaluate('document.cookie'), '', 'no script reads the cookie');
    await page.goBack();
    assert.ok(!page.url().includes(code), 'the code is not in the history');
    const cookies = await page.context().cookies();
    assert.deepEqual(
      cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
      [['tokenboard', true, 'Strict']],
    );
    const second = await opened();
    await go(second.page, `/sign-in#${code}`);
    await second.page.getByRole('alert').filter({ hasText: 'does not hold' }).waitFor();
    assert.deepEqual([refused, second.refused], [[], []]);
    for (const one of [page, second.page]) await one.context().close();
  });

  it('knows who is signed in also after a link on another site', async () => {
    const { page, refused } = await opened(looks['light-1280']);
    await signIn(page, board.viewer);
    await page.goto(`data:text/html,<a href="${board.at.server.publicUrl}/ranking?metric=tokens">the board</a>`);
    await page.getByRole('link').click();
    await page.getByRole('heading', { name: 'Tokens, 30 days' }).waitFor();
    const code = await codeOf(board.at, board.leaver);
    await go(page, `/sign-in#${code}`);
    await page.getByRole('heading', { name: /You are signed in as/ }).waitFor();
    assert.equal(await page.getByLabel('Code').inputValue(), code, 'a code waits to be used for somebody else');
    assert.deepEqual(refused, []);
    await page.context().close();
  });

  it('is done without any script, and by keyboard alone', async () => {
    const { page } = await opened({ ...looks['light-1280'], javaScriptEnabled: false });
    await go(page, '/sign-in');
    await page.getByLabel('Code').fill(await codeOf(board.at, board.viewer));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/us');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The first stop skips to the content.
    await page.waitForURL(/#main$/);
    await page.getByLabel('Board').selectOption({ label: 'Payments' });
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: 'Payments together' }).waitFor();
    await page.getByRole('link', { name: 'Ranking' }).click();
    await page.getByRole('row', { name: /you/ }).waitFor();
    await page.getByRole('link', { name: 'Mine' }).click();
    await page.getByRole('radio', { name: /In totals only/ }).check();
    await page.getByRole('button', { name: 'Save how I appear' }).click();
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    await page.getByRole('radio', { name: /By pseudonym/ }).check();
    await page.getByRole('button', { name: 'Save how I appear' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export what they have on me' }).click();
    assert.equal((await download).suggestedFilename(), 'tokenboard-export.json');
    await page.context().close();
  });

  it('leaves with one click and one confirmation', async () => {
    const { page, refused } = await opened(looks['dark-360']);
    await signIn(page, board.leaver);
    await page.getByRole('link', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Leave Acme?' }).waitFor();
    await page.getByRole('button', { name: /Leave and erase/ }).click();
    await page.getByRole('heading', { name: 'You have left' }).waitFor();
    await looksWell(page, 'web-left-dark-360');
    const { status } = await board.at.ask('GET', '/v1/me', { token: board.leaver.tokens.accessToken });
    assert.equal(status, 410);
    assert.deepEqual(refused, []);
    await page.context().close();
  });

  it('shows the owner’s words while the board is closed', async () => {
    const { page } = await opened(looks['light-1280']);
    await signIn(page, board.viewer);
    const token = board.at.owner.tokens.accessToken;
    const notice = 'The board is closed until the works council has met.\nAsk dx@acme.example.';
    await board.at.ask('POST', '/v1/admin/close', { token, body: { notice, erase: false } });
    await page.reload();
    await page.getByText('until the works council has met').waitFor();
    await looksWell(page, 'web-closed-light-1280');
    await board.at.ask('DELETE', '/v1/admin/close', { token });
    await page.context().close();
  });
});
