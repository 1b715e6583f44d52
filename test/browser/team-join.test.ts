import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { vsixPath } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { problem } from './team-front.ts';
import { sentinels, writeUsage } from './team-home.ts';
import { agree, Clicks, followLink, joinTeam, pasteLink, ready } from './team-joining.ts';
import {
  dialogOf,
  followInTooltip,
  pickAfter,
  picture,
  pictureOfFailure,
  runCommand,
  tooltipLines,
  until,
} from './window.ts';

/** Who works at the machine, as its environment tells. */
const user = 'wilhelmina-user';

describe('Joining a team', function () {
  this.retries(1);
  let temporary: string;
  let home: string;
  let board: TeamBoard;
  let workbench: Workbench | undefined;

  beforeEach(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    board = await teamBoard();
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
    await workbench?.close();
    workbench = undefined;
    await board.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const teamFolder = (): string => join(home, '.local', 'share', 'tokenboard', 'team');

  async function open() {
    const env = { USER: user, LOGNAME: user, USERNAME: user };
    workbench = await openWorkbench({ name: 'team-join', home, vsix: vsixPath(), env });
    await ready(workbench.page);
    return workbench.page;
  }

  it('takes six clicks from the link to one’s own standing, which comes by itself', async () => {
    const page = await open();
    const clicks = new Clicks();
    const link = await board.link();
    const began = Date.now();
    const dashboard = await pasteLink(page, link, clicks);
    await dashboard.getByText('Exactly what would be sent first').waitFor();
    await picture(page, 'team-join-1-offer');
    await agree(dashboard, clicks);
    await dashboard.getByText('You share daily totals').waitFor();
    await picture(page, 'team-join-2-joined');
    await board.dayPasses();
    // Without a hand being moved: the page looks again by itself.
    await dashboard.getByText(/at or above/).waitFor({ timeout: 90_000 });
    const took = Date.now() - began;
    await picture(page, 'team-join-3-standing');
    say(`  from the link to one's own standing: ${clicks.count} clicks, ${took} ms`);
    assert.ok(clicks.count <= 6, `${clicks.count} clicks`);
    const lines = await tooltipLines(page, /Sharing with Acme/);
    assert.match(lines.at(-1) ?? '', /^Sharing with Acme as .+ · last sync .+ · Pause · Preview · Leave$/);
    await picture(page, 'team-join-4-tooltip');
  });

  it('sends first what was previewed, byte for byte, and never what must stay here', async function () {
    // What leaves the machine once has left it.
    this.retries(0);
    const page = await open();
    const dashboard = await pasteLink(page, await board.link());
    await dashboard.getByRole('button', { name: /^Share with / }).waitFor();
    assert.deepEqual(
      board.front.seen.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/meta'],
      'before the person has agreed only the policy is asked for',
    );
    await dashboard.getByText('By pseudonym').first().click();
    await dashboard.getByRole('combobox', { name: 'Share from' }).click();
    await dashboard.getByRole('option').last().click();
    await dashboard.locator('button:not([aria-disabled="true"])', { hasText: /^Share with / }).waitFor();
    const shown = await dashboard
      .locator('.tb-json')
      .first()
      .evaluate((element) => String((element as { textContent?: unknown }).textContent));
    await dashboard.getByRole('button', { name: /^Share with / }).click();
    await dashboard.getByText('You share daily totals').waitFor();
    const syncs = board.front.seen.filter(({ path }) => path === '/v1/sync');
    assert.equal(syncs[0]?.body, shown);
    assert.ok(JSON.parse(shown).cells.length >= 5, shown);
    const { place } = board.world.database;
    assert.ok(place.kind === 'sqlite');
    const files = ['', '-wal'].map((end) => `${place.file}${end}`).filter((file) => existsSync(file));
    const places = {
      'on the wire': board.front.seen.map(({ text }) => text).join('\n'),
      'in the server’s log': board.world.logged.join('\n'),
      ...Object.fromEntries(files.map((file) => [`in ${basename(file)}`, readFileSync(file, 'latin1')])),
    };
    assert.ok(places['in the server’s log'].length > 0 && files.length === 2);
    assert.ok(
      files.some((file) => readFileSync(file, 'latin1').includes('claude-code')),
      'what was sent is there',
    );
    // A machine may have a name that is part of any text.
    const names = hostname().length < 6 ? [] : [hostname()];
    const never = [...sentinels, user, ...names, basename(temporary), home];
    for (const [where, text] of Object.entries(places)) {
      for (const sentinel of never) assert.ok(!text.includes(sentinel), `${sentinel} ${where}`);
    }
  });

  it('opens by a link of the editor’s own scheme, and leaves no trace when it is cancelled', async () => {
    const page = await open();
    const dashboard = await followLink(page, await board.link());
    await dashboard.getByRole('button', { name: /^Share with / }).waitFor();
    await dashboard.getByRole('button', { name: 'Cancel' }).click();
    await dashboard.getByRole('tab', { name: 'Overview' }).waitFor();
    assert.ok(!existsSync(teamFolder()));
    assert.ok(!readdirSync(join(home, '.claude')).includes('.tokenboard-device'));
    assert.equal(board.front.seen.length, 1);
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off: nothing leaves this machine\.$/);
    const { length } = board.others;
    const [members] = await board.world.database.rows('SELECT count(*) AS n FROM member');
    assert.equal(Number(members?.n), length + 1);
  });

  it('goes on after a restart in the middle of it', async () => {
    const page = await open();
    const link = await board.link();
    const dashboard = await pasteLink(page, link);
    await dashboard.getByRole('button', { name: /^Share with / }).waitFor();
    await page.reload();
    await ready(page);
    assert.ok(!existsSync(teamFolder()), 'what was only looked at is gone');
    // The first upload does not get through before the window is closed.
    board.front.instead = ({ path }) => (path === '/v1/sync' ? problem(503, 'unavailable') : undefined);
    await agree(await pasteLink(page, link));
    await dashboard.getByText('The server is not available at the moment').waitFor();
    const frozen = board.front.seen.find(({ path }) => path === '/v1/sync')?.body;
    await page.reload();
    await ready(page);
    await tooltipLines(page, /Sharing with Acme fails/);
    board.front.instead = undefined;
    // It is tried again within a quarter of an hour, or when a person goes on after a pause.
    await pickAfter(page, 'Tokenboard: Pause Sharing', 'For an hour');
    await tooltipLines(page, /is paused until/);
    await runCommand(page, 'Tokenboard: Resume Sharing');
    await tooltipLines(page, /Sharing with Acme as/);
    const synced = () => board.front.seen.filter(({ path }) => path === '/v1/sync');
    await until(() => synced().length >= 2, 'it was not sent again');
    const syncs = synced();
    for (const { body } of syncs.slice(0, 2)) assert.equal(body, frozen, 'what was previewed is what is sent');
  });

  it('is left with one click and one confirmation, also without the server, and across a restart', async () => {
    const page = await open();
    await joinTeam(page, await board.link());
    await board.front.shut();
    await runCommand(page, 'Tokenboard: Leave the Team');
    const question = dialogOf(page, 'Leave Acme and take everything with you?');
    await question.getByRole('button', { name: 'Leave' }).click();
    await tooltipLines(page, /Leaving Acme/);
    await picture(page, 'team-leaving-offline');
    await page.reload();
    await ready(page);
    await tooltipLines(page, /Leaving Acme/);
    await board.front.open();
    // The window does so by itself after some minutes, if it has not just done so.
    await followInTooltip(page, /Leaving Acme/, 'Ask again', 10_000).catch(() => undefined);
    const marks = [teamFolder(), join(home, '.claude', '.tokenboard-device')];
    await until(() => !marks.some(existsSync), 'local marks are left once the server has confirmed it', 120_000);
    await tooltipLines(page, /Sharing is off/);
    const ledgers = readdirSync(join(home, '.local', 'share', 'tokenboard'));
    assert.ok(
      ledgers.includes('ledger.db') &&
        readFileSync(join(home, '.local', 'share', 'tokenboard', 'ledger.db')).length > 0,
    );
  });
});
