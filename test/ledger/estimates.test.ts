import assert from 'node:assert/strict';
import { branchSums } from '../../src/ledger/branch-sums.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { sessionBurns, usualHour } from '../../src/ledger/session-hours.ts';
import { spanSummer } from '../../src/ledger/span-sums.ts';
import { modelTallies, tallies } from '../../src/ledger/tallies.ts';
import { totalTokens } from '../../src/usage/usage-event.ts';
import { count, type Request } from '../dashboard/counted.ts';
import { newHome } from './home.ts';
import { noon } from './log-lines.ts';

const hour = 3_600_000;
const place = { project: '/home/me/app', branch: 'main' };

/** Both kinds in one session of one tool, and in one quarter of an hour. */
const exact: readonly Request[] = [
  { time: noon, tool: 'copilot-chat', tokens: { output: 1 } },
  { time: noon + hour, tool: 'copilot-chat', tokens: { output: 20 } },
  { time: noon + hour, tokens: { output: 300 }, session: 's2' },
];
const estimated: readonly Request[] = [
  { time: noon, tool: 'copilot-chat', tokens: { output: 4000 }, estimated: true },
  { time: noon + hour, tool: 'crush', tokens: { output: 50_000 }, session: 's3', estimated: true },
];

async function ledgerOf(requests: readonly Request[]): Promise<Ledger> {
  const ledger = newHome().open();
  await count(ledger, noon + 2 * hour, requests);
  return ledger;
}

/** All that an editor's window asks the ledger for. */
function asked(ledger: Ledger, estimates: boolean) {
  const span = { since: noon - hour, until: noon + 2 * hour };
  const periodEnd = (time: number) => time + 4 * hour;
  const wish = { ...span, withoutTools: [], estimates };
  return {
    tallies: modelTallies(ledger, { ...span, estimates }),
    byPeriod: modelTallies(ledger, { ...span, estimates, periodEnd }),
    bySession: tallies(ledger, { ...span, estimates }),
    branch: branchSums(ledger, place, estimates),
    spans: spanSummer(ledger)([wish, { ...wish, tool: 'copilot-chat' }, { ...wish, project: '/home/me' }]),
    burns: sessionBurns(ledger, noon - hour, estimates),
    usual: usualHour(ledger, span.since, span.until, 1, estimates),
  };
}

describe('without estimates, the ledger', () => {
  it('answers as if it held what is exact alone', async () => {
    const both = await ledgerOf([...exact, ...estimated]);
    assert.deepEqual(asked(both, false), asked(await ledgerOf(exact), true));
  });

  it('gives them again to whoever wants them, and to who says nothing of them', async () => {
    const both = await ledgerOf([...exact, ...estimated]);
    const wish = { since: noon - hour, until: noon + 2 * hour, withoutTools: [] };
    const sumSpans = spanSummer(both);
    const inSpan = (estimates: boolean) => sumSpans([{ ...wish, estimates }]).map(totalTokens);
    assert.deepEqual([inSpan(false), inSpan(true), inSpan(false)], [[321], [54_321], [321]]);
    assert.equal(totalTokens(branchSums(both, place)), 54_321);
    assert.equal(sessionBurns(both, noon).length, 3);
    assert.equal(
      modelTallies(both).reduce((sum, tally) => sum + totalTokens(tally), 0),
      54_321,
    );
  });
});
