import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { pricesVersion } from '../../src/pricing/price-list.ts';
import { fixtureHome } from '../readers/fixture-home.ts';
import { newHome, tokenboard, writeClaudeLog } from './command.ts';
import { smallHome } from './small-home.ts';

const opus = '"input":30,"output":300,"cacheRead":13000,"cacheWrite":1000,"reasoning":0,"events":2,"costUSD":0.02265';
const mystery = '"input":5,"output":50,"cacheRead":1000,"cacheWrite":0,"reasoning":0,"events":1,"costUSD":null';
const haiku = '"input":7,"output":30,"cacheRead":0,"cacheWrite":0,"reasoning":0,"events":1,"costUSD":0.000157';
const totals =
  '"input":42,"output":380,"cacheRead":14000,"cacheWrite":1000,"reasoning":0,"events":4,"costUSD":0.022807';

describe('tokenboard report', () => {
  const home = smallHome();
  const report = (...args: string[]) => tokenboard(['report', ...args, '--home', home]);
  const rows = async (...args: string[]): Promise<readonly Record<string, unknown>[]> => {
    const { code, out, err } = await report('--json', ...args);
    assert.equal(code, 0, err);
    return JSON.parse(out).rows;
  };
  const names = async (...args: string[]): Promise<string[]> => {
    const by = args[args.indexOf('--by') + 1]?.split(',') ?? [];
    return (await rows(...args)).map((row) => by.map((name) => row[name]).join(' '));
  };

  it('prints one JSON object for scripts and nothing else, its keys in their order', async () => {
    const { code, out, err } = await report('--by', 'tool,model', '--json');
    const row = (model: string, figures: string, unpriced: number): string =>
      `{"tool":"claude-code","model":"${model}",${figures},"unpricedTokens":${unpriced},"estimatedTokens":0}`;
    assert.equal(
      out,
      `{"by":["tool","model"],"timezone":"UTC","since":null,"until":null,"pricesVersion":"${pricesVersion}","rows":[${[
        row('claude-opus-4-5-20251101', opus, 0),
        row('mystery-9', mystery, 1055),
        row('claude-haiku-4-5-20251001', haiku, 0),
      ].join(',')}],"totals":{${totals},"unpricedTokens":1055,"estimatedTokens":0}}\n`,
    );
    assert.equal(err, '');
    assert.equal(code, 0);
  });

  it('has no price and the same keys with --no-cost', async () => {
    const [row] = await rows('--by', 'tool', '--no-cost');
    assert.equal(row?.costUSD, null);
    assert.deepEqual(Object.keys(row ?? {}), Object.keys((await rows('--by', 'tool'))[0] ?? {}));
  });

  it('leaves estimates out with --no-estimates, and says which there are without', async () => {
    const home = fixtureHome('cursor', 'conversations');
    const totals = async (...asked: string[]) => {
      const { out } = await tokenboard(['report', '--json', '--home', home, ...asked]);
      return JSON.parse(out).totals;
    };
    const [all, exact] = [await totals(), await totals('--no-estimates')];
    assert.ok(all.estimatedTokens > 0 && exact.input > 0);
    assert.deepEqual([exact.estimatedTokens, exact.input], [0, all.input - all.estimatedTokens]);
    const { out } = await tokenboard(['--no-estimates', '--home', home]);
    assert.ok(!out.includes('~'), out);
    assert.ok((await tokenboard(['--home', home])).out.includes('~ marks estimates'));
  });

  it('is null in money, not 0, where nothing was used', async () => {
    const { out } = await tokenboard(['report', '--json', '--home', newHome()]);
    const { rows, totals } = JSON.parse(out);
    assert.deepEqual(rows, []);
    assert.equal(totals.costUSD, null);
    assert.equal(totals.events, 0);
  });

  it('writes CSV that a spreadsheet reads back: quoted names, no totals, an empty field where there is no price', async () => {
    const { out } = await report('--by', 'branch,model', '--csv');
    assert.equal(
      out,
      [
        'branch,model,input,output,cacheRead,cacheWrite,reasoning,events,costUSD,unpricedTokens,estimatedTokens',
        '"fix/cart, again",claude-opus-4-5-20251101,20,100,8000,0,0,1,0.0066,0,0',
        'main,claude-opus-4-5-20251101,10,200,5000,1000,0,1,0.01605,0,0',
        'main,mystery-9,5,50,1000,0,0,1,,1055,0',
        'main,claude-haiku-4-5-20251001,7,30,0,0,0,1,0.000157,0,0',
        '',
      ].join('\n'),
    );
  });

  it('sums by day where nothing else is asked', async () => {
    assert.deepEqual(
      (await rows()).map((row) => row.day),
      ['2026-05-12', '2026-05-18'],
    );
  });

  it('takes days, weeks and hours from the zone, and says which', async () => {
    const { out } = await report('--json', '--by', 'day', '--timezone', 'europe/berlin');
    assert.equal(JSON.parse(out).timezone, 'Europe/Berlin');
    assert.deepEqual(await names('--by', 'day', '--timezone', 'Europe/Berlin'), [
      '2026-05-12',
      '2026-05-13',
      '2026-05-18',
    ]);
    assert.deepEqual(await names('--by', 'week,month'), ['2026-05-11 2026-05', '2026-05-18 2026-05']);
    assert.deepEqual(await names('--by', 'hour', '--timezone', 'Asia/Kolkata', '--until', '2026-05-12'), [
      '2026-05-12T14:00',
      '2026-05-12T18:00',
    ]);
  });

  it('names the zone as it was asked for', async () => {
    const { out } = await report('--json', '--timezone', 'Asia/Kolkata');
    assert.equal(JSON.parse(out).timezone, 'Asia/Kolkata');
  });

  it('includes both the first and the last day', async () => {
    const { out } = await report('--json', '--since', '2026-05-12', '--until', '2026-05-12');
    const { since, until, totals } = JSON.parse(out);
    assert.deepEqual([since, until, totals.events], ['2026-05-12', '2026-05-12', 3]);
    assert.deepEqual(await names('--by', 'day', '--since', '2026-05-13'), ['2026-05-18']);
    assert.deepEqual(await names('--by', 'day', '--until', '2026-05-11'), []);
  });

  it('begins blocks at the first use of all, also where the report begins later or shows a part', async () => {
    const all = ['2026-05-12T08:00:00Z', '2026-05-12T22:00:00Z', '2026-05-18T10:00:00Z'];
    assert.deepEqual(await names('--by', 'block'), all);
    assert.deepEqual(await names('--by', 'block', '--branch', 'fix*'), [all[0]]);
    assert.deepEqual(await names('--by', 'block', '--since', '2026-05-12', '--timezone', 'Asia/Kamchatka'), all);
    assert.deepEqual(await names('--by', 'block', '--since', '2026-05-13', '--timezone', 'Asia/Kamchatka'), all);
  });

  it('splits by project, branch and session', async () => {
    assert.deepEqual(await names('--by', 'project,session'), ['/home/me/shop session-1', '/home/me/blog session-3']);
  });

  const filters: readonly (readonly [readonly string[], number])[] = [
    [['--tool', 'claude-code'], 4],
    [['--tool', 'Claude Code'], 4],
    [['--tool', 'codex'], 0],
    [['--model', 'claude-opus-4-5-20251101'], 2],
    [['--model', 'claude-opus-4-5'], 2],
    [['--model', 'claude-*'], 3],
    [['--model', 'mystery-9,claude-haiku-4-5'], 2],
    [['--model', 'mystery-9', '--model', 'claude-haiku-4-5'], 2],
    [['--model', 'opus'], 0],
    [['--project', '/home/me/shop'], 3],
    [['--project', '/home/me/shop/'], 3],
    [['--project', 'shop'], 3],
    [['--project', '/home/me'], 0],
    [['--project', '/home/me/*'], 4],
    [['--branch', 'main'], 3],
    [['--branch', 'main', '--project', 'shop'], 2],
  ];
  for (const [args, events] of filters) {
    it(`${args.join(' ')} counts ${events} requests`, async () => {
      const { out } = await report('--json', ...args);
      assert.equal(JSON.parse(out).totals.events, events);
    });
  }

  it('says what could have been asked for when nothing matches', async () => {
    const { code, out } = await report('--model', 'opus');
    assert.equal(
      out,
      'Nothing matches what was asked for.\n' +
        'In that time --model could be claude-haiku-4-5-20251001,\n' +
        '  claude-opus-4-5-20251101, mystery-9.\n',
    );
    assert.equal(code, 0);
    assert.match((await report('--since', '2030-01-01')).out, /^Nothing was used in that time\./);
  });

  it('counts what is appended between two reports, and keeps what is deleted', async () => {
    const place = newHome();
    const events = async (): Promise<number> =>
      JSON.parse((await tokenboard(['report', '--json', '--home', place])).out).totals.events;
    const request = (id: string) => ({ id, time: '2026-05-12T08:00:00Z', tokens: [1, 1, 0, 0, 0] }) as const;
    writeClaudeLog(place, 'p/s.jsonl', [request('a')]);
    assert.equal(await events(), 1);
    writeClaudeLog(place, 'p/s.jsonl', [request('a'), request('b')]);
    assert.equal(await events(), 2);
    rmSync(`${place}/.claude`, { recursive: true });
    assert.equal(await events(), 2);
  });
});
