import fc from 'fast-check';
import { type CodexUsage, codexCount, codexHead, codexTurn, noon } from './log-lines.ts';
import type { RandomLog, RandomLogs } from './random-logs.ts';

const nothing: CodexUsage = { input: 0, cached: 0, output: 0, reasoning: 0 };

const used: fc.Arbitrary<CodexUsage> = fc
  .record({
    input: fc.integer({ min: 1, max: 200_000 }),
    cached: fc.double({ min: 0, max: 1, noNaN: true }),
    output: fc.integer({ min: 1, max: 9000 }),
    reasoning: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ input, cached, output, reasoning }) => ({
    input,
    cached: Math.floor(input * cached),
    output,
    reasoning: Math.floor(output * reasoning),
  }));

const drawnRequest = fc.record({
  used,
  pause: fc.integer({ min: 3, max: 7200 }),
  /** How often the same snapshot is written again. */
  again: fc.nat(2),
  turn: fc.boolean(),
  limits: fc.option(fc.record({ fiveHours: fc.nat(100), week: fc.nat(100) }), { nil: undefined }),
});

const drawnThread = fc.record({
  model: fc.constantFrom('gpt-5.1-codex', 'gpt-5.1-codex-mini', 'gpt-5.2'),
  day: fc.nat(20),
  requests: fc.array(drawnRequest, { maxLength: 6 }),
  fork: fc.option(
    fc.record({
      after: fc.nat(6),
      pause: fc.integer({ min: 10, max: 90_000 }),
      requests: fc.array(drawnRequest, { maxLength: 4 }),
    }),
    { nil: undefined },
  ),
});

type DrawnRequest = typeof drawnRequest extends fc.Arbitrary<infer Value> ? Value : never;

interface Told {
  readonly lines: readonly string[];
  readonly total: CodexUsage;
  readonly time: number;
}

/** Rollouts of Codex: snapshots of running totals, often repeated, and forks that begin with their parent's history. */
export const randomCodexLogs: fc.Arbitrary<RandomLogs> = fc.array(drawnThread, { maxLength: 2 }).map((threads) => {
  const logs: RandomLog[] = [];
  let requests: DrawnRequest[] = [];
  for (const [t, { model, day, requests: own, fork }] of threads.entries()) {
    const id = idOf(t, 'a');
    const start = noon + day * 86_400_000 + t * 7;
    const told = tell(own, { lines: [], total: nothing, time: start });
    logs.push({ path: pathOf(id, start), lines: [codexHead(id, start, { model }), ...told.lines] });
    requests = [...requests, ...own];
    if (fork === undefined) continue;
    const kept = tell(own.slice(0, fork.after), { lines: [], total: nothing, time: start });
    const created = told.time + fork.pause * 1000;
    const child = idOf(t, 'b');
    const head = codexHead(child, created, { forkedFrom: id, model });
    const after = tell(fork.requests, { ...kept, lines: [], time: created + 5000 });
    const lines = [head, codexTurn(start, model), ...kept.lines, codexTurn(created + 5000, model), ...after.lines];
    logs.push({ path: pathOf(child, created), lines });
    requests = [...requests, ...fork.requests];
  }
  const tokens = requests.reduce((sum, { used: { input, output } }) => sum + input + output, 0);
  return { logs, requests: requests.length, tokens };
});

function tell(requests: readonly DrawnRequest[], from: Told): Told {
  const lines: string[] = [];
  let { total, time } = from;
  for (const { used: last, pause, again, turn, limits } of requests) {
    if (turn) lines.push(codexTurn(time + 1000));
    time += pause * 1000;
    total = sum(total, last);
    for (let i = 0; i <= again; i++) lines.push(codexCount(time + i * 10, total, last, limits));
  }
  return { lines, total, time };
}

function sum(a: CodexUsage, b: CodexUsage): CodexUsage {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

function idOf(thread: number, letter: string): string {
  return `0000000${thread}-1111-4222-8333-00000000000${letter}`;
}

function pathOf(id: string, time: number): string {
  const stamp = new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');
  return `.codex/sessions/${stamp.slice(0, 10).replaceAll('-', '/')}/rollout-${stamp}-${id}.jsonl`;
}
