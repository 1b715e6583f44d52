import type { FrameLocator, Locator, Page } from 'playwright-core';
import { counterOf } from '../workbench/counter.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { dialogOf, runCommand } from './window.ts';

/** Counts clicks as a person makes them. */
export class Clicks {
  count = 0;

  async click(target: Locator): Promise<void> {
    await target.click();
    this.count++;
  }
}

/** A window whose counter is there has its commands as well. */
export async function ready(page: Page): Promise<void> {
  await counterOf(page).waitFor({ timeout: 60_000 });
  await counterOf(page).filter({ hasNotText: '…' }).waitFor();
}

/** Pastes an invite link into the command, and gives the page that it opens. */
export async function pasteLink(page: Page, link: string, clicks = new Clicks()): Promise<FrameLocator> {
  await runCommand(page, 'Tokenboard: Join a Team');
  const field = page
    .locator('.quick-input-widget:visible', { hasText: 'Paste the invite link' })
    .locator('input')
    .first();
  await field.waitFor();
  await field.fill(link);
  await page.keyboard.press('Enter');
  return await lookAtInvitation(page, clicks);
}

/** Follows a link of the editor's own scheme, as the server's page offers it. */
export async function followLink(page: Page, link: string): Promise<FrameLocator> {
  await runCommand(page, 'Developer: Open URL');
  const field = page.locator('.quick-input-widget:visible', { hasText: 'URL to open' }).locator('input').first();
  await field.waitFor();
  await field.fill(`code-oss://tokenboard.tokenboard/join?link=${encodeURIComponent(link)}`);
  await page.keyboard.press('Enter');
  await dialogOf(page, /to open this URI/)
    .getByRole('button', { name: 'Open', exact: true })
    .click();
  return await lookAtInvitation(page);
}

/** Answers the question that comes first where telemetry is switched off, and waits for what the invitation leads to. */
export async function lookAtInvitation(page: Page, clicks = new Clicks()): Promise<FrameLocator> {
  const dashboard = dashboardOf(page);
  const question = dialogOf(page, 'Telemetry is switched off');
  // A dashboard that is open already has headings of its own.
  const offer = dashboard.locator('.tb-alone .tb-join:not([aria-busy])').locator('h1, .tb-state').first();
  await Promise.any([question.waitFor(), offer.waitFor()]);
  if (await question.isVisible()) await clicks.click(question.getByRole('button', { name: 'Look at the Invitation' }));
  await offer.waitFor();
  return dashboard;
}

/** Agrees on the join page: by pseudonym, from the earliest day on. */
export async function agree(dashboard: FrameLocator, clicks = new Clicks()): Promise<void> {
  const share = dashboard.getByRole('button', { name: /^Share with / });
  await share.waitFor();
  await clicks.click(
    dashboard.getByRole('radio', { name: 'By pseudonym' }).or(dashboard.getByText('By pseudonym')).first(),
  );
  await chooseEarliest(dashboard, clicks);
  await dashboard.locator('button:not([aria-disabled="true"])', { hasText: /^Share with / }).waitFor();
  await clicks.click(share);
}

async function chooseEarliest(dashboard: FrameLocator, clicks: Clicks): Promise<void> {
  await clicks.click(dashboard.getByRole('combobox', { name: 'Share from' }));
  await clicks.click(dashboard.getByRole('option').last());
}

/** Joins, and waits until the Team tab is there. */
export async function joinTeam(page: Page, link: string, clicks = new Clicks()): Promise<FrameLocator> {
  const dashboard = await pasteLink(page, link, clicks);
  await agree(dashboard, clicks);
  await dashboard.getByText('You share daily totals').waitFor();
  return dashboard;
}
