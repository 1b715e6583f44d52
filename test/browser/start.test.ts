import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from '../workbench/chromium.ts';
import { counted, counterOf } from '../workbench/counter.ts';
import { patience } from '../workbench/patience.ts';
import { say } from '../workbench/say.ts';
import { tooltipLines } from './window.ts';

describe('npm start with demo data', () => {
  let child: ChildProcess;
  let output = '';

  before(async () => {
    child = spawn(process.execPath, ['test/workbench/start.ts', '--demo', '--browser', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const deadline = Date.now() + 120_000;
    while (!/Ctrl-C/.test(output) && child.exitCode === null && Date.now() < deadline) await sleep(50);
  });

  after(() => {
    child.kill('SIGINT');
  });

  it('opens a VS Code whose counter goes on counting what it calls demo data', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(patience);
      await page.goto(address());
      await counted(page);
      const first = await settled(() => counterOf(page).textContent());
      const started = Date.now();
      while ((await counterOf(page).textContent()) === first && Date.now() - started < 60_000) await sleep(100);
      assert.notEqual(await counterOf(page).textContent(), first);
      assert.match(await page.title(), /demo data/);
      await page.screenshot({ path: 'out/demo.png' });
      await tooltipLines(page, /demo data/i);
      await page.screenshot({ path: 'out/demo-tooltip.png' });
    } finally {
      await browser.close();
    }
  });

  it('ends with Ctrl-C and leaves nothing behind', async () => {
    const folder = new URL(address()).searchParams.get('folder') ?? '';
    assert.ok(existsSync(folder), `${folder} should be there while the demo runs`);
    const ended = once(child, 'exit');
    const started = Date.now();
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
    say(`  ended after ${Date.now() - started} ms`);
    assert.ok(!existsSync(folder), `${folder} is still there`);
    await assert.rejects(fetch(address()), 'the server still answers');
  });

  function address(): string {
    const found = /http:\/\/127\.0\.0\.1:\S+/.exec(output);
    assert.ok(found, `no address in: ${output}`);
    return found[0];
  }

  /** The first scan counts up: its end is what does not change for half a second. */
  async function settled(read: () => Promise<string | null>): Promise<string | null> {
    for (let before = await read(); ; ) {
      await sleep(500);
      const now = await read();
      if (now === before) return now;
      before = now;
    }
  }
});
