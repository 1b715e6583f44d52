import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { cell, dayMs } from '../server/http/world.ts';
import { seriousFindings } from './axe.ts';
import { ownWindow } from './own-window.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { joinTeam } from './team-joining.ts';
import { picture } from './window.ts';

describe('Insights and allowances in the editor of an admin', () => {
  let board: TeamBoard;
  let team: number;
  const own = ownWindow('team-insights', async (home) => {
    writeUsage(home);
    board = await teamBoard();
    const { world } = board;
    const token = world.owner.tokens.accessToken;
    team = (await world.ask('POST', '/v1/teams', { token, body: { name: 'Crew' } })).body.id;
    const day = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
    for (let i = 0; i < 12; i++) {
      const member = await world.join(`Crew ${i}`, {}, await world.invite({ team }));
      const kind = i % 2 === 0 ? {} : { tool: 'codex' as const, model: 'gpt-5' };
      await world.sync(member, [cell({ day, in: 1_000_000 + i * 1000, cr: 1_000_000, ...kind })]);
    }
    return {};
  });
  let page: Page;
  let frame: FrameLocator;

  before(async () => {
    page = own.page;
    frame = await joinTeam(page, `${board.front.origin}/join#${await board.world.invite({ role: 'admin' })}`);
  });

  after(() => board?.end());

  const part = (name: string) => frame.getByRole('radiogroup', { name: 'What is shown of the team' }).getByText(name);
  const section = (name: string) => frame.getByRole('region', { name, exact: true });
  const wait = (text: string | RegExp) => frame.getByText(text).first().waitFor();

  it('grants tokens to a team and to a member, and takes one back', async () => {
    await part('Manage').click();
    const panel = section('Allowances');
    await panel.waitFor();
    await panel.getByRole('button', { name: 'Grant', exact: true }).click();
    await wait('Type an amount above 0, such as 40, 2.5M or 1B.');
    await panel.getByLabel('Amount').fill('24M');
    await panel.getByRole('button', { name: 'Grant', exact: true }).click();
    const row = panel.getByRole('row', { name: /^Crew 24M tokens month/ });
    await row.waitFor();
    const { members } = (
      await board.world.ask('GET', '/v1/admin/members', { token: board.world.owner.tokens.accessToken })
    ).body;
    const admin = members.find(({ role }: { role: string }) => role === 'admin').id;
    await panel.getByLabel('For').selectOption(`member ${admin}`);
    await panel.getByLabel('Amount').fill('50');
    await panel.getByLabel('in', { exact: true }).selectOption('microUsd');
    await panel.getByLabel('each', { exact: true }).selectOption('year');
    await panel.getByRole('button', { name: 'Grant', exact: true }).click();
    await panel.getByRole('row', { name: /\$50\.00 year/ }).waitFor();
    await panel.getByLabel('For').selectOption(`member ${admin}`);
    await panel.getByLabel('Amount').fill('100M');
    await panel.getByRole('button', { name: 'Grant', exact: true }).click();
    await panel.getByRole('row', { name: /100M tokens month/ }).waitFor();
    await picture(page, 'owner-allowances');
    assert.deepEqual(await seriousFindings(page), []);
    await panel
      .getByRole('row', { name: /\$50\.00 year/ })
      .getByRole('button')
      .click();
    await panel.getByRole('row', { name: /\$50\.00 year/ }).waitFor({ state: 'detached' });
  });

  it('shows how the organisation and a team work once a snapshot is there', async () => {
    await board.dayPasses();
    await part('Insights').click();
    await wait('How Acme works');
    await frame.getByText('codex', { exact: false }).or(frame.getByText('Codex')).first().waitFor();
    await frame.getByLabel('Group').selectOption({ label: 'Crew' });
    await wait('How Crew works');
    const tools = section('Tools');
    await tools.getByText('50%').nth(1).waitFor();
    await wait('Crew: 24M tokens a month');
    const text = await frame.locator('.tb-team-insights').innerText();
    for (let i = 0; i < 12; i++) assert.ok(!text.includes(`Crew ${i}`), text);
    assert.deepEqual(await seriousFindings(page), []);
    await picture(page, 'team-insights');
    await frame
      .getByRole('button', { name: /How is .*computed|How Crew works/ })
      .first()
      .click();
    await wait(/Every figure is of 5 people or more/);
    await page.keyboard.press('Escape');
  });

  it('shows the member what was granted beside their own budgets', async () => {
    await frame.getByRole('tab', { name: 'Overview' }).click();
    const card = frame.getByRole('region', { name: 'Limits and budget' });
    await card.getByText('Granted by Acme').first().waitFor();
    const text = await card.innerText();
    assert.match(text, /of 100M/);
    assert.match(text, /not sent yet/);
    assert.match(text, /UTC days until/);
    await picture(page, 'overview-allowance');
  });
});
