import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cursor } from '../../src/readers/cursor.ts';
import { opencode } from '../../src/readers/opencode.ts';
import type { AnyReader } from '../../src/readers/reader.ts';
import { factor } from './factor.ts';
import { type SoundLog, soundLogs } from './fuzz-logs.ts';
import type { ReadingReport } from './reading-process.ts';

/** As a database of Cursor's grows within a year, and what is enough to tell that it is not held in memory. */
const hugeMB = factor >= 10 ? 3000 : 250;
const mostGrownMB = 80;
const text = 'x'.repeat(1_000_000);

describe('huge databases', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'tokenboard-huge-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`of Cursor with ${hugeMB} MB take no more memory than small ones`, () => {
    const { requests, found } = readGrown(cursor, 'cursorDiskKV', (database) => {
      const insert = database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)');
      const message = { tokenCount: { inputTokens: 7, outputTokens: 1 }, createdAt: 1773129600000, text };
      for (let place = 0; place < hugeMB; place++) {
        // Of four rows one is a message.
        const key = place % 4 === 0 ? 'bubbleId:cc000000-0000-4000-8000-0000000000ff' : 'agentKv:blob';
        insert.run(`${key}:${place}`, Buffer.from(place % 4 === 0 ? JSON.stringify(message) : text));
      }
    });
    assert.ok(requests >= hugeMB / 4 + found, `${requests} requests`);
  });

  it(`of OpenCode with ${hugeMB} MB take no more memory than small ones`, () => {
    const { requests, found } = readGrown(opencode, 'message', (database) => {
      const [sample] = database.prepare('SELECT * FROM message').all();
      assert.ok(sample !== undefined);
      const names = Object.keys(sample);
      const insert = database.prepare(`INSERT INTO message (${names}) VALUES (${names.map(() => '?')})`);
      for (let place = 0; place < hugeMB; place++) {
        const time = { created: 1773129600000 + place, completed: 1773129600500 + place };
        const tokens = { input: 7, output: 1, reasoning: 0, cache: { read: 0, write: 0 } };
        const data = {
          role: 'assistant',
          modelID: 'm',
          providerID: 'p',
          cost: 0,
          tokens,
          time,
          summary: { diff: text },
        };
        const row = { ...sample, id: `msg_huge_${place}`, data: JSON.stringify(data) };
        insert.run(...names.map((name) => row[name as keyof typeof row] ?? null));
      }
    });
    assert.equal(requests, hugeMB + found);
  });

  /** Reads a fixture's database that was made huge, and tells how many requests it has and had before. */
  function readGrown(
    reader: AnyReader,
    table: string,
    grow: (database: DatabaseSync) => void,
  ): { readonly requests: number; readonly found: number } {
    const log = soundLogs(reader, 'database').find(({ found }) => hasRows(found.path, table));
    assert.ok(log !== undefined, 'no fixture has such a database');
    const path = join(folder, 'huge.db');
    copyFileSync(log.found.path, path);
    const before = reading(log, path);
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    grow(database);
    database.exec('COMMIT');
    database.close();
    const { requests, problem, grownMB } = reading(log, path);
    rmSync(path);
    assert.equal(problem, undefined);
    assert.ok(grownMB < mostGrownMB, `the process grew by ${grownMB.toFixed(0)} MB`);
    return { requests, found: before.requests };
  }

  function reading({ found }: SoundLog, path: string): ReadingReport {
    const job = { ...found, path, dir: folder, log: 1 };
    const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'reading-process.ts')];
    return JSON.parse(execFileSync(process.execPath, [...args, JSON.stringify(job)], { encoding: 'utf8' }));
  }
});

function hasRows(path: string, table: string): boolean {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined;
  } catch {
    return false;
  } finally {
    database.close();
  }
}
