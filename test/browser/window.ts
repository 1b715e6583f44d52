import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { counterOf } from '../workbench/counter.ts';

const patience = 20_000;

/** Runs a command as a person does: by the first letters of its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await findCommand(page, title);
  await page.keyboard.press('Enter');
}

/** Brings a command to the top of the command palette, where Enter runs it. */
export async function findCommand(page: Page, title: string): Promise<void> {
  await page.bringToFront();
  const input = page.locator('.quick-input-widget:visible input').first();
  // A key that is pressed while the window is still busy is lost.
  for (let tries = 0; !(await input.isVisible()) && tries < 20; tries++) {
    await page.keyboard.press('F1');
    await input.waitFor({ timeout: 1000 }).catch(() => undefined);
  }
  await input.fill(`>${title}`);
  await quickPickRow(page, title).waitFor({ timeout: patience });
}

/** Chooses a colour theme by its name, as a person does. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  const input = page.getByPlaceholder(/^Select Color Theme/);
  for (let tries = 0; !(await input.isVisible()) && tries < 5; tries++) {
    // Another command of these words, which browses, may stand above it.
    await findCommand(page, 'Preferences: Color Theme');
    await quickPickRow(page, 'Preferences: Color Theme').click();
    await input.waitFor({ timeout: 5000 }).catch(() => undefined);
  }
  await input.fill(theme);
  await quickPickRow(page, theme).click();
  await input.waitFor({ state: 'hidden', timeout: patience });
}

/** A row of the list that is open at the top of the window. */
export function quickPickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first();
}

/** Rests the pointer on the counter and gives the lines of its tooltip. `until` is what they must show. */
export async function tooltipLines(page: Page, until: string | RegExp): Promise<readonly string[]> {
  const hover = page.locator('.monaco-hover:visible', { hasText: until });
  const deadline = Date.now() + patience;
  for (;;) {
    await page.mouse.move(640, 300);
    await sleep(300);
    await counterOf(page).hover();
    const shown = await hover.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (shown) break;
    if (Date.now() > deadline) {
      throw new Error(`no tooltip with ${until}: ${await page.locator('.monaco-hover:visible').allInnerTexts()}`);
    }
  }
  return linesOf(await hover.first().innerText());
}

/** Follows a link in the counter's tooltip, once that shows `until`. */
export async function followInTooltip(page: Page, until: string | RegExp, name: string): Promise<void> {
  await tooltipLines(page, until);
  await page.locator('.monaco-hover:visible', { hasText: until }).getByText(name, { exact: true }).last().click();
}

/** Waits for a text in the panel's output, as far as it is in sight. */
export async function outputShows(page: Page, text: string): Promise<void> {
  await page.locator('.part.panel .view-lines', { hasText: anySpaces(text) }).waitFor({ timeout: patience });
}

/** A dialog that must be answered. */
export function dialogOf(page: Page, text: string | RegExp): Locator {
  return page.locator('.monaco-dialog-box:visible', { hasText: text });
}

/** A message at the window's edge. */
export function messageOf(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast:visible', { hasText: text });
}

/** Keeps what the window looks like, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('out/pictures', { recursive: true });
  await page.screenshot({ path: `out/pictures/${name}.png` });
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
  for (let turns = 0; turns < 60 && (await wanted.count()) === 0; turns++) {
    await page.mouse.wheel(0, 200);
    await sleep(100);
  }
  await wanted.first().waitFor({ timeout: 5000 });
}
