import type { Page } from 'playwright-core';
import { dashboardOf } from '../workbench/dashboard.ts';
import { findCommand, quickPickRow } from './window.ts';

export const themes = {
  dark: ['Dark Modern', 'vscode-dark'],
  light: ['Light Modern', 'vscode-light'],
  'high-contrast': ['Dark High Contrast', 'vscode-high-contrast'],
  'high-contrast-light': ['Light High Contrast', 'vscode-high-contrast-light'],
} as const;

export type Theme = keyof typeof themes;

/** Chooses another colour theme in an open window, as a person does: much sooner done than another window. */
export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  const [name] = themes[theme];
  const input = page.getByPlaceholder(/^Select Color Theme/);
  for (let tries = 0; !(await input.isVisible()) && tries < 5; tries++) {
    // Another command of these words, which browses, may stand above it.
    await findCommand(page, 'Preferences: Color Theme');
    await quickPickRow(page, /^\s*Preferences: Color Theme/).click();
    await input.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  await input.fill(name);
  await quickPickRow(page, new RegExp(`^\\s*${name}`)).click();
  await input.waitFor({ state: 'hidden' });
}

/** Waits until the dashboard has a theme's colours. */
export async function dashboardHasTheme(page: Page, theme: Theme): Promise<void> {
  await dashboardOf(page).locator(`body.${themes[theme][1]}`).waitFor();
}
