import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vsixPath } from '../workbench/package-vsix.ts';
import { packageSocketRecorder } from '../workbench/socket-recorder.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { openDashboard } from './dashboard-frame.ts';
import { writeUsage } from './team-home.ts';
import { pasteLink, ready } from './team-joining.ts';
import { pictureOfFailure, tooltipLines } from './window.ts';

/** Longer than anything would wait that happens by itself at the start. */
const quietMs = 20_000;
/** What VS Code itself asks. */
const gallery = 'open-vsx.org:443';

describe('A fresh install', () => {
  let temporary: string;
  let home: string;
  let proxy: Server;
  const asked: string[] = [];
  let workbench: Workbench | undefined;

  before(async () => {
    temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
    home = join(temporary, 'home');
    mkdirSync(home);
    writeUsage(home);
    // The only way out of the sandbox that a request could take: it is written down and refused.
    proxy = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async function () {
    await pictureOfFailure(this.currentTest, workbench?.page);
  });

  after(async () => {
    await workbench?.close();
    proxy.closeAllConnections();
    proxy.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('asks nobody anything until a person opens an invitation', async () => {
    const sockets = join(temporary, 'sockets');
    /** Whom the extension host and its threads have talked to, names that they have looked up. */
    const talkedTo = (): readonly string[] =>
      readFileSync(sockets, 'utf8')
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const env = {
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      https_proxy: url,
      http_proxy: url,
      no_proxy: 'localhost,127.0.0.1',
      TOKENBOARD_TEST_SOCKETS: sockets,
    };
    const companion = await packageSocketRecorder(join(temporary, 'recorder'));
    workbench = await openWorkbench({ name: 'team-fresh', home, vsix: vsixPath(), companion, env });
    const { page } = workbench;
    await ready(page);
    await openDashboard(page);
    await page.waitForTimeout(quietMs);
    assert.match((await tooltipLines(page, /Sharing/)).at(-1) ?? '', /^Sharing is off: nothing leaves this machine\.$/);
    const ours = (): readonly string[] => asked.filter((host) => host !== gallery);
    assert.deepEqual(ours(), []);
    assert.deepEqual(new Set(talkedTo()), new Set(['extension host', 'thread']), 'no socket, and no name looked up');
    const folder = join(home, '.local', 'share', 'tokenboard', 'team');
    assert.ok(!existsSync(folder));

    const dashboard = await pasteLink(page, `https://board.example.org/join#${'a'.repeat(43)}`);
    await dashboard
      .getByText(/The server|What answered/)
      .first()
      .waitFor();
    assert.deepEqual(ours(), ['board.example.org:443']);
    const seen = talkedTo();
    assert.ok(seen.includes(`127.0.0.1:${new URL(url).port}`), `what is asked would have been seen: ${seen.join()}`);
    assert.ok(!existsSync(folder));
  });
});
