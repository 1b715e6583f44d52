import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { totals } from './contents.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine } from './log-lines.ts';

const folder = '.claude/projects/-home-dev-app';
const log = (number: number): string => `${folder}/session-${number}.jsonl`;

/** A ledger of thirty logs of a request each, of which two are left. */
async function withTwoLeft(home: Home) {
  for (let number = 0; number < 30; number++) {
    home.write(log(number), claudeLine({ id: `m${number}`, session: `s${number}` }));
  }
  const ledger = home.open();
  assert.equal((await scanHome(home, ledger)).events, 30);
  for (let number = 2; number < 30; number++) home.remove(log(number));
  return ledger;
}

describe('a ledger whose logs are nearly all gone', () => {
  it('knows those that are left, and reads no more of them than what is new', async () => {
    const home = newHome();
    const ledger = await withTwoLeft(home);
    const nothing = await scanHome(home, ledger);
    assert.deepEqual([nothing.files, nothing.filesRead, nothing.bytesRead], [2, 0, 0]);
    const added = claudeLine({ id: 'more', session: 's1' });
    home.append(log(1), added);
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.filesRead, report.bytesRead, report.events], [1, added.length, 1]);
    assert.equal(totals(ledger).events, 31);
  });

  it('takes in a log that it has never seen, and one that has moved only once', async () => {
    const home = newHome();
    const ledger = await withTwoLeft(home);
    mkdirSync(home.path('.claude/projects/-home-dev-other'));
    renameSync(home.path(log(0)), home.path('.claude/projects/-home-dev-other/moved.jsonl'));
    home.write(log(99), claudeLine({ id: 'new', session: 's99' }));
    const report = await scanHome(home, ledger);
    assert.deepEqual([report.files, report.filesRead, report.events], [3, 1, 1]);
    assert.equal(totals(ledger).events, 31);
  });
});
