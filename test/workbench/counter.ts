import type { Locator, Page } from 'playwright-core';
import { patience } from './patience.ts';

/** Of the element in the page. */
export const counterId = 'tokenboard.tokenboard.tokenboard.counter';

/** Tokenboard's item in the status bar of a window. */
export function counterOf(page: Page): Locator {
  return page.locator(`[id="${counterId}"]`);
}

/** Waits until the counter shows any figure: all was counted once. */
export async function counted(page: Page): Promise<void> {
  await counterOf(page)
    .filter({ hasText: /\d/ })
    .filter({ hasNotText: /^\s*\d+%\s*$/ })
    .waitFor({ timeout: 90_000 });
}

/** Waits until the counter shows just this text: `88.4M`. It has time for two polls: a watcher may have missed a change. */
export async function counterShows(page: Page, text: string, timeout = patience): Promise<void> {
  const exactly = new RegExp(`^\\s*${text.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}\\s*$`);
  await counterOf(page).filter({ hasText: exactly }).waitFor({ timeout });
}

/** The milliseconds from `cause` to the frame in which the window shows this text; both clocks are this machine's. */
export async function millisecondsUntilShown(page: Page, text: string, cause: () => void): Promise<number> {
  await page.bringToFront();
  const item = `document.getElementById(${JSON.stringify(counterId)})`;
  const shown = page.waitForFunction(
    `${item}?.textContent.trim() === ${JSON.stringify(text)} && Date.now()`,
    undefined,
    { timeout: patience },
  );
  const started = Date.now();
  cause();
  return Number(await (await shown).jsonValue()) - started;
}
