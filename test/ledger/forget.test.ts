import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type ForgetWhat, forget, forgettable } from '../../src/ledger/forget.ts';
import { keepLimits } from '../../src/ledger/keep-limits.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { latestLimits } from '../../src/ledger/limits.ts';
import { takeScanLock } from '../../src/ledger/scan-lock.ts';
import { contents, requests, tokens, totals, totalsOfRequests } from './contents.ts';
import { type Home, newHome, runs, scanHome } from './home.ts';
import { claudeLine, codexCount, codexHead, noon } from './log-lines.ts';
import { toyLine, toyReader } from './toy-reader.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = noon + 100 * hour;

/** A home with two requests in each of some projects, an hour apart. */
async function countedHome() {
  const home = newHome();
  const projects = ['/work/shop', '/work/shop/api', '/work/shop-2', '/work/blog'];
  for (const [index, project] of projects.entries()) {
    const lines = [0, 1].map((i) =>
      claudeLine({
        id: `m${index}-${i}`,
        session: `session-of-${index}`,
        project,
        branch: `branch-of-${index}`,
        time: noon + i * hour,
        input: 10 ** index,
        output: 0,
      }),
    );
    home.write(`.claude/projects/p${index}/s.jsonl`, lines.join(''));
  }
  const ledger = home.open();
  await scanHome(home, ledger);
  assert.equal(tokens(ledger), 2222);
  return { home, ledger };
}

function tokensLeft(ledger: Ledger): number {
  assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
  return tokens(ledger);
}

/** All bytes of the ledger's files. */
function bytesOf({ file }: Ledger): string {
  return [file, `${file}-wal`].map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : '')).join('');
}

describe('forgetting', () => {
  it('a project takes the folders below it along, but not those whose names begin alike', async () => {
    const { ledger } = await countedHome();
    assert.deepEqual(forgettable(ledger, { project: '/work/shop' }, now), { requests: 4, tokens: 22 });
    assert.equal(tokensLeft(ledger), 2222);
    assert.deepEqual(forget(ledger, { project: '/work/shop/' }, { now }), { requests: 4, tokens: 22 });
    assert.equal(tokensLeft(ledger), 2200);
    assert.deepEqual(forget(ledger, { project: '/work/shop' }, { now }), { requests: 0, tokens: 0 });
  });

  it('a time is exact to the millisecond, whatever else is in its quarters of an hour', async () => {
    const { home, ledger } = await countedHome();
    const times = [0, 1, 2, 20, 40].map((minutes) => noon + 10 * hour + minutes * minute);
    const lines = times.map((time, index) => claudeLine({ id: `t${index}`, time, input: 7, output: 0 }));
    home.write('.claude/projects/p/t.jsonl', lines.join(''));
    await scanHome(home, ledger);
    const [, since = 0, , until = 0] = times;
    assert.deepEqual(forget(ledger, { since, until }, { now }), { requests: 2, tokens: 14 });
    assert.equal(tokensLeft(ledger), 2222 + 21);
  });

  it('a project and a time together mean what is of both', async () => {
    const { ledger } = await countedHome();
    forget(ledger, { project: '/work/blog', since: noon + 1 }, { now });
    assert.equal(tokensLeft(ledger), 1222);
  });

  it('limits told in a time go with it, and stay with a project', async () => {
    const { home, ledger } = await countedHome();
    const usage = { input: 10, cached: 0, output: 1, reasoning: 0 };
    const head = codexHead('c', noon);
    const told = [0, 2].map((hours, i) =>
      codexCount(noon + hours * hour, { ...usage, input: 10 * (i + 1) }, usage, { fiveHours: 10 + i, week: 20 + i }),
    );
    home.write('.codex/sessions/2026/05/12/rollout-2026-05-12T12-00-00-c.jsonl', head + told.join(''));
    await scanHome(home, ledger);
    const used = (): number[] => latestLimits(ledger, now).map(({ usedPercent }) => usedPercent);
    forget(ledger, { project: '/home/dev/app' }, { now });
    assert.deepEqual(used(), [11, 21]);
    forget(ledger, { since: noon + hour }, { now });
    assert.deepEqual(used(), [10, 20]);
    forget(ledger, { everything: true }, { now });
    assert.deepEqual(used(), []);
    home.write('.codex/sessions/2026/05/12/rollout-2026-05-12T12-00-01-d.jsonl', head + told.join(''));
    assert.ok((await scanHome(home, ledger)).bytesRead > 0);
    assert.deepEqual(used(), [], 'also when they are read again');
  });

  it('what is used afterwards counts, also on a day that was to be forgotten to its end', async () => {
    const { home, ledger } = await countedHome();
    forget(ledger, { since: noon, until: noon + 1000 * hour }, { now });
    assert.equal(tokensLeft(ledger), 0);
    const later = [-1, 1].map((ms) => claudeLine({ id: `later${ms}`, time: now + ms, input: 5, output: 0 }));
    home.append('.claude/projects/p0/s.jsonl', later.join(''));
    await scanHome(home, ledger);
    assert.equal(tokensLeft(ledger), 5);
  });

  it('nothing is named, and nothing is forgotten', async () => {
    const { ledger } = await countedHome();
    for (const what of [{}, { project: '' }]) assert.throws(() => forget(ledger, what, { now }), TypeError);
    assert.equal(tokensLeft(ledger), 2222);
  });

  it('leaves nothing in the file that names what was forgotten', async () => {
    const { home, ledger } = await countedHome();
    home.remove('.claude/projects/p3');
    const names = ['session-of-3', 'branch-of-3', 'projects/p3'];
    for (const name of names) assert.ok(bytesOf(ledger).includes(name), name);
    forget(ledger, { project: '/work/blog' }, { now });
    for (const name of names) assert.ok(!bytesOf(ledger).includes(name), name);
    assert.ok(bytesOf(ledger).includes('session-of-2'));
    const limit = { kind: 'limit', tool: 'claude-code', time: noon, windowMinutes: 300, usedPercent: 1 } as const;
    keepLimits(ledger.file, 'session-of-a-status-line', [limit]);
    assert.ok(bytesOf(ledger).includes('session-of-a'));
    forget(ledger, { everything: true }, { now });
    for (const name of ['session-of', 'branch-of', '/work/', 'claude-sonnet']) {
      assert.ok(!bytesOf(ledger).includes(name), name);
    }
  });

  it('deletes damaged ledgers that were set aside', async () => {
    const { home, ledger } = await countedHome();
    home.write('.local/share/tokenboard/ledger-damaged-2026-05-12T00-00-00-000Z.db', 'session-of-3');
    const aside = home.path('.local/share/tokenboard/ledger-damaged-2026-05-12T00-00-00-000Z.db');
    forget(ledger, { project: '/work/blog' }, { now });
    assert.ok(existsSync(aside), 'it was not looked at yet');
    await scanHome(home, ledger);
    forget(ledger, { project: '/work/blog' }, { now });
    assert.ok(!existsSync(aside));
  });

  it('waits for a scanner, and gives up with a sentence', async () => {
    const { ledger } = await countedHome();
    const lock = takeScanLock(ledger.dir, 0);
    assert.throws(() => forget(ledger, { everything: true }, { now, waitMs: 10 }), /^LedgerError: Another window is/);
    lock?.release();
    assert.equal(tokensLeft(ledger), 2222);
  });

  it('does not pretend where the ledger cannot be written', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    const ledger = home.openInMemory();
    await scanHome(home, ledger);
    assert.throws(() => forget(ledger, { everything: true }, { now }), /^LedgerError: .* cannot be written/);
  });
});

describe('what was forgotten', () => {
  /** Reads all logs again, as a reader's new version does. */
  async function readAgain(home: Home, ledger: Ledger): Promise<void> {
    const report = await scanHome(home, ledger, {}, [toyReader({ version: 2 })]);
    assert.ok(report.bytesRead > 0);
  }

  it('does not come back from logs that are read again', async () => {
    const home = newHome();
    home.write('toy/a.jsonl', toyLine({ key: 'a', time: noon }) + toyLine({ key: 'b', time: noon + hour }));
    const ledger = home.open();
    await scanHome(home, ledger, {}, [toyReader({ version: 1 })]);
    forget(ledger, { until: noon + 1 }, { now });
    await readAgain(home, ledger);
    assert.deepEqual(
      requests(ledger).map(({ time }) => time),
      [noon + hour],
    );
    assert.equal(tokensLeft(ledger), 100);
  });

  it('does not come back with everything, though the logs are still there', async () => {
    const { home, ledger } = await countedHome();
    forget(ledger, { everything: true }, { now });
    home.write('.claude/projects/copy/s.jsonl', readFileSync(home.path('.claude/projects/p3/s.jsonl')));
    assert.ok((await scanHome(home, ledger)).bytesRead > 0);
    assert.equal(tokensLeft(ledger), 0);
    assert.ok(!bytesOf(ledger).includes('session-of-3'), 'not even its name');
  });

  it('leaves the same ledger as if it had never been there', async () => {
    const request = fc.record({
      project: fc.constantFrom('/w/a', '/w/a/b', '/w/ab', 'C:\\w', ''),
      // One of the dates is absurd.
      time: fc.oneof(
        fc.integer({ min: 0, max: 90 }).map((minutes) => noon + minutes * minute),
        fc.constant(Date.UTC(2001, 0)),
      ),
      model: fc.constantFrom('claude-sonnet-4-5-20250929', 'mystery-9'),
      cacheRead: fc.nat(3),
    });
    const bound = fc.option(
      fc.integer({ min: 0, max: 90 }).map((minutes) => noon + minutes * minute),
      { nil: undefined },
    );
    const what: fc.Arbitrary<ForgetWhat> = fc.oneof(
      fc.record({ project: fc.constantFrom('/w/a', '/w', 'c:/w/', '/'), since: bound, until: bound }),
      fc.record({ since: bound.map((time) => time ?? noon), until: bound }),
      fc.constant({ everything: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 20 }), fc.array(what, { maxLength: 3 }), async (made, whats) => {
        const home = newHome();
        for (const [id, request] of made.entries()) {
          const line = claudeLine({ ...request, id: `m${id}` });
          home.append(`.claude/projects/p/s${id % 3}.jsonl`, line);
        }
        const after = home.open();
        await scanHome(home, after);
        for (const one of whats) forget(after, one, { now });
        assert.deepEqual(totals(after), totalsOfRequests(after));
        const other = newHome();
        const before = other.open();
        for (const one of whats) forget(before, one, { now });
        await scanHome(home, before);
        assert.deepEqual(contents(after), contents(before));
        home.close();
        other.close();
      }),
      runs(25),
    );
  });
});
