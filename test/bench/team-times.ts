import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadPrices } from '../../src/pricing/price-list.ts';
import { isPublicName } from '../../src/team/public-model.ts';
import { normalModelId } from '../../src/usage/model-id.ts';
import { appendClaude } from '../demo/claude-log.ts';
import { world } from '../server/http/world.ts';
import { say } from '../workbench/say.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';
import type { TeamHostReport } from './team-process.ts';

const dayMs = 86_400_000;
const days = 35;
const modelsADay = 58;
const mostMs = 10_000;
const mostDelayMs = 10;
const families =
  `claude-opus-4 claude-sonnet-4 claude-haiku-4 claude-3-5-sonnet claude-3-7-sonnet claude-3-5-haiku claude-3-opus gpt-5
  gpt-4.1 gpt-4o gpt-4 gpt-3.5 o1 o3 o4 gemini-2.5 gemini-2.0 gemini-1.5 grok-3 grok-4 mistral-large mistral-small mistral-medium
  deepseek codestral devstral kimi-k2 glm-4.5 command-r`.split(/\s+/);
const variants =
  ` -0 -1 -5 -6 -mini -nano -pro -flash -codex -codex-mini -flash-lite -turbo -chat -reasoner -latest -plus`.split(' ');

/** Measures the first upload of a large ledger over loopback, and what the extension host feels of it. */
export async function teamTimes({ runs }: BenchOptions): Promise<Section> {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const board = await world('sqlite', { now: Date.now() });
  const reports: TeamHostReport[] = [];
  try {
    const models = await publicModels();
    for (let round = 0; round < runs; round++) {
      say(`  the first upload: round ${round + 1} of ${runs}`);
      const home = join(temporary, `home-${round}`);
      writeLogs(home, models);
      const link = `${board.server.address}/join#${await board.invite()}`;
      const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC', LINK: link };
      const script = join(import.meta.dirname, 'team-process.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
      reports.push(JSON.parse(stdout));
    }
  } finally {
    await board.end();
    rmSync(temporary, { recursive: true, force: true });
  }
  const joinMs = median(reports.map((report) => report.joinMs));
  const delay = median(reports.map(({ delays }) => delays.max));
  const [{ cells, requests } = { cells: 0, requests: 0 }] = reports;
  return {
    title: 'The first upload to a team',
    about: [
      `${cells} cells of ${days} days in ${requests} requests to a backend on this machine, from agreeing to the server’s word that it has`,
      'them; meanwhile the main thread of the process, as the extension host’s, measures by how much a timer of 1 ms is late.',
    ],
    head: ['', 'median'],
    rows: [
      ['from agreeing to shared', duration(joinMs)],
      ['the longest delay', duration(delay)],
    ],
    targets: [
      { text: `2,000 cells within ${mostMs / 1000} s`, measured: duration(joinMs), met: joinMs <= mostMs },
      {
        text: `the host is never held up for more than ${mostDelayMs} ms`,
        measured: duration(delay),
        met: delay <= mostDelayMs,
      },
    ],
    failures: cells < 2000 ? [`only ${cells} cells were shared`] : [],
  };
}

function writeLogs(home: string, models: readonly string[]): void {
  for (let ago = 1; ago <= days; ago++) {
    for (const [i, model] of models.entries()) {
      const request = { id: `${ago}-${i}`, session: `day-${ago}`, project: '/home/dev/bench', model };
      appendClaude(home, {
        ...request,
        time: Date.now() - ago * dayMs,
        input: 1000 + i,
        output: 500,
        cacheRead: 90_000,
      });
    }
  }
}

/** As many as a day may have, of those that every catalogue knows. */
async function publicModels(): Promise<readonly string[]> {
  const prices = await loadPrices();
  const names = families.flatMap((family) => variants.map((variant) => normalModelId(`${family}${variant}`)));
  const known = [...new Set(names)].filter(
    (model) => isPublicName(model) && prices.ratesOf({ model, time: Date.now() }) !== undefined,
  );
  if (known.length < modelsADay) throw new Error(`Only ${known.length} models are known.`);
  return known.slice(0, modelsADay);
}
