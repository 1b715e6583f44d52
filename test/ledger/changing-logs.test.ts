import assert from 'node:assert/strict';
import { appendFileSync, linkSync, mkdirSync, renameSync, statSync, truncateSync, utimesSync } from 'node:fs';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { tallies } from '../../src/ledger/tallies.ts';
import { requests, tokens, totals } from './contents.ts';
import { type Home, later, newHome, scanHome } from './home.ts';
import { claudeLine, codexCount, codexHead, noon } from './log-lines.ts';
import { toyLine, toyReader } from './toy-reader.ts';

const log = '.claude/projects/-home-dev-app/session-1.jsonl';

async function scanned(home: Home, content = claudeLine({ id: 'm1' }) + claudeLine({ id: 'm2' })): Promise<Ledger> {
  home.write(log, content);
  const ledger = home.open();
  await scanHome(home, ledger);
  return ledger;
}

describe('a log', () => {
  it('that grows is read from where it ended', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    const added = claudeLine({ id: 'm3', output: 7 });
    home.append(log, added);
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.filesRead, report.bytesRead, report.events], [1, added.length, 1]);
    assert.equal(totals(ledger).output, 90 + 90 + 7);
  });

  it('counts its last line before the line feed is there, and only once', async () => {
    const home = newHome();
    const ledger = await scanned(home, claudeLine({ id: 'm1' }) + claudeLine({ id: 'm2' }).trimEnd());
    assert.equal(totals(ledger).events, 2);
    home.append(log, `\n${claudeLine({ id: 'm3' })}`);
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 3);
  });

  it('that grows while it is read loses nothing', async () => {
    const home = newHome();
    home.write('toy/a.jsonl', toyLine({ key: 'first' }));
    const ledger = home.open();
    let appended = 0;
    const growing = toyReader({
      onLine: () => {
        if (appended++ < 20) appendFileSync(home.path('toy/a.jsonl'), toyLine({ key: `more ${appended}` }));
      },
    });
    await scanHome(home, ledger, {}, [growing]);
    for (let scans = 0; scans < 10; scans++) await scanHome(home, ledger, {}, [growing]);
    assert.equal(totals(ledger).events, 21);
    assert.equal((await scanHome(home, ledger, {}, [growing])).filesRead, 0);
  });

  it('that shrinks keeps what it held, and goes on', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    truncateSync(home.path(log), 100);
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 2);
    home.append(log, `\n${claudeLine({ id: 'm3' })}`);
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 3);
    home.write(log, '');
    await scanHome(home, ledger);
    home.append(log, claudeLine({ id: 'm4' }));
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 4);
  });

  it('that is rewritten in place with other bytes of the same length is read anew', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    home.write(log, claudeLine({ id: 'm1' }) + claudeLine({ id: 'm3', output: 55 }));
    later(home.path(log));
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.filesRead, report.events], [1, 1]);
    assert.equal(totals(ledger).output, 90 + 90 + 55);
  });

  it('that is rewritten longer is read anew from its start', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    home.write(
      log,
      claudeLine({ id: 'm0', output: 1 }) + claudeLine({ id: 'm1' }) + claudeLine({ id: 'm9', output: 2 }),
    );
    await scanHome(home, ledger);
    assert.deepEqual([totals(ledger).events, totals(ledger).output], [4, 183]);
  });

  it('that is replaced by another file is read anew', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    home.write('new', claudeLine({ id: 'm1' }) + claudeLine({ id: 'm5' }) + claudeLine({ id: 'm6' }));
    renameSync(home.path('new'), home.path(log));
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 4);
  });

  it('that only got another time changes nothing', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    const before = requests(ledger);
    later(home.path(log));
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.filesRead, report.events], [1, 0]);
    assert.deepEqual(requests(ledger), before);
    assert.equal((await scanHome(home, ledger)).filesRead, 0);
  });

  it('that is moved, as Codex archives its rollouts, is not read again', async () => {
    const home = newHome();
    const used = { input: 1000, cached: 400, output: 50, reasoning: 10 };
    const id = '00000001-1111-4222-8333-000000000001';
    const dated = `.codex/sessions/2026/05/12/rollout-2026-05-12T12-00-00-${id}.jsonl`;
    const archived = `.codex/archived_sessions/rollout-2026-05-12T12-00-00-${id}.jsonl`;
    home.write(dated, codexHead(id, noon) + codexCount(noon + 5000, used, used));
    const ledger = home.open();
    await scanHome(home, ledger);
    mkdirSync(home.path('.codex/archived_sessions'));
    renameSync(home.path(dated), home.path(archived));
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.files, report.filesRead, report.bytesRead], [1, 0, 0]);
    const more = { input: 3000, cached: 1000, output: 90, reasoning: 10 };
    const added = codexCount(noon + 9000, more, { input: 2000, cached: 600, output: 40, reasoning: 0 });
    home.append(archived, added);
    const next = await scanHome(home, ledger);
    assert.deepEqual([next.bytesRead, next.events], [added.length, 1]);
    assert.deepEqual([totals(ledger).events, tokens(ledger)], [2, 3090]);
  });

  it('that takes over the name of a moved one is told apart from it', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    const other = '.claude/projects/-home-dev-app/session-2.jsonl';
    renameSync(home.path(log), home.path(other));
    home.write(log, claudeLine({ id: 'm7' }));
    home.append(other, claudeLine({ id: 'm8' }));
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 4);
  });

  it('under two names counts once', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    linkSync(home.path(log), home.path('.claude/projects/-home-dev-app/again.jsonl'));
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.files, totals(ledger).events], [2, 2]);
    assert.equal((await scanHome(home, ledger)).filesRead, 0);
  });

  it('that is deleted keeps its place in the count, also by session', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    home.remove('.claude');
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.files, report.problems.length], [0, 0]);
    assert.deepEqual(new Set(tallies(ledger).map(({ session }) => session)), new Set(['session-1']));
    assert.equal(totals(home.open()).events, 2);
  });

  it('that is gone when it is to be read is no problem', async () => {
    const home = newHome();
    home.write('toy/a.jsonl', toyLine({ key: 'a' }));
    home.write('toy/b.jsonl', toyLine({ key: 'b' }));
    utimesSync(home.path('toy/b.jsonl'), 1, 1);
    const ledger = home.open();
    const deleting = toyReader({ onLine: () => home.remove('toy/b.jsonl') });
    const report = await scanHome(home, ledger, {}, [deleting]);
    assert.deepEqual(report.problems, []);
    assert.equal(totals(ledger).events, 1);
    home.write('toy/b.jsonl', toyLine({ key: 'b' }));
    await scanHome(home, ledger, {}, [toyReader()]);
    assert.equal(totals(ledger).events, 2);
  });

  it('keeps an inode that no whole number can hold', async () => {
    const home = newHome();
    const ledger = await scanned(home);
    // As NTFS numbers its files.
    ledger.database.prepare('UPDATE log SET inode = ?').run(2 ** 63 + 2 ** 20);
    const report = await scanHome(home, ledger);
    assert.equal(report.filesRead, 1);
    assert.equal(statSync(home.path(log)).ino, ledger.database.prepare('SELECT inode FROM log').get()?.inode);
  });
});
