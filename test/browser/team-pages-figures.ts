import type { Aggregate, Row, Snapshot, Standing } from '../../src/team/protocol/board.ts';
import type { MetricId, WindowId } from '../../src/team/protocol/terms.ts';

const dayMs = 86_400_000;
const utcDay = (time: number) => new Date(time).toISOString().slice(0, 10);
const midnight = () => Date.parse(utcDay(Date.now()));

const names = [
  ...['Amber Lynx', 'Northern Gannet', 'Quiet Otter', 'Copper Ibex', 'Swift Plover', 'Moss Badger', 'Arctic Tern'],
  ...['Grey Marten', 'Silver Pike', 'Red Kite'],
];
const badges = [
  ['token-legend', 'cache-wizard', 'model-connoisseur'],
  ['token-legend', 'fleet-admiral'],
  ['cache-wizard', 'small-and-beautiful', 'token-legend'],
  ['token-legend'],
  ['model-connoisseur', 'toolsmith', 'token-legend'],
  [],
  ['budget-keeper', 'token-legend'],
  ['token-legend', 'comeback'],
  ['cache-wizard'],
  ['token-legend', 'fleet-admiral', 'toolsmith'],
];
const values = [281, 202, 172, 154, 142, 132, 132, 119, 114, 109];
export const ownRank = 47;

/** 250 people, the 47th of whom is the viewer. */
function rows(): readonly Row[] {
  return Array.from({ length: 250 }, (_, i): Row => {
    const own = i === ownRank - 1;
    return {
      rank: i === 6 ? 6 : i + 1,
      name: own ? 'Blue Heron' : (names[i] ?? `Grey Wagtail ${i + 1}`),
      named: false,
      value: Math.round((values[i] ?? 109 * Math.exp((9 - i) * 0.0162)) * 10) * 1e8,
      badges: own ? ['token-legend', 'cache-wizard', 'model-connoisseur'] : (badges[i % badges.length] ?? []),
      titles:
        i === 0
          ? [{ badge: 'token-legend', metric: 'tokens' }]
          : i === 2
            ? [{ badge: 'cache-wizard', metric: 'cacheShare' }]
            : i === 4
              ? [{ badge: 'model-connoisseur', metric: 'models' }]
              : [],
    };
  });
}

const told = (members: number, sum: number): Aggregate => ({
  ...{ members, sum, median: sum / members, spread: null, digits: 3, withheld: null },
});
const withheld = (reason: Aggregate['withheld']): Aggregate => ({
  ...{ members: null, sum: null, median: null, spread: null, digits: null, withheld: reason },
});

/** A snapshot of 60 trillion tokens, as the server would answer. */
export function largeSnapshot(board: number, window: WindowId, metric: MetricId): Snapshot {
  return {
    board,
    name: 'Acme',
    state: 'open',
    notice: null,
    window,
    metric,
    seq: 21,
    builtAt: new Date(midnight() + 600_000).toISOString(),
    nextAt: null,
    from: utcDay(midnight() - 30 * dayMs),
    to: utcDay(midnight() - dayMs),
    policyVersion: 1,
    quiet: false,
    topN: 250,
    rows: [...rows()],
    total: { ...told(12_480, 60.2e12), median: 2.3e9 },
    histogram: [
      [1e8, 5],
      [2e8, 10],
      [5e8, 15],
      [1e9, 20],
      [2e9, 25],
      [5e9, 15],
      [1e10, 5],
      [2e10, 5],
      [5e10, 0],
    ].map(([from = 0, percent = 0]) => ({ from, percent })),
    teams: [
      { team: 1, name: 'Search Infrastructure', rank: 1, aggregate: told(2910, 14.8e12) },
      { team: 2, name: 'Ads Ranking', rank: 2, aggregate: told(2204, 11.2e12) },
      { team: 8, name: 'Quantum Lab', rank: null, aggregate: withheld('too_few') },
      { team: 9, name: 'Robotics', rank: null, aggregate: withheld('dominated') },
    ],
  };
}

/** One's own standing in it. */
export function largeStanding(board: number, window: WindowId, metric: MetricId): Standing {
  return {
    board,
    window,
    metric,
    value: 59_938_354_422,
    rank: ownRank,
    percentile: 99,
    toNext: 534e6,
    listedRank: ownRank,
    visibility: 'pseudonym',
    seq: 21,
  };
}
