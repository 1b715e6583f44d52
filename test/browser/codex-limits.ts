import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What Codex was told about a limit: how much is used, in percent, and in how many milliseconds it starts anew. */
export interface ToldLimit {
  readonly minutes: number;
  readonly used: number;
  readonly resetsIn: number;
}

const id = '019a0000-0000-7000-8000-000000000000';

/** Appends to a rollout of Codex what it was told about its plan's limits at a time, epoch milliseconds. */
export function appendCodexLimits(home: string, time: number, [primary, secondary]: readonly ToldLimit[]): void {
  const file = join(home, '.codex', 'sessions', '2026', '01', '01', `rollout-2026-01-01T00-00-00-${id}.jsonl`);
  mkdirSync(dirname(file), { recursive: true });
  const timestamp = new Date(time).toISOString();
  const told = (limit: ToldLimit | undefined) =>
    limit === undefined
      ? null
      : {
          used_percent: limit.used,
          window_minutes: limit.minutes,
          resets_at: Math.floor((time + limit.resetsIn) / 1000),
        };
  const meta = { timestamp, type: 'session_meta', payload: { id, timestamp, cwd: '/home/dev/demo' } };
  const limits = {
    timestamp,
    type: 'event_msg',
    payload: {
      type: 'token_count',
      info: null,
      rate_limits: { limit_id: 'codex', primary: told(primary), secondary: told(secondary), plan_type: 'plus' },
    },
  };
  const lines = existsSync(file) ? [limits] : [meta, limits];
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
