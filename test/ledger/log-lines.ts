/** Lines of logs as the tools write them, with only what a test needs to say. */

/** A noon in the past, from which tests count on. Epoch milliseconds. */
export const noon = Date.UTC(2026, 4, 12, 12);

export interface ClaudeRequest {
  readonly id?: string | undefined;
  readonly requestId?: string | undefined;
  readonly session?: string | undefined;
  readonly model?: string | undefined;
  /** Epoch milliseconds. */
  readonly time?: number | string | undefined;
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  readonly project?: string | undefined;
  readonly branch?: string | undefined;
  readonly sidechain?: boolean | undefined;
  readonly stopped?: boolean | undefined;
}

/** One line of a Claude Code transcript, line feed included. */
export function claudeLine(request: ClaudeRequest = {}): string {
  return `${JSON.stringify(claudeRecord(request))}\n`;
}

/** The object on such a line. */
export function claudeRecord(request: ClaudeRequest = {}): unknown {
  const { id = 'msg_1', time = noon, cacheWrite5m = 0, cacheWrite1h = 0 } = request;
  return {
    type: 'assistant',
    timestamp: typeof time === 'number' ? new Date(time).toISOString() : time,
    sessionId: request.session ?? 'session-1',
    cwd: request.project ?? '/home/dev/app',
    gitBranch: request.branch ?? 'main',
    isSidechain: request.sidechain ?? false,
    requestId: request.requestId,
    message: {
      id: id === '' ? undefined : id,
      role: 'assistant',
      model: request.model ?? 'claude-sonnet-4-5-20250929',
      stop_reason: request.stopped === true ? 'end_turn' : null,
      content: [{ type: 'text', text: 'ok' }],
      usage: {
        input_tokens: request.input ?? 10,
        output_tokens: request.output ?? 90,
        cache_read_input_tokens: request.cacheRead ?? 0,
        cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
        cache_creation: { ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h },
        service_tier: 'standard',
      },
    },
  };
}

export interface CodexUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

function usage({ input, cached, output, reasoning }: CodexUsage): unknown {
  return {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: reasoning,
    total_tokens: input + output,
  };
}

function codexLine(time: number, type: string, payload: unknown): string {
  return `${JSON.stringify({ timestamp: new Date(time).toISOString(), type, payload })}\n`;
}

/** The head of a rollout, and the turn in which its requests are made. */
export function codexHead(
  id: string,
  time: number,
  { forkedFrom, model = 'gpt-5.1-codex' }: { readonly forkedFrom?: string; readonly model?: string } = {},
): string {
  const meta = { id, timestamp: new Date(time).toISOString(), cwd: '/home/dev/app', forked_from_id: forkedFrom };
  return codexLine(time, 'session_meta', meta) + codexTurn(time, model);
}

/** A turn begins. */
export function codexTurn(time: number, model = 'gpt-5.1-codex', turn?: string): string {
  return codexLine(time, 'turn_context', { cwd: '/home/dev/app', model, turn_id: turn });
}

/** A snapshot of a rollout's counter, maybe with limits of the plan: percent used of five hours and of the week. */
export function codexCount(
  time: number,
  total: CodexUsage,
  last: CodexUsage,
  limits?: { readonly fiveHours: number; readonly week: number; readonly resetsAt?: number },
): string {
  const window = (minutes: number, percent: number): unknown => ({
    used_percent: percent,
    window_minutes: minutes,
    resets_at: limits?.resetsAt ?? Math.floor(time / 1000) + minutes * 60,
  });
  return codexLine(time, 'event_msg', {
    type: 'token_count',
    info: { total_token_usage: usage(total), last_token_usage: usage(last), model_context_window: 272_000 },
    rate_limits:
      limits === undefined
        ? null
        : { primary: window(300, limits.fiveHours), secondary: window(10_080, limits.week), plan_type: 'plus' },
  });
}
