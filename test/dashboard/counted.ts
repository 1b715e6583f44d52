import { type DashboardData, dashboardData } from '../../src/dashboard/dashboard-data.ts';
import type { DashboardSettings } from '../../src/dashboard/protocol/settings.ts';
import { batchBuilder } from '../../src/ledger/batch.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { writer } from '../../src/ledger/writer.ts';
import { loadPrices } from '../../src/pricing/price-list.ts';
import type { ToolId } from '../../src/usage/tool-id.ts';
import type { TokenCounts, UsageEvent } from '../../src/usage/usage-event.ts';
import type { Home } from '../ledger/home.ts';

/** A request, with only what a test needs to say. */
export type Request = Partial<Omit<UsageEvent, 'tokens'>> & {
  readonly time: number;
  readonly tool?: ToolId;
  readonly tokens?: Partial<TokenCounts>;
};

const noTokens: TokenCounts = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: 0 };

export const settings: DashboardSettings = {
  zone: 'UTC',
  locale: 'en',
  costSource: 'list',
  withoutTools: [],
  estimates: true,
  billing: {},
  accounts: [],
  budgets: [],
  allowance: undefined,
  badgeToasts: true,
};

/** Counts requests into a ledger as a scan at that moment does. */
export async function count(ledger: Ledger, now: number, requests: readonly Request[]): Promise<void> {
  const target = writer(
    ledger,
    await loadPrices(),
    () => now,
    () => {},
  );
  const batch = batchBuilder();
  for (const { tool = 'claude-code', tokens, ...event } of requests) {
    const whole: UsageEvent = {
      kind: 'usage',
      key: `k${counted++}`,
      model: 'claude-sonnet-4-5',
      session: 's1',
      project: '/home/me/app',
      branch: 'main',
      ...event,
      tokens: { ...noTokens, ...(tokens ?? { input: 10, output: 90 }) },
    };
    if (!batch.add(whole, tool, 0, 1)) throw new Error(`the ledger refuses ${JSON.stringify(event)}`);
  }
  target.take(batch.finish([]));
  target.flush();
}

let counted = 0;

const open = new Set<DashboardData>();

afterEach(() => {
  for (const data of open) data.close();
  open.clear();
});

export interface Dashboard extends DashboardData {
  /** How often figures were said to have changed. */
  changes(): number;
}

/** The dashboard's figures of a home at a moment; closed after the test. */
export function dashboardOf(
  home: Home,
  now: number | (() => number),
  more: Partial<DashboardSettings> = {},
): Dashboard {
  let changes = 0;
  const data = dashboardData(home.machine, {
    now: typeof now === 'number' ? () => now : now,
    onChanged: () => {
      changes++;
    },
  });
  data.configure({ ...settings, ...more });
  open.add(data);
  return { ...data, changes: () => changes };
}

/** A new ledger with these requests, and its figures. */
export async function counting(
  home: Home,
  now: number,
  requests: readonly Request[],
  more: Partial<DashboardSettings> = {},
): Promise<Dashboard> {
  const ledger = home.open();
  await count(ledger, now, requests);
  return dashboardOf(home, now, more);
}
