import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { tokenboard } from '../cli/command.ts';
import { ownWindow } from './own-window.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { ready } from './team-joining.ts';
import { told, watchMessages } from './told-messages.ts';
import { answerMessage, dialogOf, followInTooltip, messageOf, picture, tooltipLines } from './window.ts';

/** Longer than a sync would wait that is due. */
const quietMs = 8000;
const question = 'telemetry is switched off in this editor. Do you still want to share your daily totals with Acme?';

describe('Sharing in an editor whose telemetry is switched off', () => {
  let board: TeamBoard;
  const own = ownWindow('team-telemetry', async (home) => {
    writeUsage(home);
    board = await teamBoard();
    // The machine shares already: the person joined by the command.
    const words = ['team', 'join', await board.link(), '--as', 'pseudonym', '--yes', '--home', home];
    const joined = await tokenboard(words, { NO_PROXY: '*' });
    assert.equal(joined.code, 0, joined.err);
    board.front.seen.length = 0;
    return {};
  });
  let page: Page;

  before(() => {
    page = own.page;
  });

  after(() => board?.end());

  const quietSince = (since: number) => page.waitForTimeout(Math.max(0, since + quietMs - Date.now()));

  it('asks whether it is still wanted, and sends nothing before the answer', async () => {
    const asked = messageOf(page, question);
    await asked.waitFor({ timeout: 60_000 });
    const since = Date.now();
    await picture(page, 'team-telemetry');
    await tooltipLines(page, /Sharing with Acme waits for you: Telemetry is switched off/);
    await quietSince(since);
    assert.deepEqual(board.front.seen, []);
    await answerMessage(page, question, 'Pause');
    await tooltipLines(page, /Sharing with Acme is paused/);
    assert.deepEqual(board.front.seen, []);
  });

  it('asks by itself only once, also after a restart; who wants to decide is asked at once', async () => {
    await page.reload();
    await ready(page);
    const since = Date.now();
    await watchMessages(page);
    await followInTooltip(page, /Sharing with Acme is paused/, 'Resume');
    await tooltipLines(page, /Sharing with Acme waits for you: Telemetry is switched off/);
    await quietSince(since);
    assert.deepEqual(await told(page), []);
    await followInTooltip(page, /Sharing with Acme waits for you/, 'Decide');
    const dialog = dialogOf(page, question);
    await dialog.waitFor();
    assert.deepEqual(board.front.seen, []);
    await dialog.getByRole('button', { name: 'Go On Sharing' }).click();
    // The command has tokens of its own; the editor has none yet.
    await tooltipLines(page, /Sharing with Acme needs a sign-in/);
  });
});
