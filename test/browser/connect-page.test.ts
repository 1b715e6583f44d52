import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { ask, join } from '../server/run/member.ts';
import { type SignInBoard, signInBoard } from '../team/sign-in-board.ts';
import { launchChromium } from '../workbench/chromium.ts';
import { looksWell, pictures, watchedPage } from './watched-page.ts';

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'light-1280': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'dark-360': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};

describe('connecting an account in a browser', function () {
  this.timeout(240_000);
  let browser: Browser;
  let here: SignInBoard;
  before(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launchChromium();
    here = await signInBoard();
  });
  after(async () => {
    await browser?.close();
    await here?.end();
  });

  for (const [index, [look, options]] of Object.entries(looks).entries()) {
    it(`leads from one's own page to the provider and back, once, and looks well: ${look}`, async () => {
      const { address } = here.board;
      here.provider.person = ['ada', 'bob'][index] ?? '';
      const guest = await join(address, await here.board.invite(), `Guest ${index}`);
      const { code } = (await ask(address, '/v1/me/web-code', { method: 'POST', token: guest.token, body: {} })).body;
      const { page, refused } = await watchedPage(browser, options);
      await page.goto(`${address}/sign-in`);
      await page.getByLabel('Code').fill(code);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/us');
      await page.goto(`${address}/me`);
      await looksWell(page, `connect-before-${look}`);
      await page.getByRole('link', { name: 'Connect my account' }).press('Enter');
      await page.waitForURL('**/me?said=connected');
      await page.getByRole('status').getByText('Your account is connected').waitFor();
      await looksWell(page, `connect-after-${look}`);
      assert.equal(await page.getByRole('link', { name: 'Connect my account' }).count(), 0);
      assert.deepEqual(refused, []);
      await page.context().clearCookies();
      await page.goto(`${address}/v1/auth/oidc/start?kind=web`);
      await page.waitForURL('**/us');
      await page.goto(`${address}/me`);
      assert.equal(await page.locator('input[name=name]').inputValue(), `Guest ${index}`);
      await page.context().close();
    });
  }
});
