import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compact } from '../../src/usage/format.ts';
import { machineInWords } from '../bench/machine.ts';
import { markdownOf } from '../bench/section.ts';
import { runCommand } from '../browser/window.ts';
import { counterOf } from '../workbench/counter.ts';
import { dashboardDrawn } from '../workbench/dashboard.ts';
import { packageHostProbe } from '../workbench/host-probe.ts';
import { vsixPath } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';
import { countedIn, differences, type ToolTotals, tokensOf } from './extension-ledger.ts';
import { allSamples } from './extension-samples.ts';
import { type Soaked, verdictOn, type Watched } from './extension-verdict.ts';
import { foldersIn, watchesOf } from './extension-watches.ts';
import { letToolsWork, patienceMs } from './extension-work.ts';

const usage = `npm run test:soak -- [--minutes N] [--seed N]

The packaged extension in a real VS Code, while all tools whose fixtures can be repeated work at once, as they would in two
hours: sessions begin, lines come in halves, logs are cut down and thrown away, the dashboard is opened and closed.

  --minutes N  how long the two hours take; default 10
  --seed N     begins the random choices
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    help: { type: 'boolean', default: false },
  },
});

/** How long a dashboard stays, and from one to the next at least. */
const dashboardMs = 10_000;
const leastBetweenMs = 30_000;
/** That the counter is about; a day more or less is all the same. */
const shownDays = 7;
/** Of the time, in which caches fill and the dashboard is opened for the first time. */
const warmUp = 0.3;

if (values.help) process.stdout.write(usage);
else {
  const minutes = Number(values.minutes);
  const section = verdictOn(await soak(minutes * 60_000, Number(values.seed)), { minutes, seed: values.seed, warmUp });
  process.stdout.write(`${machineInWords()}\n\n${markdownOf(section)}\n`);
  process.exitCode = section.targets.every(({ met }) => met) && section.failures.length === 0 ? 0 : 1;
}

async function soak(ms: number, seed: number): Promise<Soaked> {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const home = join(temporary, 'home');
  mkdirSync(home);
  const tools = allSamples();
  // Twenty samples at least after the warm-up.
  const probe = await packageHostProbe(join(temporary, 'probe'), Math.min(10_000, (ms * (1 - warmUp)) / 20));
  const workbench = await openWorkbench({
    ...{ name: 'soak', home, vsix: vsixPath(), companion: probe.vsix, env: { ...probe.env, TZ: 'UTC' } },
    settings: {
      'tokenboard.tools': Object.fromEntries([...tools.keys()].map((tool) => [tool, true])),
      // So that no midnight ends what is shown.
      'tokenboard.statusBar.period': '7days',
    },
  });
  try {
    await counterOf(workbench.page).waitFor({ timeout: 60_000 });
    const watches: Watched[] = [];
    const shown: (readonly [from: number, to: number])[] = [];
    const began = Date.now();
    const over = { yes: false };
    const showing = showDashboards(workbench, shown, over, Math.max(leastBetweenMs, ms / 8));
    const counting = (async () => {
      for (; !over.yes; await sleep(5000)) {
        const pid = probe.samples()[0]?.pid;
        if (pid !== undefined) watches.push({ at: Date.now(), watches: watchesOf(pid), folders: foldersIn(home) });
      }
    })();
    // What fails on the side is told when the work is over.
    for (const beside of [showing, counting]) beside.catch(() => undefined);
    let told = 0;
    const work = await letToolsWork({ home, tools, seed, ms }, ({ sessions, records }) => {
      if (Date.now() - told < 30_000) return;
      told = Date.now();
      say(`  ${Math.round((told - began) / 1000)} s: ${sessions} sessions, ${records} records`);
    });
    const ended = Date.now();
    over.yes = true;
    await Promise.all([showing, counting]);
    const wrong = await settled(home, work.totals);
    // A few requests of the fixtures tell no time but that of a folder's name, long ago.
    const text = compact(tokensOf(countedIn(home, Date.now() - shownDays * 86_400_000)));
    const counter = await counterText(workbench, text);
    const samples = probe.samples();
    // For whoever looks for the reason of a growth.
    writeFileSync('out/soak-samples.json', JSON.stringify(samples));
    return { work, tools: tools.size, wrong, counter, expectedCounter: text, samples, watches, shown, began, ended };
  } catch (error) {
    await workbench.page.screenshot({ path: 'out/soak-failed.png' }).catch(() => undefined);
    throw error;
  } finally {
    await workbench.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Opens the dashboard now and then, and closes it again. Notes when it was there. */
async function showDashboards(
  { page }: Workbench,
  shown: (readonly [number, number])[],
  over: { readonly yes: boolean },
  everyMs: number,
): Promise<void> {
  for (let next = Date.now() + everyMs / 2; !over.yes; await sleep(250)) {
    if (Date.now() < next) continue;
    const from = Date.now();
    await runCommand(page, 'Tokenboard: Show Dashboard');
    await dashboardDrawn(page);
    await sleep(Math.min(dashboardMs, everyMs / 2));
    await runCommand(page, 'View: Close All Editors');
    await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    shown.push([from, Date.now()]);
    next = from + everyMs;
  }
}

/** Waits until all that was written is counted; gives what is not. */
async function settled(home: string, written: ToolTotals): Promise<readonly string[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(500)) {
    const wrong = differences(written, countedIn(home));
    if (wrong.length === 0 || Date.now() > end) return wrong;
  }
}

/** What the counter shows at last, once it shows this or its patience is at an end; limits of a plan may stand behind it. */
async function counterText({ page }: Workbench, text: string): Promise<string> {
  for (const end = Date.now() + patienceMs; ; await sleep(500)) {
    const found = ((await counterOf(page).textContent()) ?? '').trim().split(' · ')[0] ?? '';
    if (found === text || Date.now() > end) return found;
  }
}
