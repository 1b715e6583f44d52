import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { appendClaude } from '../../demo/claude-log.ts';
import { type RunningCounter, runningCounter, set } from './running-counter.ts';

const seconds = Number(process.env.TOKENBOARD_TEST_SECONDS || 6);

describe('What the counter costs its window', function () {
  this.timeout(120_000);
  let counter: RunningCounter;

  before(async () => {
    counter = await runningCounter();
    await sleep(1000);
  });

  it('is no measurable time while nothing happens', async () => {
    const before = process.cpuUsage();
    await sleep(seconds * 1000);
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1e6 / seconds;
    report(`idle: ${(100 * share).toFixed(2)} % of a processor, the whole extension host over ${seconds} s`);
    assert.ok(share < 0.1, `${share}`);
  });

  it('is no delay that a person feels while much is read for the first time', async () => {
    // What is shown changes when all is read: with this request, if with no other.
    const home = join(homedir(), 'another');
    appendClaude(home, { id: 'z', session: 'z', project: '/home/dev/demo', time: Date.now(), output: 10_000 });
    const before = counter.view?.text;
    const idle = await delays(() => sleep(2000));
    const rss = process.memoryUsage.rss();
    let peak = rss;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const began = performance.now();
    const scan = await delays(async () => {
      await set('logFolders', [process.env.TOKENBOARD_TEST_CORPUS, home]);
      while (counter.view?.text === before && performance.now() - began < 100_000) await sleep(20);
    });
    clearInterval(sampling);
    const took = performance.now() - began;
    await sleep(3000);
    const after = process.memoryUsage.rss();
    report(`event loop: idle p99 ${ms(idle.p99)}, longest ${ms(idle.max)}`);
    report(`event loop: cold scan of ${ms(took * 1e6)}, p99 ${ms(scan.p99)}, longest ${ms(scan.max)}`);
    report(`memory: ${mb(rss)} before, ${mb(peak)} at most, ${mb(after)} after`);
    assert.notEqual(counter.view?.text, before);
    assert.ok(scan.p99 - idle.p99 < 100e6, `${ms(idle.p99)}, then ${ms(scan.p99)}`);
    assert.ok(after - rss < 200e6, `${mb(rss)}, then ${mb(after)}`);
  });
});

async function delays(work: () => Promise<void>): Promise<{ readonly p99: number; readonly max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  const beyond = (nanoseconds: number) => Math.max(0, nanoseconds - 1e6);
  return { p99: beyond(histogram.percentile(99)), max: beyond(histogram.max) };
}

function ms(nanoseconds: number): string {
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** The extension host's output is seen by nobody. */
function report(line: string): void {
  const file = process.env.TOKENBOARD_TEST_MEASURES;
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}
