import assert from 'node:assert/strict';
import { forget } from '../../src/ledger/forget.ts';
import { type SpanWish, spanSummer } from '../../src/ledger/span-sums.ts';
import { totalTokens } from '../../src/usage/usage-event.ts';
import { type Home, newHome, scanHome } from './home.ts';
import { claudeLine, noon } from './log-lines.ts';

const hour = 3_600_000;
const day = 24 * hour;
const log = '.claude/projects/p/s.jsonl';

const lineOf = (id: string, time: number, output: number, project = '/home/dev/app'): string =>
  claudeLine({ id, time, input: 0, output, project });

function wish(fields: Partial<SpanWish> = {}): SpanWish {
  return { since: noon - 30 * day, until: noon + 30 * day, withoutTools: [], estimates: true, ...fields };
}

async function summed(home: Home) {
  const ledger = home.open();
  const sumSpans = spanSummer(ledger);
  await scanHome(home, ledger);
  const tokens = (...wishes: readonly SpanWish[]) => sumSpans(wishes).map(totalTokens);
  return { ledger, sumSpans, tokens };
}

describe('sums of spans', () => {
  it('are of the span alone, by the quarter of an hour', async () => {
    const home = newHome();
    home.write(log, lineOf('a', noon, 1) + lineOf('b', noon + hour, 20) + lineOf('c', noon + day, 300));
    const { tokens } = await summed(home);
    const spans = [
      wish(),
      wish({ since: noon + hour }),
      wish({ since: noon, until: noon + hour }),
      wish({ since: noon + 2 * day }),
    ];
    assert.deepEqual(tokens(...spans), [321, 320, 1, 0]);
  });

  it('are of a tool or a project alone, with what lies below its folder', async () => {
    const home = newHome();
    const projects = ['/home/dev/app', '/home/dev/app/web', '/home/dev/application', 'C:\\dev\\app\\web'];
    home.write(log, projects.map((project, index) => lineOf(`m${index}`, noon, 10 ** index, project)).join(''));
    const { tokens } = await summed(home);
    const spans = [
      wish({ project: '/home/dev/app' }),
      wish({ project: '/home/dev/app/' }),
      wish({ project: 'C:/dev/app' }),
      wish({ project: '/' }),
      wish({ tool: 'claude-code' }),
      wish({ tool: 'codex' }),
      wish({ withoutTools: ['claude-code', 'codex'] }),
    ];
    assert.deepEqual(tokens(...spans), [11, 11, 1000, 111, 1111, 0, 0]);
  });

  it('know what a request cost', async () => {
    const home = newHome();
    home.write(log, lineOf('a', noon, 1_000_000));
    const { sumSpans } = await summed(home);
    assert.equal(sumSpans([wish()])[0]?.costNanoUSD, 15e9);
    assert.equal(sumSpans([wish()])[0]?.events, 1);
  });

  it('follow what is added, wherever in the span it is, and what is forgotten', async () => {
    const home = newHome();
    home.write(log, lineOf('a', noon, 1));
    const { ledger, tokens } = await summed(home);
    const spans = [wish(), wish({ project: '/home/dev/other' })];
    assert.deepEqual(tokens(...spans), [1, 0]);
    home.append(log, lineOf('b', noon - 3 * day, 20) + lineOf('c', noon, 300, '/home/dev/other'));
    await scanHome(home, ledger);
    assert.deepEqual(tokens(...spans), [321, 300]);
    home.append(log, Array.from({ length: 20 }, (_, ago) => lineOf(`d${ago}`, noon - ago * day, 1000)).join(''));
    await scanHome(home, ledger);
    assert.deepEqual(tokens(...spans), [20_321, 300]);
    forget(ledger, { project: '/home/dev/other' });
    assert.deepEqual(tokens(...spans), [20_021, 0]);
  });
});
