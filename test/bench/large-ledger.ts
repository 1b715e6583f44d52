import type { ToolId } from '../../src/usage/tool-id.ts';
import { type Random, seeded } from '../demo/random.ts';
import { type FilledLedger, filledLedger, type MadeUpRequest } from './filled-ledger.ts';

/** A home whose ledger holds many requests and whose logs are gone. */
export interface LargeLedger extends FilledLedger {
  readonly events: number;
  readonly days: number;
}

const dayMs = 86_400_000;

const models: Readonly<Partial<Record<ToolId, readonly string[]>>> = {
  'claude-code': ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'],
  codex: ['gpt-5.1-codex', 'gpt-5.2'],
  'gemini-cli': ['gemini-3-pro-preview'],
  opencode: ['claude-sonnet-4-5'],
};

/** A ledger of so many requests that end now; kept between runs as long as the ledger's sources are the same. */
export async function largeLedger(events: number, days: number): Promise<LargeLedger> {
  const filled = await filledLedger(`bench-ledger-${events}-${days}`, import.meta.filename, (end) =>
    requests(events, end - days * dayMs, end),
  );
  return { ...filled, events, days };
}

/** Sessions of a few requests to a few thousand, most of them in daylight, the last of them still going on. */
function* requests(events: number, from: number, to: number): Iterable<MadeUpRequest> {
  const random = seeded(7);
  let made = 0;
  for (let session = 0; made < events; session++) {
    const tool = random.pick<ToolId>([
      ['claude-code', 6],
      ['codex', 2],
      ['gemini-cli', 1],
      ['opencode', 1],
    ]);
    const project = `/home/dev/project-${random.whole(1, 40)}`;
    const branch = random.chance(0.5) ? 'main' : `feature/${random.whole(1, 400)}`;
    const subagent = random.chance(0.2);
    const length = Math.min(events - made, Math.round(10 ** random.between(0.7, 3.3)));
    // The first session ends now, so that there is something today.
    let time = session === 0 ? to - length * 40_000 : daylight(random, from, to - length * 45_000);
    const told = models[tool] ?? [];
    const model = told[random.whole(0, told.length - 1)] ?? 'unknown';
    for (let request = 0; request < length; request++, made++) {
      time += random.whole(2000, 78_000);
      yield {
        tool,
        event: {
          kind: 'usage',
          key: `bench:${made}`,
          time: Math.min(time, to),
          model,
          tokens: {
            input: random.whole(1, 3000),
            output: random.whole(20, 4000),
            cacheRead: random.whole(0, 160_000),
            cacheWrite5m: random.whole(0, 9000),
            cacheWrite1h: 0,
            reasoning: 0,
          },
          session: `session-${session}`,
          project,
          branch,
          subagent,
        },
      };
    }
  }
}

function daylight(random: Random, from: number, to: number): number {
  const time = random.between(from, Math.max(from, to));
  return Math.min(Math.floor(time / dayMs) * dayMs + random.between(7, 20) * 3_600_000, to);
}
