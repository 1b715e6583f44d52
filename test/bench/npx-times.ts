import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runNpm } from '../workbench/run-command.ts';
import { say } from '../workbench/say.ts';
import { corpusHome } from './corpus-home.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';
import { timedRun } from './timed-run.ts';

const mostMs = 1000;

/** Times `npx tokenboard` of the npm package, as a person has it, where all logs are counted already. */
export async function npxTimes({ megabytes, runs }: BenchOptions): Promise<Section> {
  const corpus = await corpusHome(megabytes);
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const [home, folder] = [join(temporary, 'home'), join(temporary, 'folder')];
  for (const one of [home, folder]) mkdirSync(one);
  symlinkSync(join(corpus.home, '.claude'), join(home, '.claude'));
  const env = { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC', npm_config_update_notifier: 'false' };
  const before = process.cwd();
  const times = { npx: [] as number[], program: [] as number[] };
  let answered = '';
  try {
    await installPackage(folder, env);
    // npx looks for the program from where it is called.
    process.chdir(folder);
    timedRun([...npx(), 'tokenboard'], env);
    for (let round = 0; round < runs; round++) {
      say(`  npx: round ${round + 1} of ${runs}`);
      const run = timedRun([...npx(), 'tokenboard'], env);
      answered = run.stdout;
      times.npx.push(run.ms);
      times.program.push(timedRun([process.execPath, join(folder, 'node_modules/tokenboard/dist/cli.js')], env).ms);
    }
  } finally {
    process.chdir(before);
    rmSync(temporary, { recursive: true, force: true });
  }
  const ms = median(times.npx);
  return {
    title: '`npx tokenboard`',
    about: [
      'The npm package, packed from this checkout and installed from that file in a folder of its own, without the network, where',
      `${(corpus.corpus.bytes / 1e6).toFixed(0)} MB of transcripts are counted already: from its start to its end, npx included.`,
    ],
    head: ['', 'median'],
    rows: [
      ['`npx tokenboard`', duration(ms)],
      ['of that, the program itself, started by Node', duration(median(times.program))],
    ],
    targets: [{ text: '`npx tokenboard` answers within a second', measured: duration(ms), met: ms <= mostMs }],
    failures: /\d/.test(answered) ? [] : ['It answers without a figure.'],
  };
}

async function installPackage(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await runNpm(['pack', '--ignore-scripts', '--pack-destination', folder]);
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (file === undefined) throw new Error('npm has packed nothing.');
  const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runNpm(['install', ...quiet, `./${file}`], { cwd: folder, env });
}

/** The npx beside the npm that runs this. */
function npx(): readonly string[] {
  const script = join(dirname(process.env.npm_execpath ?? ''), 'npx-cli.js');
  return existsSync(script) ? [process.execPath, script, '--offline', '--no'] : ['npx', '--offline', '--no'];
}
