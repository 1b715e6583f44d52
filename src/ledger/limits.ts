import type { DatabaseSync } from 'node:sqlite';
import type { LimitReading } from '../usage/limit-reading.ts';
import type { ToolId } from '../usage/tool-id.ts';
import type { Ledger } from './ledger.ts';

/** A limit reading with the tool that was told it. */
export type ToolLimit = LimitReading & { readonly tool: ToolId };

/** Keeps what tools were told about their limits. */
export function limitStore(database: DatabaseSync): { add(reading: ToolLimit): void } {
  const insert = database.prepare('INSERT OR IGNORE INTO limit_reading VALUES (?, ?, ?, ?, ?, ?)');
  return {
    add({ tool, windowMinutes, time, usedPercent, resetsAt, plan }) {
      if (!Number.isSafeInteger(windowMinutes) || !Number.isFinite(usedPercent) || !Number.isFinite(time)) return;
      const resets = resetsAt !== undefined && Number.isFinite(resetsAt) ? Math.round(resetsAt) : null;
      insert.run(tool, windowMinutes, Math.round(time), usedPercent, resets, plan ?? null);
    },
  };
}

/** The latest reading of each limit of each tool. */
export function latestLimits({ database }: Ledger): readonly ToolLimit[] {
  const rows = database
    .prepare(
      'SELECT *, max(time) AS latest FROM limit_reading GROUP BY tool, window_minutes ORDER BY tool, window_minutes',
    )
    .all();
  return rows.map((row) => ({
    kind: 'limit',
    tool: row.tool as ToolId,
    windowMinutes: Number(row.window_minutes),
    time: Number(row.latest),
    usedPercent: Number(row.used_percent),
    resetsAt: row.resets_at === null ? undefined : Number(row.resets_at),
    plan: row.plan === null ? undefined : String(row.plan),
  }));
}
