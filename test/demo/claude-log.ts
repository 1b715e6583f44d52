import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One request as Claude Code logs it. */
export interface ClaudeRequest {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly session: string;
  /** Absolute path of the project folder. */
  readonly project: string;
  readonly branch?: string;
  readonly model?: string;
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

/** The line that Claude Code writes for a request, with its line feed. */
export function claudeLine(request: ClaudeRequest): string {
  const { id, session } = request;
  const line = {
    type: 'assistant',
    uuid: `uuid-${id}`,
    sessionId: session,
    timestamp: new Date(request.time).toISOString(),
    cwd: request.project,
    gitBranch: request.branch ?? 'main',
    version: '2.1.7',
    requestId: `req_${id}`,
    message: {
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      model: request.model ?? 'claude-opus-4-5-20251101',
      content: [{ type: 'text', text: 'demo' }],
      stop_reason: 'end_turn',
      usage: {
        input_tokens: request.input ?? 0,
        output_tokens: request.output ?? 0,
        cache_read_input_tokens: request.cacheRead ?? 0,
        cache_creation_input_tokens: request.cacheWrite ?? 0,
        cache_creation: { ephemeral_5m_input_tokens: request.cacheWrite ?? 0, ephemeral_1h_input_tokens: 0 },
        service_tier: 'standard',
      },
    },
  };
  return `${JSON.stringify(line)}\n`;
}

/** The file of a session's log in a home folder. */
export function claudeFile(home: string, session: string, project: string): string {
  return join(home, '.claude', 'projects', project.replace(/[^a-zA-Z0-9]/g, '-'), `${session}.jsonl`);
}

/** Appends a request to its session's log, as the running tool would. */
export function appendClaude(home: string, request: ClaudeRequest): void {
  const file = claudeFile(home, request.session, request.project);
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, claudeLine(request));
}
