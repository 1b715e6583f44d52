import fc from 'fast-check';
import { type ClaudeRequest, claudeLine, noon } from './log-lines.ts';
import type { RandomLog, RandomLogs } from './random-logs.ts';

const models = ['claude-opus-4-6', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5@20251001', 'some-unknown-model', ''];
const noise = [
  '{"type":"user","message":{"role":"user","content":"what are \\"input_tokens\\"?"}}\n',
  '{"type":"summary","summary":"a talk about \\"output_tokens\\": 5000"}\n',
  '{"type":"assistant","message":{"id":"msg_cut","usage":{"input_tokens":7777,"outp\n',
  'no JSON "input_tokens"\n',
  '{"type":"user","usage":{"input_tokens":9999,"output_tokens":9999}}\n',
  claudeLine({ id: 'synthetic', model: '<synthetic>', output: 555 }),
];

/** A request as its model made it; `repeats` are the outputs that shorter lines told on the way. */
interface Made {
  readonly request: ClaudeRequest;
  readonly repeats: readonly number[];
  readonly tokens: number;
  readonly agent: boolean;
}

const count = fc.oneof(fc.constant(0), fc.nat(500), fc.nat(300_000));

const drawn = fc.record({
  model: fc.constantFrom(...models),
  minutes: fc.oneof(fc.nat(5), fc.nat(60 * 24 * 40)),
  input: count,
  output: fc.integer({ min: 1, max: 40_000 }),
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  repeats: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  branch: fc.constantFrom('main', 'main', 'feature/x', ''),
  named: fc.constantFrom('message', 'message', 'message', 'request only'),
  agent: fc.boolean(),
  stopped: fc.boolean(),
});

/** A record of one session's request that stands in another session's file too, or in a subagent's. */
const copied = fc.record({
  from: fc.nat(),
  request: fc.nat(),
  to: fc.nat(),
  kind: fc.constantFrom('resumed', 'aside question', 'tie'),
});

const drawnSession = fc.record({
  project: fc.constantFrom('-home-dev-app', '-home-dev-web'),
  requests: fc.array(drawn, { maxLength: 6 }),
  noise: fc.array(fc.record({ at: fc.nat(), line: fc.constantFrom(...noise) }), { maxLength: 3 }),
});

/** Transcripts of Claude Code. */
export const randomClaudeLogs: fc.Arbitrary<RandomLogs> = fc
  .record({
    sessions: fc.array(drawnSession, { minLength: 1, maxLength: 3 }),
    copies: fc.array(copied, { maxLength: 6 }),
  })
  .map(({ sessions, copies }) => {
    const made = sessions.map(({ requests }, s) => requests.map((request, r) => makeRequest(request, s, r)));
    const main = sessions.map((_, s) => linesOf((made[s] ?? []).filter(({ agent }) => !agent)));
    const agents = sessions.map((_, s) => linesOf((made[s] ?? []).filter(({ agent }) => agent)));
    for (const { from, request, to, kind } of copies) {
      const source = pick(made, from);
      const original = source && pick(source, request);
      const target = kind === 'aside question' ? pick(agents, to) : pick(main, to);
      if (original !== undefined && target !== undefined) target.push(copyOf(original, to % sessions.length, kind));
    }
    for (const [s, { noise }] of sessions.entries()) {
      const lines = main[s] ?? [];
      for (const { at, line } of noise) lines.splice(at % (lines.length + 1), 0, line);
    }
    const logs = sessions.flatMap(({ project }, s): RandomLog[] => {
      const path = `.claude/projects/${project}/session-${s}`;
      const agentLog = { path: `${path}/subagents/agent-1.jsonl`, lines: agents[s] ?? [] };
      return [{ path: `${path}.jsonl`, lines: main[s] ?? [] }, ...(agentLog.lines.length > 0 ? [agentLog] : [])];
    });
    const all = made.flat();
    return { logs, requests: all.length, tokens: all.reduce((sum, { tokens }) => sum + tokens, 0) };
  });

type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

function makeRequest(request: Drawn, session: number, index: number): Made {
  const name = `${session}_${index}`;
  const whole = request.named === 'message';
  return {
    request: {
      ...request,
      id: whole ? `msg_${name}` : '',
      requestId: `req_${name}`,
      session: `session-${session}`,
      time: noon + request.minutes * 60_000 + index,
      sidechain: request.agent,
    },
    // Without a message id, only equal records are known to be one request.
    repeats: request.repeats.map((part) => (whole ? Math.floor(part * request.output) : request.output)),
    tokens: request.input + request.output + request.cacheRead + request.cacheWrite5m + request.cacheWrite1h,
    agent: request.agent,
  };
}

function linesOf(made: readonly Made[]): string[] {
  return made.flatMap(({ request, repeats }) => [
    ...repeats.toSorted((a, b) => a - b).map((output) => claudeLine({ ...request, output, stopped: false })),
    claudeLine(request),
  ]);
}

function copyOf({ request, agent }: Made, session: number, kind: 'resumed' | 'aside question' | 'tie'): string {
  const time = Number(request.time);
  // A sidechain repeats its parent's message with counts of its own, which are not what it consumed.
  if (kind === 'aside question' && !agent && request.id !== '') {
    return claudeLine({ ...request, requestId: 'req_aside', sidechain: true, cacheRead: 50_000, time: time + 60_000 });
  }
  // Two records that differ only in what is below the output: the one with more tokens counts.
  if (kind === 'tie' && request.id !== '') return claudeLine({ ...request, input: 0, session: `session-${session}` });
  return claudeLine({ ...request, session: `session-${session}` });
}

function pick<Value>(values: readonly Value[], index: number): Value | undefined {
  return values[index % Math.max(1, values.length)];
}
