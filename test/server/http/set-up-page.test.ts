import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../workbench/chromium.ts';
import { findings } from '../../workbench/page-axe.ts';
import { type World, world } from './world.ts';

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' };

describe("the owner's set-up in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;
  let at: World;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    at = await world('sqlite', { owned: false });
  });
  afterEach(() => at.end());

  async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] });
    // The page of a script that breaks its own policy would be half dead.
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(message.text());
    });
    page.once('close', () => assert.deepEqual(wrong, []));
    await page.goto(`${at.server.publicUrl}${path}`);
    return page;
  }

  const setUp = (): string => new URL(at.server.setUpLink ?? '').pathname + new URL(at.server.setUpLink ?? '').hash;

  async function answered(page: Page): Promise<void> {
    await page.getByLabel('Organisation or team').fill('Acme');
    await page.getByLabel('What is the board for?').fill('Learn from each other');
    await page.getByRole('radio', { name: 'No', exact: true }).check();
  }

  for (const [look, options] of Object.entries({
    'light, on a desk': { viewport: { width: 1200, height: 900 }, colorScheme: 'light' } as const,
    'dark, on a phone': phone,
  })) {
    it(`leads from the link to an invite that works, and is accessible: ${look}`, async () => {
      const page = await opened(setUp(), options);
      await page.getByRole('heading', { name: 'Set up your team board' }).waitFor();
      const shot = async (name: string) => {
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${look}-${name}.png`, fullPage: true });
      };
      await shot('form');
      assert.deepEqual(await findings(page), []);
      assert.equal(await page.locator('input[name=pay]:checked').count(), 0, 'nothing is chosen about pay');
      await answered(page);
      await page.getByRole('button', { name: 'Show what everyone will read' }).click();
      await page.getByRole('heading', { name: 'This is what everyone will read' }).waitFor();
      await shot('words');
      assert.deepEqual(await findings(page), []);
      const read = (await page.locator('#text p').allTextContents()).join('\n\n');
      assert.equal((await at.ask('GET', '/v1/meta')).body.policy, null, 'nothing is stated by looking at it');
      await page.getByRole('button', { name: 'State it and make an invite' }).click();
      await page.getByRole('heading', { name: 'Your board is ready' }).waitFor();
      await shot('ready');
      assert.deepEqual(await findings(page), []);
      const { policy } = (await at.ask('GET', '/v1/meta')).body;
      assert.equal(policy.text, read);
      assert.equal(policy.quiet, false);
      const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      assert.ok(Number(width) <= 0, 'nothing sticks out');
      assert.doesNotMatch(page.url(), /#/, 'the secret is gone from the address');
      await page.getByRole('button', { name: 'Copy the invite' }).click();
      await page.getByText('Copied').waitFor();
      const invite = String(await page.evaluate('navigator.clipboard.readText()'));
      assert.match(invite, /\/join#[\w-]{43}$/);
      at.adopt(policy);
      await at.join('Somebody', {}, invite.split('#')[1]);
      const own = await page.getByLabel(/Or give it to the command/).inputValue();
      const joined = await at.joinDevice(own.split('#')[1] ?? '');
      assert.equal((await at.ask('GET', '/v1/me', { token: joined.tokens.accessToken })).body.role, 'owner');
      const scheme = await page.getByRole('link', { name: 'Open in VS Code' }).getAttribute('href');
      assert.equal(new URL(scheme ?? '').searchParams.get('link'), own);
      await page.close();
    });
  }

  it('is done with the keyboard alone, and says what is missing', async () => {
    const page = await opened(setUp());
    await page.getByRole('heading', { name: 'Set up your team board' }).waitFor();
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Acme');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Say what the board is for' }).waitFor();
    assert.equal(await focused(), 'purpose');
    await page.keyboard.type('Learn');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.equal(await focused(), 'pay-no');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'This is what everyone will read' }).waitFor();
    assert.equal(await focused(), 'This is what everyone will read', 'the new step is read out');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your board is ready' }).waitFor();
    await page.close();
  });

  it('chooses quiet mode while neither a purpose nor an agreement is named, and not against a choice', async () => {
    const page = await opened(setUp());
    const quiet = page.getByRole('checkbox', { name: /Quiet mode/ });
    await quiet.waitFor();
    assert.equal(await quiet.isChecked(), true);
    await page.getByLabel('Works agreement, if there is one').fill('No. 12');
    assert.equal(await quiet.isChecked(), false);
    await page.getByLabel('Works agreement, if there is one').fill('');
    assert.equal(await quiet.isChecked(), true);
    await quiet.uncheck();
    await page.getByLabel('I cannot name a purpose yet').check();
    assert.equal(await quiet.isChecked(), false);
    await page.close();
  });

  it('goes on where it was after a reload, and says why a used link does not work', async () => {
    const link = setUp();
    const page = await opened(link);
    await answered(page);
    await page.getByRole('button', { name: 'Show what everyone will read' }).click();
    await page.getByRole('button', { name: 'State it and make an invite' }).click();
    await page.getByRole('heading', { name: 'Your board is ready' }).waitFor();
    const invite = await page.getByLabel(/This link is for up to 50/).inputValue();
    at.clock.now += 20 * 60_000;
    await page.reload();
    await page.getByRole('heading', { name: 'Your board is ready' }).waitFor();
    assert.equal(await page.getByLabel(/This link is for up to 50/).inputValue(), invite);
    const other = await opened(link);
    await other.getByRole('button', { name: 'Agree to it and become the owner' }).click();
    await other.getByText('Someone has used it already').waitFor();
    assert.deepEqual(await findings(other), []);
    const broken = await opened('/setup#short');
    await broken.getByText('Ask for the whole link').waitFor();
    for (const each of [page, other, broken]) await each.close();
  });

  it('hands an invite to an editor, or copies it', async () => {
    const page = await opened(`/join#${'a'.repeat(43)}`, phone);
    await page.getByRole('heading', { name: 'You are invited to a team board' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    await page.close();
  });
});
