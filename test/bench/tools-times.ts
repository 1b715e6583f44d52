import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readers } from '../../src/readers/index.ts';
import { casesOf } from '../readers/fixture-cases.ts';
import { fixtureHome } from '../readers/fixture-home.ts';
import { say } from '../workbench/say.ts';
import { corpusHome } from './corpus-home.ts';
import { ours } from './counters.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';
import { timedRun } from './timed-run.ts';

const mostMs = 200;
const mostPlacesMs = 5;

/** Times a start with nothing new where all tools have logs, and a look at the places of tools where none is installed. */
export async function toolsTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const corpus = await corpusHome(megabytes);
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const [home, empty] = [join(temporary, 'home'), join(temporary, 'empty')];
  const [starts, looks]: [number[], number[]] = [[], []];
  const asked = readers.filter(({ evidence }) => evidence === 'unverified').map(({ id }) => id);
  const command = [...ours.command(home), ...asked.flatMap((id) => ['--with', id])];
  const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
  let tools = 0;
  try {
    for (const folder of [home, empty]) mkdirSync(folder);
    for (const { id } of readers)
      if (id !== 'claude-code') for (const name of casesOf(id)) addTo(home, fixtureHome(id, name));
    rmSync(join(home, '.claude'), { recursive: true, force: true });
    symlinkSync(join(corpus.home, '.claude'), join(home, '.claude'));
    const { rows } = JSON.parse(timedRun([...command, '--by', 'tool'], env).stdout);
    tools = new Set(rows.map((row: { readonly tool: string }) => row.tool)).size;
    for (let round = 0; round < runs; round++) {
      say(`  all tools: round ${round + 1} of ${runs}`);
      starts.push(timedRun(command, env).ms);
      looks.push(lookAtPlaces(empty));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const [start, look] = [median(starts), median(looks)];
  return {
    title: 'A machine with all tools',
    about: [
      `The logs of ${tools} tools, small but for ${(corpus.corpus.bytes / 1e6).toFixed(0)} MB of Claude Code’s, and nothing new in them: a process from start to`,
      'end. And the search for logs in a home that has none, by all readers, the first one in its process.',
    ],
    head: ['', 'median'],
    rows: [
      ['nothing new', duration(start)],
      ['places of tools that are not installed', duration(look)],
    ],
    targets: [
      { text: `nothing new, with all tools ≤ ${mostMs} ms`, measured: duration(start), met: start <= mostMs },
      {
        text: `places of tools that are not installed ≤ ${mostPlacesMs} ms`,
        measured: duration(look),
        met: look <= mostPlacesMs,
      },
    ],
    failures: tools === readers.length ? [] : [`${tools} of ${readers.length} tools are counted`],
  };
}

/** Adds a fixture's files to a home, unless it has some of them already: a database and a log of two fixtures are no pair. */
function addTo(home: string, fixture: string): void {
  const files = readdirSync(fixture, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const taken = files.some(({ parentPath, name }) => existsSync(join(home, relative(fixture, parentPath), name)));
  if (!taken) cpSync(fixture, home, { recursive: true });
}

/** The milliseconds of a search in another process, whose code nothing has warmed up. */
function lookAtPlaces(home: string): number {
  const folder = join(import.meta.dirname, '../../src');
  const script = `
    import { findLogs } from '${join(folder, 'ledger/find-logs.ts')}';
    import { readers } from '${join(folder, 'readers/index.ts')}';
    const machine = { home: process.env.HOME, platform: process.platform, env: {} };
    const began = performance.now();
    const found = findLogs(machine, readers, (problem) => { throw new Error(problem.reason); });
    console.log(JSON.stringify([found.length, performance.now() - began]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { HOME: home },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const [found, ms] = JSON.parse(stdout) as [number, number];
  if (found !== 0 || existsSync(join(home, '.claude'))) throw new Error('The home is not empty.');
  return ms;
}
