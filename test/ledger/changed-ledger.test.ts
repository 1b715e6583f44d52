import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { scan } from '../../src/ledger/scan.ts';
import { schemaVersion } from '../../src/ledger/schema.ts';
import { modelTallies } from '../../src/ledger/tallies.ts';
import { readers } from '../../src/readers/index.ts';
import { totals } from './contents.ts';
import { newHome, scanHome } from './home.ts';
import { claudeLine } from './log-lines.ts';

const folder = '.local/share/tokenboard';
const file = `${folder}/ledger.db`;

describe('a ledger of a newer version', () => {
  it('is refused in a sentence, and left as it is to the byte', () => {
    for (const mode of ['wal', 'delete']) {
      const home = newHome();
      home.open().close();
      const newer = new DatabaseSync(home.path(file));
      newer.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE marvel (x); PRAGMA user_version = ${schemaVersion + 1}`);
      newer.close();
      const before = readFileSync(home.path(file));
      assert.throws(() => openLedger(home.machine), {
        name: 'LedgerError',
        message: /was made by a newer version of Tokenboard .*please update\.$/,
      });
      assert.ok(readFileSync(home.path(file)).equals(before));
      assert.deepEqual(readdirSync(home.path(folder)), ['ledger.db']);
    }
  });

  it('is refused also by a window that was open before', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    const window = home.open();
    await scanHome(home, window);
    const newer = new DatabaseSync(home.path(file));
    newer.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    const events = newer.prepare('SELECT count(*) AS n FROM event').get()?.n;
    home.append('.claude/projects/p/s.jsonl', claudeLine({ id: 'm2' }));
    const refused = { name: 'LedgerError', message: /newer version/ };
    await assert.rejects(scanHome(home, window), refused);
    assert.throws(() => modelTallies(window), refused);
    assert.equal(newer.prepare('SELECT count(*) AS n FROM event').get()?.n, events);
    newer.close();
  });
});

describe('a ledger that changes hands', () => {
  it('is made anew when it was deleted while a window is open', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    const window = home.open();
    await scanHome(home, window);
    home.remove(folder);
    assert.equal(totals(window).events, 0);
    await scanHome(home, window);
    assert.equal(totals(window).events, 1);
    assert.equal(totals(home.open()).events, 1);
  });

  it('is followed by every window when another file takes its place', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    const first = home.open();
    const second = home.open();
    await scanHome(home, first);
    for (const name of readdirSync(home.path(folder)))
      renameSync(home.path(`${folder}/${name}`), home.path(`old-${name}`));
    home.append('.claude/projects/p/s.jsonl', claudeLine({ id: 'm2' }));
    await scanHome(home, second);
    assert.deepEqual([totals(second).events, totals(first).events], [2, 2]);
  });

  it('that is whole and yet fails again and again ends in an error', async () => {
    const home = newHome();
    home.write('.claude/projects/p/s.jsonl', claudeLine());
    const real = home.open();
    const failing: Ledger = {
      file: real.file,
      dir: real.dir,
      notices: real.notices,
      get database(): never {
        throw Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
      },
      replaceDamaged: () => real.replaceDamaged(),
      close: () => {},
    };
    await assert.rejects(scan(failing, home.machine, readers), {
      name: 'LedgerError',
      message: /is whole, and yet reading it fails again and again\.$/,
    });
  });
});
