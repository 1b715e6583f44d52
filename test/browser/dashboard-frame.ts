import type { Frame, Locator, Page } from 'playwright-core';
import { dashboardFrame, dashboardOf } from '../workbench/dashboard.ts';
import { runCommand, until } from './window.ts';

/** Opens the dashboard, and gives the frame that its page is in. */
export async function openDashboard(page: Page): Promise<Frame> {
  await runCommand(page, 'Tokenboard: Show Dashboard');
  await dashboardOf(page).getByRole('tablist').waitFor();
  return dashboardFrame(page);
}

/** Opens the dashboard as it is without a past, for a test that comes after one that has failed. */
export async function openAnew(page: Page): Promise<Frame> {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (let times = 0; times < 2; times++) await page.keyboard.press('Escape');
  await runCommand(page, 'View: Close All Editors');
  await page.locator('iframe.webview.ready').waitFor({ state: 'detached' });
  return await openDashboard(page);
}

/** Nothing of the dashboard is cut off at its side, once a window of another size is laid out. */
export async function fitsSideways(page: Page): Promise<void> {
  const frame = await dashboardFrame(page);
  // Another size reaches the page within the frame by and by.
  await page.waitForTimeout(150);
  let over = 0;
  await until(
    async () => {
      over = Number(
        await frame.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      );
      return over <= 0;
    },
    () => `${over} px are cut off in a window of ${page.viewportSize()?.width} px`,
    10_000,
  );
}

/** Goes to a tab of the dashboard, and gives its panel once its figures are there. */
export async function openTab(frame: Frame, name: string): Promise<Locator> {
  await frame.getByRole('tab', { name }).click();
  const panel = frame.getByRole('tabpanel', { name });
  await panel.waitFor();
  await panel.locator('[aria-busy="true"]:visible').first().waitFor({ state: 'hidden' });
  return panel;
}
