import assert from 'node:assert/strict';
import { type FSWatcher, mkdtempSync, rmSync, watch } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claudeFile, claudeLine } from '../demo/claude-log.ts';
import { say } from '../workbench/say.ts';
import { factor } from './factor.ts';
import { type ScannerOf, startScanner } from './scanner-of.ts';

const writers = 50;
const seconds = factor >= 100 ? 60 : 5;
/** Each writer writes at random moments, about so often. */
const pauseMs = 250;
/** What the editor's own watcher needs to gather. */
const gatherMs = 25;
const latestMs = 1000;

describe('50 logs that 50 writers write at once', function () {
  this.timeout((seconds + 60) * 1000);
  const home = mkdtempSync(join(tmpdir(), 'tokenboard-writers-'));
  let scanner: ScannerOf;
  let watcher: FSWatcher | undefined;

  before(() => {
    scanner = startScanner(home);
  });

  after(async () => {
    watcher?.close();
    await scanner.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it(`are counted exactly, and never more than a second late, for ${seconds} s`, async () => {
    const files = Array.from({ length: writers }, (_, i) => claudeFile(home, `s${i}`, `/home/dev/demo-${i % 10}`));
    for (const file of files) await mkdir(dirname(file), { recursive: true });
    await scanner.ask({ ask: 'configure', settings: { withoutTools: [], folders: [] } });
    await scanner.ask({ ask: 'scan' });

    /** When the total had grown to this, by the clock of this process. */
    const written: { readonly total: number; readonly at: number }[] = [];
    let total = 0;
    let latest = 0;
    let counted = 0;
    watcher = watch(join(home, '.claude', 'projects'), { recursive: true }, (_, name) => changed(String(name)));

    const paths = new Set<string>();
    let scanning: Promise<void> = Promise.resolve();
    function changed(name: string): void {
      if (!name.endsWith('.jsonl')) return;
      paths.add(join(home, '.claude', 'projects', name));
      if (paths.size > 1) return;
      setTimeout(() => {
        const now = [...paths];
        paths.clear();
        scanning = scanning.then(() => look(now));
      }, gatherMs);
    }

    async function look(now: readonly string[]): Promise<void> {
      await scanner.ask({ ask: 'scan', paths: now });
      const { tallies } = await scanner.ask({ ask: 'figures', span: {}, estimates: true, limits: false });
      counted = tallies.reduce((sum, { input, output }) => sum + input + output, 0);
      assert.ok(counted <= total, `${counted} were counted of ${total}`);
      const seen = Date.now();
      while (written[0] !== undefined && written[0].total <= counted) {
        latest = Math.max(latest, seen - written[0].at);
        written.shift();
      }
    }

    const end = Date.now() + seconds * 1000;
    let lines = 0;
    async function write(file: string, writer: number): Promise<void> {
      for (let n = 0; Date.now() < end; n++) {
        await sleep(Math.random() * 2 * pauseMs);
        const output = 1 + Math.floor(Math.random() * 1000);
        const session = `s${writer}`;
        const request = { id: `${writer}-${n}`, session, project: '/home/dev/demo', time: Date.now(), output };
        // A line may come in two pieces, as a tool's buffer is flushed; the first is never a whole object.
        const line = claudeLine(request);
        const cut = n % 3 === 0 ? Math.floor(Math.random() * (line.length - 1)) : line.length;
        await appendFile(file, line.slice(0, cut));
        if (cut < line.length) await sleep(5);
        total += output;
        await appendFile(file, line.slice(cut));
        written.push({ total, at: Date.now() });
        lines++;
      }
    }
    await Promise.all(files.map(write));
    const deadline = Date.now() + 10_000;
    while (counted < total && Date.now() < deadline) await sleep(20);
    await scanning;
    say(`      ${lines} lines by ${writers} writers; the counter was ${latest} ms late at most`);
    assert.equal(counted, total);
    assert.ok(latest <= latestMs, `${latest} ms late`);
  });
});
