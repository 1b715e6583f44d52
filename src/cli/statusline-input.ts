import type { ToolLimit } from '../ledger/limits.ts';
import { at, type Json, number, text, time } from '../readers/json.ts';

/** What Claude Code tells its status line; all of it may be missing. */
export interface StatuslineInput {
  readonly session: string | undefined;
  /** The folder that the session works in, absolute. */
  readonly folder: string | undefined;
  /** The model's name for people. */
  readonly model: string | undefined;
  /** How full the context window is. */
  readonly contextPercent: number | undefined;
  /** The limits of the plan whose window still runs. */
  readonly limits: readonly ToolLimit[];
}

const windows = [
  { name: 'five_hour', windowMinutes: 300 },
  { name: 'seven_day', windowMinutes: 10_080 },
] as const;

/** Reads what was piped in at a moment (epoch milliseconds); what is not understood is as if it were missing. */
export function statuslineInput(piped: string, now: number): StatuslineInput {
  const told = parsed(piped);
  return {
    session: text(at(told, 'session_id')),
    folder: text(at(told, 'workspace', 'current_dir')) ?? text(at(told, 'cwd')),
    model: text(at(told, 'model', 'display_name')) ?? text(at(told, 'model', 'id')),
    contextPercent: number(at(told, 'context_window', 'used_percentage')),
    limits: windows.flatMap(({ name, windowMinutes }): ToolLimit[] => {
      const limit = at(told, 'rate_limits', name);
      const usedPercent = number(at(limit, 'used_percentage'));
      const resetsAt = time(at(limit, 'resets_at'));
      if (usedPercent === undefined || usedPercent < 0 || (resetsAt !== undefined && resetsAt <= now)) return [];
      return [{ kind: 'limit', tool: 'claude-code', time: now, windowMinutes, usedPercent, resetsAt }];
    }),
  };
}

function parsed(piped: string): Json | undefined {
  try {
    return JSON.parse(piped) as Json;
  } catch {
    return undefined;
  }
}
