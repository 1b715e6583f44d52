import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type SignInBoard, signInBoard } from '../team/sign-in-board.ts';
import { launchChromium } from '../workbench/chromium.ts';
import { looksWell, pictures, watchedPage } from './watched-page.ts';

const client = { kind: 'command', version: '1.0.0' };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'light-1280': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'dark-360': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};

describe('signing in in a browser', function () {
  this.timeout(240_000);
  this.retries(1);
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
  beforeEach(() => {
    here.provider.person = 'ada';
  });

  const ask = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${here.board.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };

  const opened = (options: BrowserContextOptions = {}) => watchedPage(browser, options, /status of [45]\d\d/);

  for (const [look, options] of Object.entries(looks)) {
    it(`lets a machine in by its code, by keyboard alone, and looks well: ${look}`, async () => {
      const { page, refused } = await opened(options);
      const { userCode = '', deviceCode, url = '' } = await ask('/v1/auth/device', { client });
      await page.goto(url);
      await looksWell(page, `sign-in-code-${look}`);
      await page.getByLabel('Code').fill('BCDF-GHJK');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await looksWell(page, `sign-in-code-wrong-${look}`);
      await page.getByLabel('Code').fill(userCode.toLowerCase());
      await page.keyboard.press('Enter');
      await page.getByText(userCode).waitFor();
      await looksWell(page, `sign-in-machine-${look}`);
      await page.getByRole('link', { name: 'Sign in', exact: true }).last().press('Enter');
      await page.getByRole('heading', { name: 'Let the machine in?' }).waitFor();
      await looksWell(page, `sign-in-allow-${look}`);
      await page.getByRole('button', { name: 'Allow', exact: true }).press('Enter');
      await page.getByRole('heading', { name: 'The machine is let in' }).waitFor();
      const polled = await ask('/v1/auth/device/token', { deviceCode, device: randomUUID(), client });
      assert.ok(polled.ticket, JSON.stringify(polled));
      assert.deepEqual(refused, []);
      await page.context().close();
    });
  }

  it('tells who is no member where one joins, and who may not be here that it is so', async () => {
    const { page, refused } = await opened();
    await page.goto(`${here.board.address}/v1/auth/oidc/start?kind=web`);
    await page.waitForURL('**/join-first');
    await looksWell(page, 'sign-in-join-first');
    here.provider.accounts.set('eve', { sub: 'eve', email: 'eve@evil.example' });
    here.provider.person = 'eve';
    await page.context().clearCookies();
    await page.goto(`${here.board.address}/v1/auth/oidc/start?kind=web`);
    await page.getByRole('heading', { name: 'This board is not for this account' }).waitFor();
    await looksWell(page, 'sign-in-not-admitted');
    assert.deepEqual(refused, []);
    await page.context().close();
  });
});
