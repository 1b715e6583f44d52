import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Locator, Page } from 'playwright-core';
import { runCommand } from './window.ts';

const patience = 30_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

/** Fails with what axe finds that is serious. */
export async function assertAccessible(frame: Frame, what: string): Promise<void> {
  await frame.evaluate(axe);
  const found = (await frame.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) =>
      id + ': ' + nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary).join(' | ')))`)) as readonly string[];
  assert.deepEqual(found, [], what);
}
