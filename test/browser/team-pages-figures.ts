import type { TeamBoardView, TeamStatus, UploadPreview } from '../../src/dashboard/protocol/team.ts';
import type { Aggregate, BoardInfo, Row, Snapshot, Standing } from '../../src/team/protocol/board.ts';
import type { Policy } from '../../src/team/protocol/policy.ts';
import { type MetricId, metricIds, metrics, type WindowId } from '../../src/team/protocol/terms.ts';

const dayMs = 86_400_000;
const utcDay = (time: number) => new Date(time).toISOString().slice(0, 10);
const midnight = () => Date.parse(utcDay(Date.now()));

export const policy: Policy = {
  purpose: 'To see what coding tools are used for and cost, and to learn from each other.',
  organisation: 'Acme',
  contact: 'dx@acme.example',
  worksAgreement: 'Works agreement 2026-07',
  usedForPay: false,
  cadence: 'daily',
  k: 5,
  topN: 250,
  quiet: false,
  metrics: [...metricIds],
  defaultMetric: 'fresh',
  budget: null,
  version: 3,
  text: 'Acme runs this board.\n\nIt is not used to judge pay or performance.',
  sha256: 'a'.repeat(64),
  since: '2026-11-02T09:00:00.000Z',
  namedBoards: true,
  fields: ['UTC day', 'tool'],
  seenBy: ['Members see the first 250.'],
  retentionDays: { cells: 35, days: 92, audit: 90 },
};

export const status: TeamStatus = {
  state: 'on',
  organisation: 'Acme',
  origin: 'https://tokens.acme.example',
  as: 'Blue Heron',
  role: 'member',
  lastSyncAt: Date.now() - 3_600_000,
  pausedUntil: undefined,
  problem: undefined,
  forbidden: undefined,
  flag: undefined,
};

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
export function rows(): readonly Row[] {
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
export const withheld = (reason: Aggregate['withheld']): Aggregate => ({
  ...{ members: null, sum: null, median: null, spread: null, digits: null, withheld: reason },
});

export function boards(changes: Partial<BoardInfo> = {}): readonly BoardInfo[] {
  const info: BoardInfo = {
    id: 0,
    kind: 'organisation',
    name: 'Acme',
    state: 'open',
    notice: null,
    cadence: 'daily',
    windows: ['7d', '30d', '90d'],
    metrics: [...metricIds],
    defaultWindow: '30d',
    defaultMetric: 'tokens',
    quiet: false,
    visibility: 'pseudonym',
    pseudonym: 'Blue Heron',
    ...changes,
  };
  return [info, { ...info, id: 5, kind: 'team', name: 'Developer Tools', pseudonym: 'Lone Fern' }];
}

export interface BoardChanges {
  readonly snapshot?: Partial<Snapshot>;
  readonly standing?: Partial<Standing>;
  readonly boards?: Partial<BoardInfo>;
  readonly offline?: string;
  /** Of the snapshot, milliseconds. */
  readonly age?: number;
}

/** A board of 60 trillion tokens. */
export function boardView(
  board: number,
  window: WindowId,
  metric: MetricId,
  changes: BoardChanges = {},
): TeamBoardView {
  const built = changes.age === undefined ? midnight() + 600_000 : Date.now() - changes.age;
  const own = 59_938_354_422;
  const snapshot: Snapshot = {
    board,
    name: board === 0 ? 'Acme' : 'Developer Tools',
    state: 'open',
    notice: null,
    window,
    metric,
    seq: 21,
    builtAt: new Date(built).toISOString(),
    nextAt: null,
    from: utcDay(midnight() - 30 * dayMs),
    to: utcDay(midnight() - dayMs),
    policyVersion: 3,
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
      { team: 3, name: 'Payments', rank: 3, aggregate: told(1688, 8.6e12) },
      { team: 4, name: 'Mobile Clients', rank: 4, aggregate: told(1530, 7.1e12) },
      { team: 5, name: 'Developer Tools', rank: 5, aggregate: told(1012, 6.4e12) },
      { team: 6, name: 'Data Platform', rank: 6, aggregate: told(1104, 5.3e12) },
      { team: 7, name: 'Trust and Safety', rank: 7, aggregate: told(742, 2.9e12) },
      { team: 8, name: 'Quantum Lab', rank: null, aggregate: withheld('too_few') },
      { team: 9, name: 'Robotics', rank: null, aggregate: withheld('dominated') },
    ],
    ...changes.snapshot,
  };
  const standing: Standing = {
    board,
    window,
    metric,
    value: own,
    rank: ownRank,
    percentile: 99,
    toNext: 534e6,
    listedRank: ownRank,
    visibility: 'pseudonym',
    seq: 21,
    ...changes.standing,
  };
  return {
    boards: boards(changes.boards),
    snapshot,
    standing,
    fetchedAt: Date.now(),
    offline: changes.offline,
    viewer: 'Blue Heron',
    formula: metrics[metric].formula,
  };
}

/** The bytes of an upload that a choice leads to; models only where they are switched on. */
export function preview(models: boolean, since: string): UploadPreview {
  const day = utcDay(midnight() - dayMs);
  const cells =
    since > day
      ? []
      : ['claude-code', 'codex'].map((tool, i) => ({
          ...{ day, tool, model: models ? 'claude-opus-4-5' : 'other', rev: 3 - i, in: 6214, out: 12_180, cr: 702_340 },
          ...{ cw: 18_906, cw1: 0, rs: 0, req: 14 - 5 * i, est: false, usd: 742_913, pv: '2026-11-18' },
        }));
  return {
    json: JSON.stringify({ v: 1, seq: 1, policyVersion: 3, client: '0.1.0', cells }),
    cells: cells.length,
    tokens: cells.reduce((sum, cell) => sum + cell.in + cell.out + cell.cr + cell.cw, 0),
    since: cells.length === 0 ? undefined : day,
    until: cells.length === 0 ? undefined : day,
    tools: cells.map(({ tool }) => tool),
    models: cells.map(({ model }) => model),
    more: 0,
  };
}
