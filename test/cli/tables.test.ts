import assert from 'node:assert/strict';
import { figuresOf } from '../../src/cli/figures.ts';
import { overviewTable } from '../../src/cli/overview-table.ts';
import { table } from '../../src/cli/table.ts';
import { terminalOf } from '../../src/cli/terminal.ts';
import { harmless, shorten, widthOf, wrap } from '../../src/cli/terminal-text.ts';
import { noSums } from '../../src/stats/sums.ts';
import { zoneOf } from '../../src/usage/days.ts';
import type { ModelTally } from '../../src/usage/tally.ts';
import { tokenboard } from './command.ts';
import { smallHome } from './small-home.ts';

const plain = (text: string): string => text;

describe('tables', () => {
  const home = smallHome();
  const at = async (columns: number, ...args: string[]): Promise<string> => {
    const { out } = await tokenboard([...args, '--home', home], { COLUMNS: String(columns) });
    for (const line of out.split('\n')) assert.ok(widthOf(line) <= columns, `too wide for ${columns}: ${line}`);
    return out;
  };
  const notes = [
    'List price, not your bill: what the same requests would cost through the API of each provider.',
    '1.1K tokens of 1 model have no known price: mystery-9. A + marks a price that leaves them out.',
    'Fresh tokens are all but cache reads.',
  ];
  const noted = (columns: number): string[] => notes.flatMap((note) => wrap(note, columns));

  it('show exact figures where they fit, with fresh tokens beneath the totals', async () => {
    assert.equal(
      await at(120, 'report', '--by', 'model'),
      [
        'Tokens by model',
        '',
        'Model                      Tokens  Input  Output  Cache read  Cache write  Requests  List price',
        'claude-opus-4-5-20251101   14,330     30     300      13,000        1,000         2       $0.02',
        'mystery-9                   1,055      5      50       1,000            0         1    unpriced',
        'claude-haiku-4-5-20251001      37      7      30           0            0         1      <$0.01',
        'Total                      15,422     42     380      14,000        1,000         4      $0.02+',
        '  fresh                     1,422',
        '',
        ...noted(120),
        '',
      ].join('\n'),
    );
  });

  it('leave columns out at 80', async () => {
    assert.equal(
      await at(80, 'report', '--by', 'model'),
      [
        'Tokens by model',
        '',
        'Model                      Tokens  Input  Output  Requests  List price',
        'claude-opus-4-5-20251101    14.3K     30     300         2       $0.02',
        'mystery-9                    1.1K      5      50         1    unpriced',
        'claude-haiku-4-5-20251001      37      7      30         1      <$0.01',
        'Total                       15.4K     42     380         4      $0.02+',
        '  fresh                      1.4K',
        '',
        ...noted(80),
        '',
      ].join('\n'),
    );
  });

  it('leave more out and shorten names at 60 and 40', async () => {
    const at60 = await at(60, 'report', '--by', 'block,model');
    assert.match(at60, /^5-hour block from +Model +Tokens +List price$/m);
    assert.match(at60, /^2026-05-12T08:00:00Z +claude-opus-4-5-2… +14\.3K +\$0\.02$/m);
    assert.match(await at(40, 'report', '--by', 'model'), /^claude-haiku-4-5-20… +37 +<\$0\.01$/m);
  });

  it('show no price and say nothing of bills with --no-cost', async () => {
    const out = await at(120, 'report', '--by', 'model', '--no-cost');
    assert.doesNotMatch(out, /price|bill|\$/);
    assert.match(out, /^Total +15,422/m);
  });

  it('say once that a list price is not the bill, and never $0 for what has no price', async () => {
    for (const args of [[], ['report', '--by', 'day'], ['doctor']]) {
      const out = await at(100, ...args);
      assert.equal(out.match(/not your bill/g)?.length, 1, args.join(' '));
      assert.doesNotMatch(out, /\$0(?!\.)/);
    }
  });

  it('name the time and the zone that were asked for', async () => {
    const heading = async (...args: string[]): Promise<string | undefined> =>
      (await at(200, 'report', ...args)).split('\n')[0];
    assert.equal(await heading('--by', 'day,tool'), 'Tokens by day, tool (UTC)');
    assert.equal(
      await heading('--by', 'tool', '--since', '2026-05-12', '--timezone', 'Asia/Tokyo'),
      'Tokens by tool (since 2026-05-12, Asia/Tokyo)',
    );
    assert.equal(
      await heading('--by', 'tool', '--since', '2026-05-12', '--until', '2026-05-12'),
      'Tokens by tool (on 2026-05-12, UTC)',
    );
  });

  it('write projects in the home with ~ and what is unknown as such', () => {
    const lines = table(
      [{ title: 'Project', kind: 'name', cut: 'start' }],
      [{ cells: ['~/code/shop/api'] }],
      10,
      plain,
    );
    assert.deepEqual(lines, ['Project', '…/shop/api']);
  });
});

describe('the overview', () => {
  const tally = (iso: string, fields: Partial<ModelTally> = {}): ModelTally => ({
    ...noSums(),
    quarter: Date.parse(iso) / 900_000,
    tool: 'claude-code',
    model: 'claude-opus-4-6',
    events: 1,
    input: 1000,
    cacheRead: 9000,
    costNanoUSD: 5e8,
    ...fields,
  });
  const tallies = [
    tally('2025-11-03T10:00Z', { input: 3000, cacheRead: 0 }),
    tally('2026-05-02T10:00Z'),
    tally('2026-05-11T10:00Z', {
      tool: 'codex',
      model: 'gpt-5',
      estimatedTokens: 10_000,
      costNanoUSD: 0,
      unpricedTokens: 10_000,
    }),
    tally('2026-05-12T08:00Z'),
    tally('2026-05-12T09:00Z', { model: 'claude-haiku-4-5', input: 500, cacheRead: 0, costNanoUSD: 1e6 }),
  ];
  const overview = (now: string, width = 80): string[] =>
    overviewTable(tallies, { zone: zoneOf('UTC'), now: Date.parse(now), cost: true }, { width, paint: plain });

  it('shows today, the last days by tool and model, and totals', () => {
    assert.deepEqual(overview('2026-05-12T20:00Z'), [
      'Today, Tue 12 May 2026: 10.5K tokens, 1.5K of them fresh, $0.50 list price, 2',
      'requests.',
      '',
      'Day and tool      Model             Tokens  Input  Output  Requests  List price',
      'Today                                10.5K   1.5K       0         2       $0.50',
      '  claude-code     claude-opus-4-6      10K     1K       0         1       $0.50',
      '  claude-code     claude-haiku-4-5     500    500       0         1      <$0.01',
      'Mon 11 May                            ~10K     1K       0         1    unpriced',
      '  codex           gpt-5               ~10K     1K       0         1    unpriced',
      'Sat 2 May                              10K     1K       0         1       $0.50',
      '  claude-code     claude-opus-4-6      10K     1K       0         1       $0.50',
      'Mon 3 Nov 2025                          3K     3K       0         1       $0.50',
      '  claude-code     claude-opus-4-6       3K     3K       0         1       $0.50',
      '',
      'Last 7 days                         ~20.5K   2.5K       0         3      $0.50+',
      '  fresh                              ~2.5K',
      '',
      'Last 30 days                        ~30.5K   3.5K       0         4      $1.00+',
      '  fresh                              ~3.5K',
      '',
      'Since 3 Nov 2025                    ~33.5K   6.5K       0         5      $1.50+',
      '  fresh                              ~6.5K',
      '',
      ...wrap('List price, not your bill: what the same requests would cost through the API of each provider.', 80),
      ...wrap('10K tokens of 1 model have no known price: gpt-5. A + marks a price that leaves them out.', 80),
      ...wrap('~ marks estimates: 10K tokens come from logs that hold text but no counts.', 80),
      'Fresh tokens are all but cache reads. Days are those of UTC.',
    ]);
  });

  it('says so when nothing was used today', () => {
    assert.equal(overview('2026-05-13T20:00Z')[0], 'Today, Wed 13 May 2026: nothing yet.');
  });

  it('sums up what is beyond a few models a day', () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      tally('2026-05-12T08:00Z', { model: `m${index}`, input: 100 * index }),
    );
    const lines = overviewTable(
      many,
      { zone: zoneOf('UTC'), now: Date.parse('2026-05-12T20:00Z'), cost: false },
      { width: 80, paint: plain },
    );
    assert.equal(lines.filter((line) => line.startsWith('  claude-code')).length, 4);
    assert.match(lines.join('\n'), /^ {2}others +4 more +36\.6K/m);
  });
});

describe('figures', () => {
  it('have a reasoning column only where a tool tells of reasoning', () => {
    const titles = (reasoning: number): string[] =>
      figuresOf({ ...noSums(), reasoning }, { cost: true, exact: true }).columns.map((column) => column.title);
    assert.ok(titles(1).includes('Reasoning'));
    assert.ok(!titles(0).includes('Reasoning'));
  });
});

describe('terminals', () => {
  const stream = (fields: object): NodeJS.WriteStream => fields as NodeJS.WriteStream;
  const colours = (fields: object, env: NodeJS.ProcessEnv = {}): boolean =>
    terminalOf(stream(fields), env).paint('x', 'strong') !== 'x';

  it('have colours only where they are terminals, and where nobody minds', () => {
    assert.equal(colours({ isTTY: true, columns: 80 }), true);
    assert.equal(colours({ isTTY: true, columns: 80 }, { NO_COLOR: '1' }), false);
    assert.equal(colours({ isTTY: true, columns: 80 }, { NO_COLOR: '' }), true);
    assert.equal(colours({ isTTY: true, columns: 80 }, { TERM: 'dumb' }), false);
    assert.equal(colours({}, { FORCE_COLOR: '1' }), false);
  });

  it('are as wide as they say, else as $COLUMNS says, else 80', () => {
    assert.equal(terminalOf(stream({ isTTY: true, columns: 132 }), { COLUMNS: '90' }).width, 132);
    assert.equal(terminalOf(stream({}), { COLUMNS: '90' }).width, 90);
    assert.equal(terminalOf(stream({}), { COLUMNS: 'many' }).width, 80);
    assert.equal(terminalOf(stream({}), {}).width, 80);
  });

  it('get no control characters from logs', () => {
    assert.equal(harmless('main\u001b[31m\u202eb\nc'), 'main?[31m?b?c');
  });

  it('are measured in columns, not characters', () => {
    assert.equal(widthOf('日本語'), 6);
    assert.equal(widthOf('e\u0301🚀'), 3);
    assert.equal(shorten('日本語プロジェクト', 7, 'end'), '日本語…');
    assert.equal(shorten('日本語プロジェクト', 8, 'start'), '…ェクト');
  });
});
