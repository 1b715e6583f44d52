import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contents, requests, tokens, totals } from './contents.ts';
import { later, newHome, runs, scanHome } from './home.ts';
import { bytesOf, type RandomLogs, randomLogs } from './random-logs.ts';

/** What a scan of whole logs, all at once, comes to. */
async function readAtOnce({ logs }: Pick<RandomLogs, 'logs'>): Promise<unknown> {
  const home = newHome();
  for (const log of logs) home.write(log.path, bytesOf(log));
  const ledger = home.openInMemory();
  await scanHome(home, ledger);
  const found = contents(ledger);
  home.close();
  return found;
}

/** Who writes next, how much of what is left, and whether a scan follows. */
const writings = fc.array(
  fc.record({ log: fc.nat(), part: fc.double({ min: 0, max: 1, noNaN: true }), scan: fc.boolean() }),
  { maxLength: 14 },
);

describe('the laws of counting', function () {
  this.timeout(60_000 * Number(process.env.TOKENBOARD_TEST_FACTOR || 1));

  it('counts every request once, with all its tokens', async () => {
    const property = fc.asyncProperty(randomLogs, async (world) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      const report = await scanHome(home, ledger);
      assert.deepEqual(report.problems, []);
      assert.equal(tokens(ledger), world.tokens);
      assert.equal(totals(ledger).events, world.requests);
      home.close();
    });
    await fc.assert(property, runs(120));
  });

  it('comes to the same in any order of files, however logs are split into appends with scans between', async () => {
    const property = fc.asyncProperty(randomLogs, writings, async (world, steps) => {
      const home = newHome();
      const ledger = home.openInMemory();
      const left = world.logs.map((log) => ({ path: log.path, bytes: bytesOf(log) }));
      for (const { log, part, scan } of steps) {
        const chosen = left[log % left.length];
        if (chosen === undefined) continue;
        const length = Math.ceil(chosen.bytes.length * part);
        home.append(chosen.path, chosen.bytes.subarray(0, length));
        chosen.bytes = chosen.bytes.subarray(length);
        if (scan) await scanHome(home, ledger);
      }
      for (const { path, bytes } of left) home.append(path, bytes);
      await scanHome(home, ledger);
      assert.deepEqual(contents(ledger), await readAtOnce(world));
      home.close();
    });
    await fc.assert(property, runs(120));
  });

  it('reads nothing the second time, and all again to the same end', async () => {
    const property = fc.asyncProperty(randomLogs, async (world) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      await scanHome(home, ledger);
      const before = contents(ledger);
      const again = await scanHome(home, ledger);
      assert.deepEqual(
        { ...again, files: 0 },
        { files: 0, filesRead: 0, bytesRead: 0, events: 0, problems: [], busy: false },
      );
      for (const { path } of world.logs) later(home.path(path));
      const touched = await scanHome(home, ledger);
      assert.equal(touched.filesRead, world.logs.length);
      assert.equal(touched.events, 0);
      assert.deepEqual(contents(ledger), before);
      home.close();
    });
    await fc.assert(property, runs(50));
  });

  it('loses at most the line that is cut, and gets it back when the rest arrives', async () => {
    const cut = fc.record({ log: fc.nat(), at: fc.double({ min: 0, max: 1, noNaN: true }) });
    const property = fc.asyncProperty(randomLogs, cut, async (world, { log: which, at }) => {
      const log = world.logs[which % world.logs.length];
      if (log === undefined) return;
      const bytes = bytesOf(log);
      const cutAt = Math.floor(bytes.length * at);
      const lineStart = cutAt === 0 ? 0 : bytes.lastIndexOf(10, cutAt - 1) + 1;
      const lineEnd = bytes.indexOf(10, cutAt) + 1 || bytes.length;
      const home = newHome();
      const ledger = home.openInMemory();
      home.write(log.path, bytes.subarray(0, cutAt));
      await scanHome(home, ledger);
      const seen = requests(ledger);
      const [without, withLine] = await Promise.all(
        [lineStart, lineEnd].map((end) => requestsIn(log.path, bytes.subarray(0, end))),
      );
      assert.ok(same(seen, without) || same(seen, withLine), `cut at ${cutAt} of ${bytes.length}`);
      home.append(log.path, bytes.subarray(cutAt));
      await scanHome(home, ledger);
      assert.deepEqual(contents(ledger), await readAtOnce({ logs: [log] }));
      home.close();
    });
    await fc.assert(property, runs(80));
  });

  it('keeps everything when all logs are deleted', async () => {
    const property = fc.asyncProperty(randomLogs, async (world) => {
      const home = newHome();
      for (const log of world.logs) home.write(log.path, bytesOf(log));
      const ledger = home.openInMemory();
      await scanHome(home, ledger);
      const before = contents(ledger);
      home.remove('.claude');
      home.remove('.codex');
      const report = await scanHome(home, ledger);
      assert.equal(report.files, 0);
      assert.deepEqual(report.problems, []);
      assert.deepEqual(contents(ledger), before);
      home.close();
    });
    await fc.assert(property, runs(30));
  });
});

async function requestsIn(path: string, bytes: Buffer): Promise<unknown> {
  const home = newHome();
  home.write(path, bytes);
  const ledger = home.openInMemory();
  await scanHome(home, ledger);
  const found = requests(ledger);
  home.close();
  return found;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
