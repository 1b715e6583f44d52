import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type World, world } from '../server/http/world.ts';
import { dashboardOf } from '../workbench/dashboard.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { seriousFindings } from './axe.ts';
import { type Front, frontOf } from './team-front.ts';
import { writeUsage } from './team-home.ts';
import { pasteLink, ready } from './team-joining.ts';
import { picture, pictureOfFailure } from './window.ts';

describe('The Team pages of an owner', () => {
  let temporary: string;
  let made: World;
  let front: Front;
  let workbench: Workbench;
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    const home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    made = await world('sqlite', { owned: false, now: Date.now() });
    front = await frontOf(() => made.server.address);
    workbench = await openWorkbench({ name: 'team-pages-owner', home, vsix: vsixPath() });
    page = workbench.page;
    frame = dashboardOf(page);
    await ready(page);
  });

  after(async () => {
    await workbench?.close();
    await front?.end();
    await made?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, page);
  });

  const button = (name: string | RegExp) => frame.getByRole('button', { name, exact: typeof name === 'string' });
  const radio = (name: string) => frame.getByRole('radio', { name, exact: true });
  const wait = (locator: Locator) => locator.first().waitFor();
  const accessible = async (what: string) => assert.deepEqual(await seriousFindings(page), [], what);
  const policyOf = async () => JSON.parse((await made.ask('GET', '/v1/meta')).text).policy;

  it('begin with what the board is for, and nothing said about pay', async () => {
    const secret = made.server.setUpLink?.split('#')[1];
    await pasteLink(page, `${front.origin}/setup#${secret}`);
    const state = button('State the policy');
    await wait(state);
    for (const name of ['No', 'Yes', 'I do not say']) assert.equal(await radio(name).isChecked(), false, name);
    assert.equal(await state.getAttribute('aria-disabled'), 'true');
    await accessible('set-up');
    await picture(page, 'team-pages-set-up');
    const quiet = frame.getByRole('checkbox', { name: 'Quiet mode' });
    assert.ok(await quiet.isChecked(), 'a board without a works agreement begins quiet');
    await frame.getByLabel('Organisation').fill('Acme');
    await frame.getByLabel('What the board is for').fill('To learn from each other.');
    await wait(frame.getByText('Say whether it is used for pay or performance.'));
    await frame.getByLabel('Works agreement or other ground (optional)').fill('Agreement 2026-07');
    assert.equal(await quiet.isChecked(), false);
    await radio('No').check();
    await state.click();
    await wait(button('Create an invite'));
    const policy = await policyOf();
    assert.equal(policy.organisation, 'Acme');
    assert.equal(policy.usedForPay, false);
    assert.equal(policy.namedBoards, true);
  });

  it('make an invite whose link is shown once, and take it back', async () => {
    await frame.getByLabel('Uses').fill('20');
    await frame.getByLabel('Uses').press('Tab');
    await button('Create an invite').click();
    const link = frame.getByRole('textbox', { name: 'Link' });
    await wait(link);
    assert.match(await link.inputValue(), /\/join#[\w-]{43}$/);
    await wait(frame.getByRole('cell', { name: '0 of 20' }));
    await accessible('manage');
    await picture(page, 'team-pages-manage');
    await button(/^Revoke the invite/).click();
    await wait(frame.getByText('No invite holds just now.'));
  });

  it('make a team', async () => {
    await frame.getByLabel('New team').fill('Tools');
    await button('Create').click();
    await wait(frame.locator('.tb-plain-rows li', { hasText: 'Tools' }));
  });

  it('hide a member only with a reason', async () => {
    await button(/^Hide .* from boards$/)
      .first()
      .click();
    const dialog = frame.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Hide' }).click();
    await wait(dialog.getByText('Give a reason first.'));
    await dialog.getByLabel('Reason').fill('They asked for it.');
    await dialog.getByRole('button', { name: 'Hide' }).click();
    await wait(frame.getByRole('cell', { name: /hidden/ }));
  });

  it('say that a change of the policy asks everyone again', async () => {
    await button('Change the policy').click();
    await wait(frame.getByText('Everyone is asked again, and shares nothing until they have agreed to policy 2.'));
    await radio('Yes').check();
    await button('Change the policy').click();
    await wait(frame.getByText('So nobody is listed by name.'));
    const { version, namedBoards } = await policyOf();
    assert.deepEqual({ version, namedBoards }, { version: 2, namedBoards: false });
  });

  it('close the board with a notice and a typed name, and open it again', async () => {
    await button('Close the board …').click();
    const dialog = frame.getByRole('dialog', { name: 'Close Acme’s board?' });
    const close = dialog.getByRole('button', { name: 'Close the board' });
    assert.equal(await dialog.getByRole('checkbox').isChecked(), false);
    await close.click();
    await wait(dialog.getByText('Write a notice first'));
    await dialog.getByLabel('Notice to all members').fill('Thank you all.');
    await close.click();
    await wait(dialog.getByText('Type “Acme” to confirm.'));
    assert.equal(JSON.parse((await made.ask('GET', '/v1/meta')).text).closed, null);
    await dialog.getByLabel(/^Type “Acme”/).fill('Acme');
    await accessible('closing');
    await close.click();
    await wait(frame.getByText('The board is closed'));
    assert.equal(JSON.parse((await made.ask('GET', '/v1/meta')).text).closed, 'Thank you all.');
    await button('Open it again').click();
    await frame.getByRole('dialog').getByRole('button', { name: 'Open' }).click();
    await wait(button('Close the board …'));
  });
});
