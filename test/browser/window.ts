import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { counterOf } from '../workbench/counter.ts';
import { patience } from '../workbench/patience.ts';

/** Runs a command as a person does: by the first letters of its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await findCommand(page, title);
  await page.keyboard.press('Enter');
}

/** Brings a command to the top of the command palette, where Enter runs it. */
export async function findCommand(page: Page, title: string): Promise<void> {
  await page.bringToFront();
  const input = page.locator('.quick-input-widget:visible input').first();
  // A key that is pressed while the window is still busy is lost, and what is open may be about to close.
  await until(
    async () => {
      if (!(await input.isVisible())) await page.keyboard.press('F1');
      return await succeeds(async () => {
        await input.waitFor({ timeout: 1000 });
        await input.fill(`>${title}`, { timeout: 2000 });
        await quickPickRow(page, title).waitFor({ timeout: 5000 });
      });
    },
    () => `the command palette does not show ${title}`,
  );
}

/** Whether it was done: what fails is tried again by who asks. */
export async function succeeds(act: () => Promise<void>): Promise<boolean> {
  return await act().then(
    () => true,
    () => false,
  );
}

/** A row of the list that is open at the top of the window. */
export function quickPickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first();
}

/**
 * Runs a command that offers a list, and picks of it. A window that gives the focus back late, to what had it before, closes the
 * list by that: then it is asked for again.
 */
export async function pickAfter(page: Page, command: string, text: string | RegExp): Promise<void> {
  await until(
    async () => {
      await runCommand(page, command);
      return await succeeds(() => quickPickRow(page, text).click({ timeout: 3000 }));
    },
    () => `${command} offers no ${text}`,
  );
}

/** Rests the pointer on the counter and gives the lines of its tooltip. `until` is what they must show. */
export async function tooltipLines(page: Page, until: string | RegExp, timeout = patience): Promise<readonly string[]> {
  const hover = page.locator('.monaco-hover:visible', { hasText: until });
  const deadline = Date.now() + timeout;
  for (;;) {
    await page.mouse.move(640, 300);
    await sleep(300);
    await counterOf(page).hover();
    // It may say something else a moment later.
    const shown = await hover
      .first()
      .innerText({ timeout: 3000 })
      .catch(() => undefined);
    if (shown !== undefined) return linesOf(shown);
    if (Date.now() > deadline) {
      throw new Error(`no tooltip with ${until}: ${await page.locator('.monaco-hover:visible').allInnerTexts()}`);
    }
  }
}

/** Follows a link in the counter's tooltip, once that shows `until`. */
export async function followInTooltip(
  page: Page,
  until: string | RegExp,
  name: string,
  timeout = patience,
): Promise<void> {
  await tooltipLines(page, until, timeout);
  await page.locator('.monaco-hover:visible', { hasText: until }).getByText(name, { exact: true }).last().click();
}

/** Waits for something that no element tells of. `complaint` is what is said when it has not come true in time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  complaint: string | (() => string),
  timeout = patience,
): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await holds()); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(typeof complaint === 'string' ? complaint : complaint());
  }
}

/** Waits for a text in the panel's output, as far as it is in sight. */
export async function outputShows(page: Page, text: string): Promise<void> {
  await page.locator('.part.panel .view-lines', { hasText: anySpaces(text) }).waitFor();
}

/** A dialog that must be answered. */
export function dialogOf(page: Page, text: string | RegExp): Locator {
  return page.locator('.monaco-dialog-box:visible', { hasText: text });
}

/** A message at the window's edge. */
export function messageOf(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast:visible', { hasText: text });
}

/** Answers a message at the window's edge, also one that has gone from there by itself, as they do after ten seconds. */
export async function answerMessage(page: Page, text: string | RegExp, button: string): Promise<void> {
  const toast = messageOf(page, text);
  const kept = page.locator('.notifications-center:visible .notification-list-item', { hasText: text });
  await until(
    async () => {
      if (!(await toast.or(kept).first().isVisible())) await runCommand(page, 'Notifications: Show Notifications');
      const answer = toast.or(kept).first().getByRole('button', { name: button, exact: true });
      return await succeeds(() => answer.click({ timeout: 3000 }));
    },
    () => `no message ${text}`,
  );
  // While the list is open, what comes next is not shown at the window's edge.
  if (await page.locator('.notifications-center:visible').isVisible())
    await runCommand(page, 'Notifications: Hide Notifications');
}

/** Saves as a path in the dialog that is open or about to open, and gives what is saved. */
export async function saveAs(page: Page, path: string): Promise<Buffer> {
  const widget = page.locator('.quick-input-widget:visible');
  const input = widget.locator('input[type=text]').first();
  await input.waitFor();
  // The dialog writes its own proposal when it is ready, and its list of files now and then.
  await until(async () => (await input.inputValue()).includes('tokenboard'), 'the dialog proposes no name');
  await until(
    async () => {
      await input.fill(path);
      await sleep(300);
      if ((await input.inputValue()) !== path) return false;
      await page.keyboard.press('Enter');
      return await succeeds(() => widget.waitFor({ state: 'hidden', timeout: 5000 }));
    },
    () => `the dialog does not take ${path}`,
  );
  let size = 0;
  await until(
    () => {
      const before = size;
      size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      return size > 0 && size === before;
    },
    () => `${path} was not saved`,
  );
  return readFileSync(path);
}

/** Keeps what the window looks like, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('out/pictures', { recursive: true });
  await page.screenshot({ path: `out/pictures/${name}.png` });
}

/** Keeps what a window looks like after a test that has failed, also where that is to be tried again. */
export async function pictureOfFailure(test: Mocha.Test | undefined, page: Page | undefined, end = ''): Promise<void> {
  if (test === undefined || page === undefined || test.state === 'passed' || test.state === 'pending') return;
  await picture(page, `failed-${test.title.replaceAll(/\W+/g, '-')}${end}`).catch(() => undefined);
}

/** A window of the same session in which all is twice as large, as at 200 % zoom. */
export async function openZoomed(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the window has no browser');
  const context = await browser.newContext({
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patience);
  const zoomed = await context.newPage();
  await zoomed.goto(page.url());
  return zoomed;
}

/** An editor shows a space as one that does not break. */
export function anySpaces(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&').replace(/ /g, '\\s'));
}

function linesOf(text: string): readonly string[] {
  return text
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What a person would paste now. */
export async function clipboardText(page: Page): Promise<string> {
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

/** Scrolls the list in the middle of the window, which holds only what is in sight, until something is. */
export async function scrolledTo(page: Page, wanted: Locator): Promise<void> {
  await page.mouse.move(700, 400);
  let turns = 0;
  await until(
    async () => {
      if ((await wanted.count()) > 0) return true;
      // A window that is slow to scroll may have gone past it: then once more from the top.
      await page.mouse.wheel(0, ++turns % 60 === 0 ? -100_000 : 200);
      return false;
    },
    () => `${wanted} is not in the list`,
  );
  await wanted.first().waitFor();
}
