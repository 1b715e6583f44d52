import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findings } from '../workbench/page-axe.ts';
import { patience } from '../workbench/patience.ts';

/** Where pictures of pages are kept. */
export const pictures = 'out/pictures';

/**
 * A page whose own policy lets all of it work: what a browser refuses it would say on its console, beside what is `expected`
 * there.
 */
export async function watchedPage(
  browser: Browser,
  options: BrowserContextOptions,
  expected?: RegExp,
): Promise<{ page: Page; refused: string[] }> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(patience);
  const refused: string[] = [];
  page.on('pageerror', (error) => refused.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && expected?.test(message.text()) !== true) refused.push(message.text());
  });
  return { page, refused };
}

/** A page as it looks and as it is read: a picture, nothing to the side, and nothing for axe to find. */
export async function looksWell(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) <= 0, `${name} fits`);
  assert.deepEqual(await findings(page), [], name);
}
