import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cursor } from '../../src/readers/cursor.ts';
import { fixtureHome } from './fixture-home.ts';
import { homeUsage } from './home-usage.ts';

const unsized = 'cc000000-0000-4000-8000-000000000002';

function put(home: string, key: string, value: object): void {
  const database = new DatabaseSync(join(home, '.config/Cursor/User/globalStorage/state.vscdb'));
  database.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)').run(key, Buffer.from(JSON.stringify(value)));
  database.close();
}

describe('Cursor', () => {
  it('reads only what was written since, and a message again when it was written again', () => {
    const home = fixtureHome('cursor', 'conversations');
    const usage = homeUsage(cursor, home);
    usage.read();
    assert.deepEqual(usage.read(), []);
    const key = 'bubbleId:cc000000-0000-4000-8000-000000000001:b4';
    put(home, key, { tokenCount: { inputTokens: 100, outputTokens: 90 }, createdAt: '2025-11-10T08:02:00.000Z' });
    assert.deepEqual(
      usage.read().map(({ tokens }) => [tokens.input, tokens.output]),
      [
        [100, 90],
        [0, 0],
      ],
    );
    assert.equal(usage.totals().cursor?.['claude-4.5-sonnet']?.output, 990);
  });

  it('estimates a conversation by its size only while its messages have no counts', () => {
    const home = fixtureHome('cursor', 'conversations');
    const usage = homeUsage(cursor, home);
    usage.read();
    const estimates = () => usage.requests().filter(({ estimated }) => estimated === true);
    assert.deepEqual(
      estimates().map(({ tokens, project }) => [tokens.input, project]),
      [
        [64000, '/home/ada/loom'],
        [7000, '/home/ada/loom'],
      ],
    );
    put(home, `bubbleId:${unsized}:b9`, { tokenCount: { inputTokens: 9, outputTokens: 1 }, createdAt: 1773129600000 });
    usage.read();
    assert.deepEqual(
      estimates().map(({ tokens }) => tokens.input),
      [7000],
    );
  });

  it('looks only in the folders of Cursor itself', () => {
    const dirs = (platform: NodeJS.Platform, home: string) =>
      cursor.logs({ home, platform, env: {} }).map(({ dir }) => dir);
    assert.equal(dirs('darwin', '/Users/ada')[0], '/Users/ada/Library/Application Support/Cursor/User/globalStorage');
    assert.equal(dirs('win32', 'C:\\Users\\Ada')[0], 'C:/Users/Ada/AppData/Roaming/Cursor/User/globalStorage');
  });
});
