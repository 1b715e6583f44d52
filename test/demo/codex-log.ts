import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DemoRequest, DemoSession } from './plan.ts';

interface Totals {
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_output_tokens: number;
  readonly total_tokens: number;
}

const nothing: Totals = {
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
  total_tokens: 0,
};

/** Writes a session as Codex does: a rollout whose token counts grow, with what it was told about the plan's limits. */
export function writeCodex(home: string, session: DemoSession): void {
  const [first] = session.requests;
  if (first === undefined) return;
  const begun = new Date(first.time).toISOString();
  const lines: unknown[] = [
    line(first.time, 'session_meta', {
      id: uuid(session.id),
      timestamp: begun,
      cwd: session.project,
      originator: 'codex_cli_rs',
      cli_version: '0.104.0',
      git: { branch: session.branch },
    }),
    line(first.time, 'turn_context', { cwd: session.project, model: session.model }),
  ];
  let total = nothing;
  for (const request of session.requests) {
    const last = totals(request);
    total = sum(total, last);
    lines.push(tokenCount(request.time, total, last));
  }
  const file = join(home, '.codex', 'sessions', ...begun.slice(0, 10).split('-'), rolloutName(begun, session.id));
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, lines.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

function tokenCount(time: number, total: Totals, last: Totals): unknown {
  const used = (share: number) => Math.round(((total.total_tokens / 1e6) * share) % 100);
  return line(time, 'event_msg', {
    type: 'token_count',
    info: { total_token_usage: total, last_token_usage: last, model_context_window: 272_000 },
    rate_limits: {
      primary: { used_percent: used(9), window_minutes: 300, resets_at: Math.floor(time / 1000) + 9000 },
      secondary: { used_percent: used(2), window_minutes: 10_080, resets_at: Math.floor(time / 1000) + 260_000 },
    },
  });
}

/** Codex's input includes what came from the cache. */
function totals(request: DemoRequest): Totals {
  const input = request.input + request.cacheRead;
  return {
    input_tokens: input,
    cached_input_tokens: request.cacheRead,
    output_tokens: request.output,
    reasoning_output_tokens: request.reasoning,
    total_tokens: input + request.output,
  };
}

function sum(a: Totals, b: Totals): Totals {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    cached_input_tokens: a.cached_input_tokens + b.cached_input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    reasoning_output_tokens: a.reasoning_output_tokens + b.reasoning_output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  };
}

function line(time: number, type: string, payload: unknown): unknown {
  return { timestamp: new Date(time).toISOString(), type, payload };
}

function rolloutName(begun: string, id: string): string {
  return `rollout-${begun.slice(0, 19).replaceAll(':', '-')}-${uuid(id)}.jsonl`;
}

function uuid(id: string): string {
  return `${id}-0000-4000-8000-000000000000`;
}
