import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { noonZone } from '../workbench/noon-zone.ts';
import { openAnew, openDashboard, openTab } from './dashboard-frame.ts';
import { ownWindow } from './own-window.ts';
import { smallSessions, writeViewsHome } from './views-home.ts';
import { quickPickRow, saveAs, until } from './window.ts';

/** The controls that the other tests of the dashboard have no use for: with them each is used by some. */
describe('The controls of the dashboard', function () {
  this.retries(1);
  const own = ownWindow('dashboard-controls', (home) => {
    writeViewsHome(home, Date.now());
    return { env: { TZ: noonZone() } };
  });
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = own.page;
    frame = await openDashboard(page);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'passed') frame = await openAnew(page);
  });

  const button = (name: string | RegExp) => frame.getByRole('button', { name, exact: typeof name === 'string' });
  const focused = () => frame.evaluate("document.activeElement.getAttribute('aria-label')");
  const roomLeft = async () =>
    Number(
      await frame.evaluate(
        "document.querySelector('.tb-list-place').offsetWidth - document.querySelector('.tb-list').offsetWidth",
      ),
    );
  const opened = () => frame.getByRole('region', { name: 'Session', exact: true });

  it('choose the periods that are behind More, and in one list where there is little room', async () => {
    await openTab(frame, 'Overview');
    for (const name of ['90 days', 'This month']) {
      await button(/^(More periods|Period: )/).click();
      await frame.getByRole('menuitemradio', { name }).click();
      await button(`Period: ${name}`).waitFor();
    }
    await page.setViewportSize({ width: 340, height: 800 });
    await button('Period: This month').click();
    await frame.getByRole('menuitemradio', { name: '7 days' }).click();
    await button(/^Period: 7 days/).click();
    await frame.getByRole('menuitemradio', { name: '30 days' }).click();
    await page.setViewportSize({ width: 1280, height: 800 });
    await frame.getByRole('radio', { name: '30 days', exact: true, checked: true }).waitFor();
  });

  it('split the chart by project and by account', async () => {
    const chart = frame.locator('.tb-card-chart');
    for (const [before, split, series] of [
      ['by tool', 'by project', 'notes-cli'],
      ['by project', 'by account', '(none)'],
      ['by account', 'by tool', 'Claude Code'],
    ] as const) {
      await chart.getByRole('button', { name: before }).click();
      await frame.getByRole('menuitemradio', { name: split }).click();
      await chart.locator('.tb-legend-entry', { hasText: series }).waitFor();
    }
  });

  it('show the table behind each picture of the Overview', async () => {
    for (const fold of ['When', 'Forecast']) await button(new RegExp(`^${fold}`)).click();
    for (const [place, name] of [
      ['.tb-card-calendar', 'Calendar'],
      ['.tb-when', 'When'],
      ['.tb-forecast', /^Forecast for /],
    ] as const) {
      const part = frame.locator(place);
      await part.getByRole('button', { name: 'Show as table' }).click();
      const table = part.getByRole('table', { name });
      await table.waitFor();
      await table.getByRole('row').nth(4).waitFor();
      await part.getByRole('button', { name: 'Show as chart' }).click();
      await part.getByRole('img').first().waitFor();
    }
  });

  it('tell of every card how it is computed, and close that again', async () => {
    const dialog = frame.getByRole('dialog', { name: 'How is this computed?' });
    let told = 0;
    for (const tab of ['Overview', 'Sessions', 'Insights', 'Badges']) {
      await openTab(frame, tab);
      for (const explain of await button(/^How is this computed\?/).all()) {
        if (!(await explain.isVisible())) continue;
        await explain.click();
        await dialog.getByText('Exact: all counts are from the logs of the tools.').waitFor();
        await dialog.getByRole('button', { name: 'Close', exact: true }).click();
        await dialog.waitFor({ state: 'hidden' });
        await until(async () => /^How is this computed\?/.test(String(await focused())), 'the focus is not back');
        told++;
      }
    }
    assert.equal(told, 6 + 1 + 5 + 1);
  });

  it('go from the Overview to a budget, to all projects, and to the session of a record', async () => {
    await openTab(frame, 'Overview');
    await button('Set a budget').click();
    await quickPickRow(page, 'A day').waitFor();
    await page.keyboard.press('Escape');
    await button('All projects and branches').click();
    await frame.getByText('3 projects ·').waitFor();
    await frame.getByRole('radio', { name: 'Projects', checked: true }).waitFor();
    await frame.getByRole('radio', { name: 'Sessions' }).click();
    await openTab(frame, 'Overview');
    await button(/^Records/).click();
    await button('Show the session: Longest session').click();
    await opened()
      .getByText(/notes-cli/)
      .waitFor();
  });

  it('measure the course of a session in tokens, fresh ones and money', async () => {
    const measure = opened().getByRole('radiogroup', { name: 'What the bars show' });
    await measure.getByRole('radio', { name: 'Cost' }).click();
    await opened()
      .getByText(/highest bar \$/)
      .waitFor();
    await measure.getByRole('radio', { name: 'Cost' }).press('ArrowLeft');
    await opened()
      .getByText(/highest bar [\d.]+K/)
      .waitFor();
    await measure.getByRole('radio', { name: 'Fresh', checked: true }).waitFor();
    await measure.getByRole('radio', { name: 'Tokens' }).click();
    await button('Close the session').click();
    await opened().waitFor({ state: 'detached' });
  });

  it('say of an opened session the active time that its row says', async () => {
    const row = frame.locator('.tb-list-row', { hasText: 'notes-cli' });
    const active = (await row.getByText(/^\d+ (hr|min)/).innerText()).trim();
    await row.getByRole('button').click();
    await frame.locator('.tb-sum', { hasText: 'Active' }).getByText(active, { exact: true }).waitFor();
    await row.getByRole('button').click();
  });

  it('leave the lists as wide as their panel, whatever it is', async () => {
    const wider: string[] = [];
    for (const list of ['Projects', 'Branches', 'Sessions']) {
      await frame.getByRole('radio', { name: list }).click();
      await frame.getByText(new RegExp(`^\\d+ ${list} ·`, 'i')).waitFor();
      for (const width of [340, 480, 660, 800, 980, 1150, 1280, 1500]) {
        await page.setViewportSize({ width, height: 800 });
        await page.waitForTimeout(50);
        // A busy machine lays it out later.
        for (let tries = 1; (await roomLeft()) < 0; tries++) {
          if (tries < 20) await page.waitForTimeout(250);
          else {
            wider.push(`${list} at ${width} px: by ${-(await roomLeft())} px`);
            break;
          }
        }
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    assert.deepEqual(wider, []);
  });

  it('filter by name, and clear a filter that nothing passes', async () => {
    await button('Filter').click();
    const search = frame.getByRole('textbox', { name: 'Search tools, models, projects and branches' });
    await search.fill('web-shop');
    await frame.getByRole('checkbox', { name: 'web-shop' }).click();
    await frame.getByText(`${smallSessions / 2} sessions ·`).waitFor();
    await frame.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Clear all' }).click();
    await frame.getByText(`${smallSessions + 1} sessions ·`).waitFor();
    await frame.getByRole('checkbox', { name: 'web-shop' }).click();
    await button('Done').click();
    await frame.getByRole('radio', { name: 'Today', exact: true }).click();
    await frame.getByText('Nothing passes the filter in this period.').waitFor();
    await button('Clear the filter').click();
    await frame.getByText('1 session ·').waitFor();
    await frame.getByRole('radio', { name: '30 days', exact: true }).click();
  });

  it('save what is listed as JSON, with the same sums', async () => {
    await button('Save the figures of this period and filter as JSON').click();
    const saved = (await saveAs(page, join(own.temporary, 'figures.json'))).toString();
    assert.match(saved, /notes-cli/);
    JSON.parse(saved);
  });

  it('turn the toasts for new badges off and on again', async () => {
    await openTab(frame, 'Badges');
    await button('Turn off toasts for new badges').click();
    await page.locator('.statusbar-item', { hasText: 'tokenboard.notifications.badges turns it on again' }).waitFor();
    await button('Turn on toasts for new badges').click();
    await button('Turn off toasts for new badges').waitFor();
  });
});
