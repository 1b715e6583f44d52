import type { DatabaseSync } from 'node:sqlite';
import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';
import { reading } from './damage.ts';
import type { Ledger } from './ledger.ts';

const dayMs = 86_400_000;

/** A limit reading with the tool that was told it. */
export type ToolLimit = LimitReading & { readonly tool: ToolId };

/** Keeps what tools were told about their limits. */
export function limitStore(database: DatabaseSync): { add(reading: ToolLimit): void } {
  // Of two readings at one moment the higher one holds, whichever is read first.
  const insert = database.prepare(
    `INSERT INTO limit_reading VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET used_percent = excluded.used_percent, resets_at = excluded.resets_at, plan = excluded.plan
     WHERE (excluded.used_percent, coalesce(excluded.resets_at, 0), coalesce(excluded.plan, ''))
       > (used_percent, coalesce(resets_at, 0), coalesce(plan, ''))`,
  );
  return {
    add({ tool, windowMinutes, time, usedPercent, resetsAt, plan }) {
      if (!Number.isSafeInteger(windowMinutes) || !Number.isFinite(usedPercent) || !isTime(time)) return;
      const resets = resetsAt !== undefined && isTime(resetsAt) ? Math.round(resetsAt) : null;
      insert.run(tool, windowMinutes, Math.round(time), usedPercent, resets, plan ?? null);
    },
  };
}

/** The latest reading of each limit of each tool; what claims to be of the future at `now` does not count. */
export function latestLimits(ledger: Ledger, now = Date.now()): readonly ToolLimit[] {
  const rows = reading(ledger, () => latestRows(ledger.database, now + dayMs));
  return rows.map(limitOf);
}

/** A reading as it stands in the ledger's table. */
export function limitOf(row: Readonly<Record<string, unknown>>): ToolLimit {
  return {
    kind: 'limit',
    tool: row.tool as ToolId,
    windowMinutes: Number(row.window_minutes),
    time: Number(row.time),
    usedPercent: Number(row.used_percent),
    resetsAt: row.resets_at === null ? undefined : Number(row.resets_at),
    plan: row.plan === null ? undefined : String(row.plan),
  };
}

/** There are few limits and very many readings: going from limit to limit leaves all but the latest unread. */
function latestRows(database: DatabaseSync, until: number): readonly Record<string, unknown>[] {
  const nextWindow = database.prepare(
    'SELECT tool, window_minutes FROM limit_reading WHERE tool = ? AND window_minutes > ? ORDER BY window_minutes LIMIT 1',
  );
  const nextTool = database.prepare(
    'SELECT tool, window_minutes FROM limit_reading WHERE tool > ? ORDER BY tool, window_minutes LIMIT 1',
  );
  const latest = database.prepare(
    'SELECT * FROM limit_reading WHERE tool = ? AND window_minutes = ? AND time <= ? ORDER BY time DESC LIMIT 1',
  );
  const rows: Record<string, unknown>[] = [];
  for (let limit = nextTool.get(''); limit !== undefined; ) {
    const { tool, window_minutes: minutes } = limit as { readonly tool: string; readonly window_minutes: number };
    const row = latest.get(tool, minutes, until);
    if (row !== undefined) rows.push(row);
    limit = nextWindow.get(tool, minutes) ?? nextTool.get(tool);
  }
  return rows;
}

/** Whether epoch milliseconds are a date at all. */
function isTime(time: number): boolean {
  return Math.abs(time) <= 8.64e15;
}
