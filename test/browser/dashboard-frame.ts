import type { Frame, Locator, Page } from 'playwright-core';
import { runCommand } from './window.ts';

const patience = 30_000;

/** Opens the dashboard, and gives the frame that its page is in. */
export async function openDashboard(page: Page): Promise<Frame> {
  await runCommand(page, 'Tokenboard: Show Dashboard');
  return dashboardFrame(page);
}

/** The frame of the dashboard's page: a webview has one within another. */
export async function dashboardFrame(page: Page): Promise<Frame> {
  const inner = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await inner.getByRole('tablist').waitFor({ timeout: patience });
  const element = await inner.owner().elementHandle();
  const frame = await element?.contentFrame();
  if (!frame) throw new Error('the dashboard has no frame');
  return frame;
}

/** Goes to a tab of the dashboard, and gives its panel once its figures are there. */
export async function openTab(frame: Frame, name: string): Promise<Locator> {
  await frame.getByRole('tab', { name }).click();
  const panel = frame.getByRole('tabpanel', { name });
  await panel.waitFor();
  await panel.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden', timeout: patience });
  return panel;
}
