import { inputEquivalents } from '../usage/input-equivalents.ts';
import { quarterMs } from '../usage/tally.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { andCounted } from './counted-series.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';

/** What a session with its subagents has burnt in a span. */
export interface SessionBurn {
  readonly tool: ToolId;
  readonly session: string;
  /** The folder where it burnt the most; empty where unknown. */
  readonly project: string;
  readonly tokens: number;
  /** The tokens weighed: see `inputEquivalents`. */
  readonly burn: number;
  readonly subagents: number;
}

/** How much a session burns in an hour: a quantile over the hours in which any session burnt something. */
export interface UsualHour {
  /** Hours of sessions; two sessions in one hour are two. */
  readonly hours: number;
  /** Weighed tokens; 0 without any hours. */
  readonly burn: number;
}

const quartersAnHour = 4;
const { output, cacheRead, cacheWrite5m, cacheWrite1h } = inputEquivalents;
const burn = `total(input + ${output} * output + ${cacheRead} * cache_read + ${cacheWrite5m} * cache_write_5m + ${cacheWrite1h} * cache_write_1h)`;
const tokens = 'total(input + output + cache_read + cache_write_5m + cache_write_1h)';

/**
 * The quantile (0 to 1) over all sessions' hours in a span, epoch milliseconds; without `estimates` over what is exact alone.
 * Throws a `LedgerError` where the ledger is damaged.
 */
export function usualHour(ledger: Ledger, since: number, until: number, quantile: number, estimates = true): UsualHour {
  const sql = `SELECT ${burn} AS burn FROM tally JOIN origin ON origin.id = tally.origin
    WHERE quarter >= ? AND quarter < ? ${andCounted(estimates)} GROUP BY tool, session, quarter / ${quartersAnHour}`;
  const [from, to] = [since, until].map((time) => Math.floor(time / quarterMs));
  const rows = reading(ledger, () => ledger.database.prepare(sql).all(from ?? 0, to ?? 0));
  const burns = Float64Array.from(rows, (row) => Number(row.burn)).sort();
  return { hours: burns.length, burn: burns[Math.max(0, Math.ceil(quantile * burns.length) - 1)] ?? 0 };
}

/** What each session has burnt since a time, epoch milliseconds, the most first. `estimates` and errors as with `usualHour`. */
export function sessionBurns(ledger: Ledger, since: number, estimates = true): readonly SessionBurn[] {
  const sql = `SELECT tool, session, project, ${burn} AS burn, ${tokens} AS tokens, count(DISTINCT nullif(agent, '')) AS agents
    FROM tally JOIN origin ON origin.id = tally.origin
    WHERE quarter >= ? ${andCounted(estimates)} GROUP BY tool, session, project ORDER BY burn DESC`;
  const rows = reading(ledger, () => ledger.database.prepare(sql).all(Math.floor(since / quarterMs)));
  const sessions = new Map<string, SessionBurn>();
  for (const row of rows) {
    const name = `${row.tool} ${row.session}`;
    const known = sessions.get(name);
    sessions.set(name, {
      tool: row.tool as ToolId,
      session: String(row.session),
      project: known?.project || String(row.project),
      tokens: (known?.tokens ?? 0) + Number(row.tokens),
      burn: (known?.burn ?? 0) + Number(row.burn),
      subagents: (known?.subagents ?? 0) + Number(row.agents),
    });
  }
  return [...sessions.values()].sort((a, b) => b.burn - a.burn);
}
