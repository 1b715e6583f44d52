import assert from 'node:assert/strict';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { survey, type ToolSurvey } from '../../src/ledger/survey.ts';
import { readers } from '../../src/readers/index.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';
import { toyReader } from './toy-reader.ts';

function claude(home: Home, ledger: Ledger): ToolSurvey {
  const found = survey(ledger, home.machine, readers).find(({ tool }) => tool === 'claude-code');
  assert.ok(found);
  return found;
}

describe('the survey of the logs', () => {
  it('names every tool and place, also where nothing is', () => {
    const home = newHome();
    const found = survey(home.open(), home.machine, readers);
    assert.deepEqual(
      found.map(({ tool }) => tool),
      readers.map(({ id }) => id),
    );
    for (const tool of found) {
      assert.ok(tool.places.length > 0);
      // Only the home folder itself, in which Aider keeps its chats, is there.
      assert.ok(
        tool.places.every(({ dir, exists, files }) => (!exists || dir === home.dir) && files === 0),
        tool.title,
      );
      assert.deepEqual(
        [tool.events, tool.tokens, tool.firstTime, tool.lastTime, tool.gone, tool.aside, tool.skipped, tool.problems],
        [0, 0, undefined, undefined, 0, 0, [], []],
      );
    }
  });

  it('tells files, bytes, requests, tokens, time, what is gone and what was passed over', async () => {
    const home = newHome();
    const first = claudeLine({ id: 'm1', time: noon }) + claudeLine({ id: 'm2', time: noon + 3_600_000, input: 1000 });
    const second = `${claudeLine({ id: 'm1', time: noon })}{"input_tokens" no JSON\n`;
    home.write('.claude/projects/p/s1.jsonl', first);
    home.write('.claude/projects/p/s2.jsonl', second);
    home.write('.claude/projects/p/s3.jsonl', claudeLine({ id: 'm3', time: noon + 7_200_000 }));
    const ledger = home.open();
    await scanHome(home, ledger);
    home.remove('.claude/projects/p/s3.jsonl');
    const found = claude(home, ledger);
    const place = found.places.find(({ dir }) => dir === home.path('.claude/projects'));
    assert.deepEqual(place, {
      dir: home.path('.claude/projects'),
      kind: 'lines',
      exists: true,
      files: 2,
      bytes: first.length + second.length,
    });
    assert.deepEqual([found.events, found.tokens, found.gone], [3, 100 + 1090 + 100, 1]);
    assert.deepEqual([found.firstTime, found.lastTime], [noon, noon + 7_200_000]);
    assert.deepEqual(found.skipped, [
      { reason: 'unreadable line', count: 1, example: home.path('.claude/projects/p/s2.jsonl') },
    ]);
    assert.deepEqual(found.problems, []);
  });

  it('counts what was passed over once, however the log grew', async () => {
    const home = newHome();
    const ledger = home.open();
    for (let round = 0; round < 3; round++) {
      home.append('.claude/projects/p/s.jsonl', `{"input_tokens" no JSON\n${claudeLine({ id: `m${round}` })}`);
      await scanHome(home, ledger);
    }
    assert.equal(claude(home, ledger).skipped[0]?.count, 3);
    home.write('.claude/projects/p/s.jsonl', claudeLine({ id: 'm0' }));
    await scanHome(home, ledger);
    assert.deepEqual(claude(home, ledger).skipped, []);
  });

  it('names a log that cannot be read as long as that is so', async () => {
    const home = newHome();
    home.write('toy/broken.db', 'no database '.repeat(500));
    const ledger = home.open();
    await scanHome(home, ledger, {}, [toyReader()]);
    const problems = () => survey(ledger, home.machine, [toyReader()])[0]?.problems.map(({ reason }) => reason);
    assert.deepEqual(problems(), ['it is damaged']);
    home.remove('toy/broken.db');
    assert.deepEqual(problems(), []);
  });
});
