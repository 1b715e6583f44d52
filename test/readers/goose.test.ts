import assert from 'node:assert/strict';
import { copyFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { goose } from '../../src/readers/goose.ts';
import { quarterMs } from '../../src/usage/tally.ts';
import { type CountedHome, countedHome } from './counted-home.ts';
import { fixtureHome } from './fixture-home.ts';

const opened: CountedHome[] = [];
let ticks = 0;

function open(): { usage: CountedHome; file: string } {
  const usage = countedHome(fixtureHome('goose', 'sums'));
  opened.push(usage);
  return { usage, file: join(usage.home, '.local/share/goose/sessions/sessions.db') };
}

/** What is counted a day, model and session. */
function days({ tallies }: CountedHome): string[] {
  return tallies()
    .map(({ quarter, session, input, output }) => {
      return `${new Date(quarter * quarterMs).toISOString().slice(0, 10)} ${session} ${input} ${output}`;
    })
    .sort();
}

function update(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  touch(file);
}

function touch(file: string): void {
  ticks += 5;
  utimesSync(file, Date.now() / 1000 + ticks, Date.now() / 1000 + ticks);
}

const first = ['2026-05-01 20260501_1 8000 1000', '2026-05-01 20260501_2 50 10', '2026-05-02 20260502_1 100 20'];
const grow = `UPDATE sessions SET accumulated_input_tokens = 8500, accumulated_output_tokens = 710,
  accumulated_total_tokens = 9510, updated_at = '2026-05-04 10:00:00' WHERE id = '20260501_1'`;
const grown = [...first, '2026-05-04 20260501_1 500 10'].sort();

afterEach(() => {
  for (const usage of opened.splice(0)) usage.close();
});

describe('Goose', () => {
  it('has what a session used since its last reading on the day when it changed', async () => {
    const { usage, file } = open();
    await usage.scan();
    assert.deepEqual(days(usage), first);
    update(file, grow);
    await usage.scan();
    assert.deepEqual(days(usage), grown);
    touch(file);
    await usage.scan();
    assert.deepEqual(days(usage), grown, 'read again');
  });

  it('keeps its days when a newer version of the reader reads all again', async () => {
    const { usage, file } = open();
    await usage.scan();
    update(file, grow);
    await usage.scan();
    await usage.scan({ readers: [{ ...goose, version: goose.version + 1 }] });
    assert.deepEqual(days(usage), grown);
  });

  it('is not misled by an older copy, nor by the way back', async () => {
    const { usage, file } = open();
    await usage.scan();
    update(file, 'PRAGMA wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${file}.older`);
    update(file, grow);
    copyFileSync(file, `${file}.newer`);
    await usage.scan();
    for (const copy of ['older', 'newer', 'older']) {
      copyFileSync(`${file}.${copy}`, file);
      touch(file);
      await usage.scan();
      assert.deepEqual(days(usage), grown, copy);
    }
  });
});
