import assert from 'node:assert/strict';
import { explain, type ToolExplanation } from '../../src/ledger/explain.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { readers } from '../../src/readers/index.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';

const day = 86_400_000;
const from = Date.UTC(2026, 4, 12);

function claude(home: Home, ledger: Ledger): ToolExplanation {
  const found = explain(ledger, home.machine, readers, from, from + day).find(({ tool }) => tool === 'claude-code');
  assert.ok(found);
  return found;
}

describe('the explanation of a day', () => {
  it('tells requests, repetitions, copies and what only the ledger still knows', async () => {
    const home = newHome();
    const project = '.claude/projects/p';
    home.write(
      `${project}/s1.jsonl`,
      claudeLine({ id: 'm1', output: 10 }) +
        claudeLine({ id: 'm1', output: 30 }) +
        claudeLine({ id: 'm1', output: 90 }) +
        claudeLine({ id: 'm2', time: noon + 1000 }) +
        claudeLine({ id: 'next day', time: noon + day }),
    );
    home.write(
      `${project}/s2.jsonl`,
      claudeLine({ id: 'm2', time: noon + 1000 }) + claudeLine({ id: 'm3', time: noon + 2000 }),
    );
    home.write(`${project}/s3.jsonl`, claudeLine({ id: 'm4', time: noon + 3000, input: 910 }));
    const ledger = home.open();
    await scanHome(home, ledger);
    home.remove(`${project}/s3.jsonl`);
    const { files, title, ...figures } = claude(home, ledger);
    assert.equal(title, 'Claude Code');
    assert.deepEqual(figures, {
      tool: 'claude-code',
      requests: 4,
      tokens: 100 * 3 + 1000,
      records: 6,
      duplicateRecords: 3,
      // Two shorter records of the first request, and the copy of the second.
      duplicateTokens: 20 + 40 + 100,
      inSeveralFiles: 1,
      onlyInLedger: 1,
      onlyInLedgerTokens: 1000,
    });
    assert.deepEqual(
      files.map(({ path, records, requests }) => [path, records, requests]),
      [
        [home.path(`${project}/s1.jsonl`), 4, 2],
        [home.path(`${project}/s2.jsonl`), 2, 2],
      ],
    );
  });

  it('adds up: records in the logs less repetitions, and what only the ledger knows, are the day', async () => {
    const home = newHome();
    for (let s = 0; s < 3; s++) {
      const lines = Array.from({ length: 10 }, (_, i) =>
        claudeLine({ id: `m${(s * 7 + i) % 20}`, time: noon + ((s * 7 + i) % 20) * 1000 }),
      );
      home.write(`.claude/projects/p/s${s}.jsonl`, lines.join(''));
    }
    const ledger = home.open();
    await scanHome(home, ledger);
    home.remove('.claude/projects/p/s0.jsonl');
    const { requests, records, duplicateRecords, onlyInLedger } = claude(home, ledger);
    assert.equal(requests, 20);
    assert.ok(onlyInLedger > 0 && duplicateRecords > 0);
    assert.equal(records - duplicateRecords + onlyInLedger, requests);
  });

  it('of a day without requests has nothing to tell', () => {
    const home = newHome();
    const { requests, records, files } = claude(home, home.open());
    assert.deepEqual([requests, records, files], [0, 0, []]);
  });
});
