import assert from 'node:assert/strict';
import { survey } from '../../src/ledger/survey.ts';
import { readers } from '../../src/readers/index.ts';
import { contents, requests, totals, totalsOfRequests } from './contents.ts';
import { newHome, scanHome } from './home.ts';
import { claudeLine, codexCount, codexHead, noon } from './log-lines.ts';

const log = '.claude/projects/p/s.jsonl';
const day = 86_400_000;

describe('absurd', () => {
  it('dates are set aside and told, and count once their time has come', async () => {
    const home = newHome();
    home.write(
      log,
      claudeLine({ id: 'now' }) +
        claudeLine({ id: 'ahead', time: noon + 3 * day, output: 7 }) +
        claudeLine({ id: 'far', time: Date.UTC(2999, 1), output: 8 }) +
        claudeLine({ id: 'old', time: Date.UTC(1970, 0, 2), output: 9 }) +
        claudeLine({ id: 'ancient', time: '0001-01-01T00:00:00Z', output: 10 }),
    );
    const ledger = home.open();
    const at = (time: number) => scanHome(home, ledger, { now: () => time });
    await at(noon);
    const aside = () => survey(ledger, home.machine, readers).find(({ tool }) => tool === 'claude-code')?.aside;
    assert.deepEqual([totals(ledger).events, requests(ledger).length, aside()], [1, 5, 4]);
    await at(noon + day);
    assert.equal(totals(ledger).events, 1);
    const report = await at(noon + 2 * day);
    assert.equal(report.events, 1);
    assert.deepEqual([totals(ledger).events, totals(ledger).output, aside()], [2, 97, 3]);
    assert.deepEqual(totals(ledger), totalsOfRequests(ledger));
    await at(noon + 3 * day);
    assert.equal(totals(ledger).events, 2);
  });

  it('dates give way to a credible one of the same request', async () => {
    const home = newHome();
    home.write(log, claudeLine({ id: 'm', time: Date.UTC(2999, 1), output: 500 }));
    const ledger = home.open();
    await scanHome(home, ledger);
    assert.equal(totals(ledger).events, 0);
    home.append(log, claudeLine({ id: 'm', time: noon, output: 90 }));
    await scanHome(home, ledger);
    assert.deepEqual([totals(ledger).events, totals(ledger).output], [1, 500]);
  });

  it('counts are passed over and told, and harm nothing else', async () => {
    const home = newHome();
    const odd = ['1e999', '1e300', '99999999999999999999', '-5', '"12"', '1.5', 'null', '[]'];
    const line = claudeLine({ id: 'odd', output: 123 });
    home.write(
      log,
      odd.map((count, i) => line.replace('"odd"', `"odd${i}"`).replace('123', count)).join('') + claudeLine(),
    );
    const ledger = home.open();
    await scanHome(home, ledger);
    // A count that is no whole number from 0 is none; one that no model could make is a broken record.
    assert.deepEqual([totals(ledger).events, totals(ledger).output], [7, 90 + 12 + 1]);
    const [skipped] = survey(ledger, home.machine, readers)[0]?.skipped ?? [];
    assert.deepEqual(skipped, { reason: 'absurd count or date', count: 2, example: home.path(log) });
  });

  it('times and limits do not keep the rest from being counted', async () => {
    const home = newHome();
    const used = { input: 10, cached: 0, output: 10, reasoning: 0 };
    const head = codexHead('00000001-1111-4222-8333-000000000001', noon);
    const rollout = head + codexCount(noon + 1000, used, used, { fiveHours: 1, week: 2, resetsAt: 1e300 });
    home.write('.codex/sessions/rollout.jsonl', rollout);
    home.write(
      log,
      ['1e300', '-1e300', '1e18', '253402300800000', '8.64e15', '"+275760-09-13T00:00:00.000Z"']
        .map((time, i) => claudeLine({ id: `odd${i}`, time: 'TIME' }).replace('"TIME"', time))
        .join('') + claudeLine({ id: 'good' }),
    );
    const ledger = home.open();
    await scanHome(home, ledger, { now: () => noon + day });
    assert.equal(totals(ledger).events, 2);
    const again = home.openInMemory();
    await scanHome(home, again, { now: () => noon + day });
    assert.deepEqual(contents(again), contents(ledger));
  });
});
