import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { type Instead, problem } from './team-front.ts';
import { writeUsage } from './team-home.ts';
import { joinTeam, ready } from './team-joining.ts';
import { messageOf, picture, tooltipLines } from './window.ts';

const patience = 30_000;

/** What a sync is answered, by its sentence; the tooltip tells how things stand, the page as well. */
const failures: readonly (readonly [string, Instead])[] = [
  ['The server is not available at the moment.', problem(503, 'unavailable', { retryAfterSec: 1 })],
  ['The server asks for patience.', problem(429, 'rate_limited', { retryAfterSec: 1 })],
  ['A web page answered in the place of the server.', { status: 200, type: 'text/html', body: '<h1>Hotel</h1>' }],
  ['which is not followed.', { status: 302, headers: { location: 'https://elsewhere.example.org/' } }],
  ['What answered is no Tokenboard server', { status: 200, body: '{"hello":1}' }],
  ['The owner has closed the board', problem(409, 'board_closed')],
  ['needs a newer version of Tokenboard', problem(426, 'upgrade_required')],
];

describe('What goes wrong with a team’s server', () => {
  let temporary: string;
  let home: string;
  let board: TeamBoard;
  let workbench: Workbench;
  let page: Page;
  let dashboard: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    board = await teamBoard();
    workbench = await openWorkbench({ name: 'team-errors', home, vsix: vsixPath() });
    page = workbench.page;
    await ready(page);
    dashboard = await joinTeam(page, await board.link());
  });

  after(async () => {
    await workbench?.close();
    await board?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    board.front.instead = undefined;
    await board.front.open();
    if (this.currentTest?.state === 'failed')
      await picture(page, `failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
  });

  /** Something new to be told, so that a sync makes a request, and has it made. */
  async function syncAgain(): Promise<void> {
    await dashboard
      .getByRole('button', { name: 'Share', exact: true })
      .or(dashboard.getByText('Share', { exact: true }))
      .first()
      .click();
    const models = dashboard.getByRole('checkbox', { name: /^Models/ });
    await models.waitFor({ timeout: patience });
    await models.click();
    await dashboard.getByRole('button', { name: 'Save what I share' }).click();
  }

  it('is told in the tooltip and on the page, each with its sentence, and goes away by itself', async () => {
    for (const [sentence, instead] of failures) {
      board.front.instead = ({ path }) => (path === '/v1/sync' || path === '/v1/consent' ? instead : undefined);
      await syncAgain();
      await dashboard.locator('.tb-team').getByText(sentence).first().waitFor({ timeout: patience });
      const lines = (await tooltipLines(page, sentence)).join(' ');
      assert.match(lines, /Pause · Preview · Leave$/, sentence);
      board.front.instead = undefined;
    }
    await picture(page, 'team-failing');
  });

  it('shows the last snapshot while the server is down', async () => {
    await dashboard.getByText('Us', { exact: true }).first().click();
    await dashboard.getByText('Acme together').waitFor({ timeout: patience });
    await board.front.shut();
    await page.reload();
    await ready(page);
    await dashboard.getByText('Us', { exact: true }).first().click();
    await dashboard.getByText('Acme together').waitFor({ timeout: patience });
    await dashboard.getByText(/offline: snapshot/).waitFor({ timeout: patience });
    await picture(page, 'team-offline');
  });

  it('asks again after the policy has changed, and sends nothing before the answer', async () => {
    await board.world.state({ purpose: 'Another purpose' });
    board.front.seen.length = 0;
    await dashboard.getByText('The policy of Acme has changed').first().waitFor({ timeout: 60_000 });
    await tooltipLines(page, /Sharing with Acme waits for you: The policy of Acme has changed/);
    await picture(page, 'team-asking');
    assert.ok(board.front.seen.every(({ path }) => path !== '/v1/sync'));
  });

  it('says once that the server has ended it, and forgets everything', async () => {
    board.front.instead = ({ path }) => (path === '/v1/meta' ? undefined : problem(410, 'member_erased'));
    await messageOf(page, 'Acme has taken you off its board').waitFor({ timeout: 90_000 });
    await tooltipLines(page, /Sharing is off: nothing leaves this machine/);
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team', 'team.db')));
    assert.ok(!existsSync(join(home, '.claude', '.tokenboard-device')));
  });
});
