import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ToolId } from '../../src/usage/tool-id.ts';
import { type Random, seeded } from '../demo/random.ts';
import { cacheFolder } from '../workbench/cache-folder.ts';
import { type FilledLedger, filledLedger, type MadeUpRequest } from './filled-ledger.ts';

const years = 5;
const days = 365 * years;
export const yearsEvents = 5_000_000;

const dayMs = 86_400_000;
/** Projects at work at a time, and how long a person works in one. */
const projectsAtOnce = 8;
const projectDays = 120;

/** Which models each tool offered, a year each. */
const models: Readonly<Partial<Record<ToolId, readonly (readonly string[])[]>>> = {
  'claude-code': [
    ['claude-3-opus-20240229', 'claude-3-haiku-20240307'],
    ['claude-3-5-sonnet-20241022', 'claude-3-5-haiku-20241022'],
    ['claude-3-7-sonnet-20250219', 'claude-3-5-haiku-20241022'],
    ['claude-opus-4-20250514', 'claude-sonnet-4-20250514'],
    ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'],
  ],
  codex: [['gpt-4'], ['gpt-4o'], ['o3', 'o4-mini'], ['gpt-5-codex', 'gpt-5'], ['gpt-5.1-codex', 'gpt-5.2']],
  'gemini-cli': [
    ['gemini-1.5-pro'],
    ['gemini-1.5-pro', 'gemini-1.5-flash'],
    ['gemini-2.0-flash'],
    ['gemini-2.5-pro', 'gemini-2.5-flash'],
    ['gemini-3-pro-preview'],
  ],
  opencode: [
    ['claude-3-opus'],
    ['claude-3-5-sonnet'],
    ['claude-3-7-sonnet'],
    ['claude-sonnet-4'],
    ['claude-sonnet-4-5'],
  ],
};

/** The ledger of a person who has worked with several tools for five years, and whose logs of that time are gone. */
export async function yearsLedger(): Promise<FilledLedger> {
  const name = `bench-years-${yearsEvents}-`;
  const filled = await filledLedger(name.slice(0, -1), import.meta.filename, requests);
  // Those that earlier sources made are large, and of no use any more.
  for (const other of readdirSync(cacheFolder())) {
    const isOld = other.startsWith(name) && !other.endsWith('.partial') && other !== basename(dirname(filled.home));
    if (isOld) rmSync(join(cacheFolder(), other), { recursive: true, force: true });
  }
  return filled;
}

/** Day by day, as they are written: projects and models come and go, sessions run beside each other, some with subagents. */
function* requests(end: number): Iterable<MadeUpRequest> {
  const random = seeded(11);
  const from = end - days * dayMs;
  let made = 0;
  let session = 0;
  for (let day = 0; day < days; day++) {
    const goal = Math.round((yearsEvents * (day + 1)) / days);
    while (made < goal) {
      const start = Math.floor((from + day * dayMs) / dayMs) * dayMs + random.between(7, 19) * 3_600_000;
      const last = day === days - 1;
      for (const request of sessionOf(random, session++, day, last ? end - 3_600_000 : start, end)) {
        yield { ...request, event: { ...request.event, key: `years:${made++}` } };
        if (made >= goal) break;
      }
    }
  }
}

/** A session of three to a thousand requests; a fifth of them have subagents, each with a log of its own. */
function* sessionOf(random: Random, number: number, day: number, start: number, end: number): Iterable<MadeUpRequest> {
  const tool = random.pick<ToolId>([
    ['claude-code', 6],
    ['codex', 2],
    ['gemini-cli', 1],
    ['opencode', 1],
  ]);
  const told = models[tool]?.[Math.floor((day * years) / days)] ?? [];
  const model = told[random.whole(0, told.length - 1)] ?? 'unknown';
  const generation = Math.floor(day / projectDays);
  const project = `/home/dev/project-${generation * projectsAtOnce + random.whole(0, projectsAtOnce - 1)}`;
  const branch = random.chance(0.4) ? 'main' : `feature/${Math.floor(day / 3)}-${random.whole(1, 3)}`;
  const session = `5e551017-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const folder = `/home/dev/.${tool}/sessions/${project.replaceAll('/', '-')}`;
  const agents = random.chance(0.2) ? random.whole(1, 6) : 0;
  const length = Math.round(10 ** random.between(0.5, 3));
  let time = start;
  for (let request = 0; request < length; request++) {
    time += random.whole(2000, 78_000);
    const agent = agents > 0 && random.chance(0.5) ? `agent-${number}-${random.whole(1, agents)}` : undefined;
    yield {
      tool,
      logPath: `${folder}/${agent === undefined ? session : `${session}/subagents/${agent}`}.jsonl`,
      event: {
        kind: 'usage',
        key: '',
        time: Math.min(time, end),
        model,
        tokens: {
          input: random.whole(1, 3000),
          output: random.whole(20, 4000),
          cacheRead: random.whole(0, 160_000),
          cacheWrite5m: random.whole(0, 9000),
          cacheWrite1h: 0,
          reasoning: 0,
        },
        session,
        project,
        branch,
        ...(agent === undefined ? {} : { subagent: true, agent }),
      },
    };
  }
}
