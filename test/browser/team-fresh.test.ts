import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { vsixPath } from '../workbench/package-vsix.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { openDashboard } from './dashboard-frame.ts';
import { type TeamBoard, teamBoard } from './team-board.ts';
import { writeUsage } from './team-home.ts';
import { pasteLink, ready } from './team-joining.ts';
import { picture, tooltipLines } from './window.ts';

/** Longer than anything would wait that happens by itself at the start. */
const quietMs = 20_000;

describe('A fresh install', () => {
  let temporary: string;
  let home: string;
  let board: TeamBoard;
  let workbench: Workbench | undefined;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    board = await teamBoard();
  });

  after(async function () {
    if (this.test?.parent?.tests.some(({ state }) => state === 'failed') && workbench)
      await picture(workbench.page, 'failed-fresh');
    await workbench?.close();
    await board?.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('opens no connection to anywhere, from no thread, until a person has asked for one', async () => {
    const log = join(temporary, 'sockets.jsonl');
    const opened = (): readonly { readonly port: number; readonly thread: string }[] =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [];
    const env = {
      NODE_OPTIONS: `--require ${resolve('test/workbench/log-sockets.cjs')}`,
      TOKENBOARD_SOCKET_LOG: log,
    };
    workbench = await openWorkbench({ name: 'team-fresh', home, vsix: vsixPath(), env });
    const { page } = workbench;
    await ready(page);
    await openDashboard(page);
    await page.waitForTimeout(quietMs);
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off: nothing leaves this machine\.$/);
    assert.deepEqual(opened(), []);
    assert.ok(!existsSync(join(home, '.local', 'share', 'tokenboard', 'team')));

    const dashboard = await pasteLink(page, await board.link());
    await dashboard.getByRole('button', { name: /^Share with / }).waitFor({ timeout: 30_000 });
    const { port } = new URL(board.front.origin);
    assert.deepEqual(opened(), [{ host: '127.0.0.1', port: Number(port), thread: 'worker' }]);
  });
});
