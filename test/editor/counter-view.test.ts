import assert from 'node:assert/strict';
import {
  type CounterFigures,
  type CounterState,
  counterView,
  type ViewOptions,
} from '../../src/editor/counter-view.ts';
import { figuresOf, figuresOfSums } from '../../src/editor/figures.ts';
import type { LimitPace } from '../../src/stats/limit-pace.ts';
import { noSums } from '../../src/stats/sums.ts';
import type { ModelTally } from '../../src/usage/tally.ts';

const now = Date.UTC(2026, 4, 12, 12);
const hour = 3_600_000;

const translate: ViewOptions['translate'] = (message, ...values) =>
  message.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));

const options: ViewOptions = {
  translate,
  shown: 'tokens',
  period: 'today',
  costSource: 'list',
  clock: (time) => new Date(time).toISOString().slice(11, 16),
  remote: undefined,
  demo: false,
};

const claude: ModelTally = {
  quarter: 0,
  tool: 'claude-code',
  model: 'claude-opus-4-5',
  events: 10,
  input: 100_000,
  output: 1_000_000,
  cacheRead: 84_300_000,
  cacheWrite5m: 2_900_000,
  cacheWrite1h: 100_000,
  reasoning: 0,
  webSearches: 0,
  costNanoUSD: 31_220_000_000,
  reportedNanoUSD: 2_000_000_000,
  unpricedTokens: 0,
  estimatedTokens: 0,
};
const unknownModel = { ...claude, tool: 'codex', model: 'unknown', costNanoUSD: 0, cacheRead: 0 } as const;

function pace(changes: Partial<LimitPace>): LimitPace {
  return {
    tool: 'codex',
    windowMinutes: 300,
    usedPercent: 62,
    time: now,
    resetsAt: now + 2.3334 * hour,
    plan: undefined,
    ageMs: 0,
    current: true,
    elapsed: 0.5,
    projectedPercent: undefined,
    runsOutAt: undefined,
    level: 'quiet',
    ...changes,
  };
}

function figures(changes: Partial<CounterFigures> = {}): CounterFigures {
  const today = figuresOf([claude]);
  return { today, period: today, limits: [], branch: undefined, ...changes };
}

function counted(changes: Partial<CounterFigures> = {}): CounterState {
  return { kind: 'counted', figures: figures(changes) };
}

describe('The counter', () => {
  it('shows tokens, fresh tokens or cost', () => {
    assert.equal(counterView(counted(), options).text, '$(graph) 88.4M');
    assert.equal(counterView(counted(), { ...options, shown: 'fresh' }).text, '$(graph) 4.1M');
    assert.equal(counterView(counted(), { ...options, shown: 'cost' }).text, '$(graph) ≈ $31');
    assert.equal(counterView(counted(), { ...options, shown: 'cost', costSource: 'reported' }).text, '$(graph) $2.00');
  });

  it('shows no cost for what has no price, rather than none', () => {
    const today = figuresOf([{ ...unknownModel, unpricedTokens: 4_100_000 }]);
    const view = counterView(counted({ today, period: today }), { ...options, shown: 'cost' });
    assert.equal(view.text, '$(graph) –');
    assert.match(view.tooltip, /4\.1M tokens have no known price/);
    assert.doesNotMatch(view.tooltip, /\$0/);
  });

  it('begins the tooltip with today, fresh tokens and the list price', () => {
    const { tooltip } = counterView(counted(), options);
    assert.equal(tooltip.split('\n')[0]?.trim(), '**Today 88.4M** · 4.1M fresh · ≈ $31 list price, not your bill');
  });

  it('says in the tooltip that nothing is shared, and links to more', () => {
    const { tooltip } = counterView(counted(), options);
    assert.match(tooltip, /nothing leaves this machine/);
    assert.match(tooltip, /command:tokenboard\.showDashboard/);
    assert.match(tooltip, /command:tokenboard\.openSettings/);
  });

  it('stays within nine lines with everything to tell', () => {
    const view = counterView(
      counted({
        limits: [300, 10_080].map((windowMinutes) => pace({ windowMinutes, usedPercent: 80 })),
        branch: { name: 'feature/long_name', figures: figuresOfSums({ ...noSums(), input: 5 }) },
      }),
      { ...options, period: 'month', remote: 'build-box', demo: true },
    );
    assert.ok(view.tooltip.split('\n').length <= 9 + 1, view.tooltip);
  });

  it('takes a branch that is written like a link for the name that it is', () => {
    const name = '[x](command:evil)$(bug)<b>';
    const figures = figuresOfSums({ ...noSums(), input: 5 });
    const { tooltip } = counterView(counted({ branch: { name, figures } }), {
      ...options,
      remote: '[y](command:evil)',
    });
    assert.doesNotMatch(tooltip, /\]\(command:evil/);
    assert.doesNotMatch(tooltip, /(?<!\\)\$\(bug|(?<!\\)<b>/);
  });

  it('grows by a limit only when that matters, and warns only when it is used up', () => {
    const quiet = counterView(counted({ limits: [pace({ usedPercent: 62 })] }), options);
    assert.equal(quiet.text, '$(graph) 88.4M');
    assert.match(quiet.tooltip, /Codex 5h 62 %, resets 14:20/);
    assert.equal(quiet.warns, false);
    const near = counterView(counted({ limits: [pace({ usedPercent: 82, level: 'near' })] }), options);
    assert.equal(near.text, '$(graph) 88.4M · 5h 82%');
    assert.equal(near.warns, false);
    const over = counterView(counted({ limits: [pace({ usedPercent: 100, level: 'over' })] }), options);
    assert.equal(over.text, '$(graph) 88.4M · 5h 100%');
    assert.equal(over.warns, true);
  });

  it('greys an old limit and tells its age', () => {
    const { tooltip } = counterView(counted({ limits: [pace({ ageMs: 3 * hour })] }), options);
    assert.match(tooltip, /<span style="color:[^"]+">Codex 5h 62 %.*3 h ago/);
  });

  it('tells how far the first count has come', () => {
    const progress = { files: 10, filesDone: 4, bytes: 1000, bytesDone: 420 };
    const view = counterView({ kind: 'counting', progress }, options);
    assert.equal(view.text, '$(loading~spin) 42%');
    assert.match(view.tooltip, /first time: 42%/);
  });

  it('is honest when nothing was found, and leads to what was looked for', () => {
    const view = counterView({ kind: 'nothing', tools: ['Claude Code', 'Codex'] }, options);
    assert.equal(view.text, '$(graph) 0');
    assert.match(view.tooltip, /No logs of an AI coding tool were found/);
    assert.match(view.tooltip, /looks for Claude Code, Codex\./);
    assert.equal(view.command, 'tokenboard.showFindings');
  });

  it('names the first of many tools, and says how many more it looks for', () => {
    const tools = Array.from({ length: 30 }, (_, index) => `Tool ${index + 1}`);
    const view = counterView({ kind: 'nothing', tools }, options);
    assert.match(view.tooltip, /looks for Tool 1, Tool 2, Tool 3, Tool 4, Tool 5, Tool 6 and 24 more tools\./);
  });

  it('keeps its figures when something fails, and says what', () => {
    const message = 'The ledger /home/dev/a_b.db could not be written: the disk is full.';
    const view = counterView({ kind: 'failed', message, figures: figures() }, options);
    assert.equal(view.text, '$(warning) 88.4M');
    assert.match(view.tooltip, /the disk is full/);
    assert.match(view.tooltip, /Today 88\.4M/);
    assert.equal(view.command, 'tokenboard.showLog');
    assert.equal(counterView({ kind: 'failed', message, figures: undefined }, options).text, '$(warning) –');
  });

  it('tells a screen reader in words what the figures are', () => {
    assert.equal(
      counterView(counted(), options).label,
      'Tokenboard, Today: 88.4M tokens, 4.1M of them fresh, ≈ $31 list price',
    );
  });

  it('marks estimates', () => {
    const today = figuresOf([{ ...claude, estimatedTokens: 1000 }]);
    assert.match(counterView(counted({ today, period: today }), options).tooltip, /Today about 88\.4M/);
  });

  it('labels demo data', () => {
    assert.match(counterView(counted(), { ...options, demo: true }).tooltip, /^\*\*Demo data\*\*/);
  });
});

describe('Figures', () => {
  it('leave out tools that are switched off', () => {
    const all = figuresOf([claude, unknownModel]);
    const some = figuresOf([claude, unknownModel], ['codex']);
    assert.equal(all.tokens, 88_400_000 + 4_100_000);
    assert.equal(some.tokens, 88_400_000);
    assert.deepEqual(
      some.tools.map(({ name }) => name),
      ['claude-code'],
    );
  });
});
