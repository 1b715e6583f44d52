import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { logsIn } from '../../src/ledger/find-logs.ts';
import { slashed } from '../../src/ledger/machine.ts';
import type { LogPlace } from '../../src/readers/reader.ts';

describe('A place that tells which folders are worth searching', () => {
  let dir = '';

  beforeEach(() => {
    dir = slashed(mkdtempSync(join(tmpdir(), 'tokenboard-place-')));
    for (const file of ['a/logs/1.jsonl', 'a/cache/logs/2.jsonl', 'a/logs/deep/3.jsonl', '4.jsonl', 'else/5.jsonl']) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), '');
    }
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  function found(place: Partial<LogPlace>): string[] {
    const problems: unknown[] = [];
    const logs = logsIn({ dir, files: /\.jsonl$/, kind: 'lines', ...place }, 'codex', (problem) =>
      problems.push(problem),
    );
    assert.deepEqual(problems, []);
    return logs.map(({ relativePath }) => relativePath).sort();
  }

  it('has only their logs, and its own', () => {
    assert.deepEqual(found({ enter: /^a(?:\/logs)?$/ }), ['4.jsonl', 'a/logs/1.jsonl']);
    assert.deepEqual(found({ enter: /^else$/ }), ['4.jsonl', 'else/5.jsonl']);
  });

  it('has all logs where it tells nothing', () => {
    assert.equal(found({}).length, 5);
  });

  it('follows a link only when it is worth it', function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync(join(dir, 'else'), join(dir, 'a', 'linked'), 'junction');
    symlinkSync(join(dir, '4.jsonl'), join(dir, 'a', 'logs', '6.jsonl'), 'file');
    assert.deepEqual(found({ enter: /^a(?:\/logs)?$/ }), ['4.jsonl', 'a/logs/1.jsonl', 'a/logs/6.jsonl']);
    assert.deepEqual(found({ enter: /^a(?:\/linked)?$/ }), ['4.jsonl', 'a/linked/5.jsonl']);
  });

  it('does not look into other folders at all', function () {
    if (process.platform === 'win32') this.skip();
    // A file that takes the name of a folder would be a problem if it were looked into.
    symlinkSync(join(dir, 'loop'), join(dir, 'loop'));
    assert.deepEqual(found({ enter: /^a$/, files: /^[^/]+\/logs\// }), []);
  });
});
