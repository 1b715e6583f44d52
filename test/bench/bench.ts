import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../workbench/say.ts';
import { dashboardTimes } from './dashboard-times.ts';
import { hostTimes } from './host-times.ts';
import { installTimes } from './install-times.ts';
import { machineInWords } from './machine.ts';
import { npxTimes } from './npx-times.ts';
import { type BenchOptions, benchOptions, type SectionName, usage } from './options.ts';
import { panelTimes } from './panel-times.ts';
import { queryTimes } from './query-times.ts';
import { scanTimes } from './scan-times.ts';
import { markdownOf, type Section } from './section.ts';
import { teamTabTimes } from './team-tab-times.ts';
import { teamTimes } from './team-times.ts';
import { toolsTimes } from './tools-times.ts';
import { yearsTimes } from './years-times.ts';

const document = join(import.meta.dirname, '../../docs/benchmark.md');

const measures: Readonly<Record<SectionName, (options: BenchOptions) => Promise<Section>>> = {
  scan: scanTimes,
  tools: toolsTimes,
  queries: queryTimes,
  years: yearsTimes,
  host: hostTimes,
  dashboard: dashboardTimes,
  panel: panelTimes,
  install: installTimes,
  npx: npxTimes,
  team: teamTimes,
  teamTab: teamTabTimes,
};

const options = benchOptions(process.argv.slice(2));
if (options === 'help') say(usage);
else await bench(options);

async function bench(asked: BenchOptions): Promise<void> {
  const parts = [introduction(asked)];
  say(`${parts[0]}\n`);
  for (const name of asked.only) {
    const section = await measures[name](asked);
    const text = markdownOf(section);
    parts.push(text);
    say(`\n${text}\n`);
    if (section.failures.length > 0) process.exitCode = 1;
  }
  if (!asked.write) return;
  writeFileSync(document, `${parts.join('\n\n')}\n`);
  say('Written to docs/benchmark.md.');
}

function introduction({ megabytes, runs }: BenchOptions): string {
  const sizeFlag = megabytes === 300 ? '' : ` --size ${megabytes}`;
  const runsFlag = runs === 5 ? '' : ` --runs ${runs}`;
  return `# Benchmark

Measured on ${new Date().toISOString().slice(0, 10)}. Each figure is the median of ${runs} interleaved runs, memory the most of all of them.
The machine: ${machineInWords()}. To repeat it:

    npm run bench --${sizeFlag}${runsFlag} --write

The corpus is made up: compact JSON as Claude Code writes it, files of 1 kB to 80 MB, several lines a request with growing
output, tool results of many kilobytes, subagents in files of their own. The programs that it is compared with are
installed on demand from npm, beside the project; they run without the network.`;
}
