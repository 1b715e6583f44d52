import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { cert, key } from '../team/certificate.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { type Instead, problem } from './team-front.ts';
import { writeUsage } from './team-home.ts';
import { agree, pasteLink, ready } from './team-joining.ts';
import { messageOf, picture, pictureOfFailure, tooltipLines, until } from './window.ts';

const hotel: Instead = { status: 200, type: 'text/html', body: '<h1>Hotel</h1>' };

/** What a sync is answered, by its sentence; the tooltip tells how things stand, the page as well. */
const failures: readonly (readonly [string, Instead])[] = [
  ['The server is not available at the moment.', problem(503, 'unavailable', { retryAfterSec: 1 })],
  ['The server asks for patience.', problem(429, 'rate_limited', { retryAfterSec: 1 })],
  ['The server has failed.', problem(500, 'internal_error')],
  ['A web page answered in the place of the server.', hotel],
  ['which is not followed.', { status: 302, headers: { location: 'https://elsewhere.example.org/' } }],
  ['What answered is no Tokenboard server', { status: 200, body: '{"hello":1}' }],
  ['The owner has closed the board', problem(409, 'board_closed')],
];

/** What the server does not take of it is set aside, and sharing goes on. */
const refusals: readonly (readonly [string, Instead])[] = [
  ['The server takes less at a time than it says.', problem(413, 'body_too_large')],
  ['The server finds what was sent wrong.', problem(415, 'unsupported_media_type')],
  ['The server finds what was sent wrong.', problem(422, 'invalid_request')],
];

describe('What goes wrong with a team’s server', () => {
  let temporary: string;
  let home: string;
  let board: TeamBoard;
  let stranger: Server;
  let workbench: Workbench;
  let page: Page;
  let dashboard: FrameLocator;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    board = await teamBoard();
    stranger = createServer({ cert, key }, (_request, response) => void response.end('{}'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    workbench = await openWorkbench({ name: 'team-errors', home, vsix: vsixPath() });
    page = workbench.page;
    await ready(page);
  });

  after(async () => {
    await workbench?.close();
    await board?.end();
    stranger?.closeAllConnections();
    stranger?.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  afterEach(async function () {
    board.front.instead = undefined;
    await board.front.open();
    await pictureOfFailure(this.currentTest, page);
  });

  const line = (text: string | RegExp) => dashboard.locator('.tb-team').getByText(text).first();
  const syncs = () => board.front.seen.filter(({ path }) => path === '/v1/sync');

  async function shows(part: 'Us' | 'Share'): Promise<void> {
    await dashboard.getByRole('radiogroup', { name: 'What is shown of the team' }).getByText(part).click();
  }

  /** Something new to be told, so that a sync makes a request, and has it made. */
  async function syncAgain(): Promise<void> {
    await shows('Share');
    const models = dashboard.getByRole('checkbox', { name: /^Models/ });
    await models.waitFor();
    await models.click();
    await dashboard.getByRole('button', { name: 'Save what I share' }).click();
  }

  /** The window is closed in the middle of something and opened again. */
  async function restart(): Promise<void> {
    await page.reload();
    await ready(page);
    await line(/./).waitFor();
  }

  it('is told before anything is agreed to, and nothing is kept', async () => {
    const { port } = stranger.address() as AddressInfo;
    const secret = 'a'.repeat(43);
    dashboard = await pasteLink(page, `https://localhost:${port}/join#${secret}`);
    const says = (sentence: string) => dashboard.getByText(sentence).first().waitFor();
    await says('its certificate is not valid for this machine');
    await picture(page, 'team-join-certificate');
    async function paste(link: string, sentence: string, instead?: Instead): Promise<void> {
      board.front.instead = instead && (() => instead);
      await dashboard.getByRole('textbox', { name: 'Invite link' }).fill(link);
      await dashboard.getByRole('button', { name: 'Open', exact: true }).click();
      await says(sentence);
      board.front.instead = undefined;
    }
    const link = await board.link();
    await paste(link, 'A web page answered in the place of the server.', hotel);
    await paste(link, 'The server is not available at the moment.', problem(503, 'unavailable'));
    await paste('http://board.example.org/join#secret', 'The link is not https');
    await paste(`${board.front.origin}/join#short`, 'The link is not complete');
    await paste('hello', 'That is no invite link.');
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team')));

    // An invite that the server does not know is told when one has agreed, and leaves no trace either.
    await dashboard.getByRole('textbox', { name: 'Invite link' }).fill(`${board.front.origin}/join#${secret}`);
    await dashboard.getByRole('button', { name: 'Open', exact: true }).click();
    await agree(dashboard);
    await says('The invite is not known to the server');
    await dashboard.getByRole('button', { name: 'Cancel' }).click();
    await dashboard.getByRole('tab', { name: 'Overview' }).waitFor();
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off/);
  });

  it('is told of a clock that is wrong, for as long as it is', async () => {
    await agree(await pasteLink(page, await board.link()));
    await line('You share daily totals').waitFor();
    await line('This machine’s clock is 24 hours ahead of the server’s.').waitFor();
    await tooltipLines(page, 'clock is 24 hours ahead');
    const told = syncs().length;
    await board.dayPasses();
    await syncAgain();
    await line('This machine’s clock').waitFor({ state: 'hidden' });
    const days = syncs()
      .slice(told)
      .flatMap(({ body }) => JSON.parse(body).cells.map(({ day }: { day: string }) => day));
    assert.ok(days.includes(new Date(board.world.clock.now - 86_400_000).toISOString().slice(0, 10)), days.join());
  });

  it('is told in the tooltip and on the page, each with its sentence, and goes away by itself', async () => {
    for (const [sentence, instead] of failures) {
      board.front.instead = ({ path }) => (path === '/v1/sync' || path === '/v1/consent' ? instead : undefined);
      await syncAgain();
      await line(sentence).waitFor();
      const lines = (await tooltipLines(page, sentence)).join(' ');
      assert.match(lines, /Pause · Preview · Leave$/, sentence);
      board.front.instead = undefined;
    }
    await picture(page, 'team-failing');
  });

  it('sets aside what the server does not take, says so, and goes on', async () => {
    for (const [sentence, instead] of refusals) {
      board.front.instead = ({ path }) => (path === '/v1/sync' ? instead : undefined);
      await syncAgain();
      await line(sentence).waitFor();
      await tooltipLines(page, sentence);
      board.front.instead = undefined;
      await syncAgain();
      await line('You share daily totals').waitFor();
      await line(sentence).waitFor({ state: 'hidden' });
    }
  });

  it('goes on after a restart in the middle of a sync, and of a change of consent', async () => {
    for (const path of ['/v1/sync', '/v1/consent']) {
      board.front.instead = (asked) => (asked.path === path ? { status: undefined } : undefined);
      const before = board.front.seen.filter((seen) => seen.path === path).length;
      await syncAgain();
      await until(
        () => board.front.seen.filter((seen) => seen.path === path).length > before,
        `nobody has asked for ${path}`,
      );
      const left = board.front.seen.filter((seen) => seen.path === path).at(-1);
      assert.ok(left);
      await page.reload();
      board.front.instead = undefined;
      const seen = board.front.seen.length;
      await ready(page);
      await line('You share daily totals').waitFor();
      const again = () => board.front.seen.slice(seen).find((one) => one.path === path);
      await until(() => again() !== undefined, `nobody has asked for ${path} again`);
      const told = JSON.parse(again()?.body ?? '{}');
      const asked = JSON.parse(left.body);
      if (path === '/v1/consent') assert.deepEqual(told, asked);
      else assert.deepEqual(told.cells, asked.cells, 'the same cells, so that none counts twice');
    }
  });

  it('shows the last snapshot while the server is down', async () => {
    await shows('Us');
    await dashboard.getByText('Acme together').waitFor();
    await board.front.shut();
    await restart();
    await shows('Us');
    await dashboard.getByText('Acme together').waitFor();
    await dashboard.getByText(/offline: snapshot/).waitFor();
    await picture(page, 'team-offline');
  });

  it('asks again after the policy has changed, and sends nothing before the answer, whatever is restarted', async () => {
    await board.world.state({ purpose: 'Another purpose' });
    board.front.seen.length = 0;
    await line('The policy of Acme has changed').waitFor({ timeout: 120_000 });
    await tooltipLines(page, /Sharing with Acme waits for you: The policy of Acme has changed/);
    await picture(page, 'team-asking');
    await restart();
    await line('The policy of Acme has changed').waitFor();
    assert.ok(board.front.seen.every(({ path }) => path !== '/v1/sync'));
    await dashboard.getByRole('button', { name: 'Read and decide' }).click();
    await dashboard.getByText('Another purpose').first().waitFor();
    await dashboard.getByRole('button', { name: 'Agree and go on sharing' }).click();
    await line('You share daily totals').waitFor();
  });

  it('is signed out where the server takes its tokens no longer, and in again by a link of its own', async () => {
    const tokens = board.front.seen.map(({ text }) => /"authorization":"Bearer ([^"]+)"/.exec(text)?.[1]);
    const token = tokens.findLast((one) => one !== undefined);
    const { body } = await board.world.ask('POST', '/v1/me/devices', { token, body: {} });
    board.front.instead = ({ path }) => (path === '/v1/meta' ? undefined : problem(401, 'token_invalid'));
    await syncAgain();
    await line('This machine is signed out of Acme').waitFor();
    await tooltipLines(page, /Sharing with Acme needs a sign-in: This machine is signed out/);
    await picture(page, 'team-signed-out');
    const asked = board.front.seen.length;
    board.front.instead = undefined;
    await restart();
    await line('This machine is signed out of Acme').waitFor();
    assert.equal(board.front.seen.length, asked, 'nobody is asked without tokens');
    const link = `${board.front.origin}/join?device#${body.code}`;
    await pasteLink(page, link);
    await dashboard.getByRole('heading', { name: 'Sign in to Acme’s token board again?' }).waitFor();
    await dashboard.getByRole('button', { name: 'Sign in', exact: true }).click();
    await line('You share daily totals').waitFor();
  });

  it('waits for an update where the server needs one', async () => {
    board.front.instead = ({ path }) => (path === '/v1/sync' ? problem(426, 'upgrade_required') : undefined);
    await syncAgain();
    await line('needs a newer version of Tokenboard').waitFor();
    await tooltipLines(page, 'needs a newer version of Tokenboard');
    const asked = syncs().length;
    await restart();
    await line('needs a newer version of Tokenboard').waitFor();
    assert.equal(syncs().length, asked, 'it is not asked in vain');
  });

  it('says once that the server has ended it, and forgets everything', async () => {
    board.front.instead = ({ path }) => (path === '/v1/meta' ? undefined : problem(410, 'member_erased'));
    await shows('Us');
    await messageOf(page, 'Acme has taken you off its board').waitFor({ timeout: 90_000 });
    await tooltipLines(page, /Sharing is off: nothing leaves this machine/);
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team', 'team.db')));
    assert.ok(!existsSync(join(home, '.claude', '.tokenboard-device')));
  });
});
