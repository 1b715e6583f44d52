import { cpSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findCommand, runCommand } from '../browser/window.ts';
import { counterOf } from '../workbench/counter.ts';
import { dashboardFrame, dashboardOf } from '../workbench/dashboard.ts';
import { packageVsix } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { packageEmptyWebview } from './empty-webview.ts';
import { largeLedger } from './large-ledger.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';

const events = 1_000_000;
const mostLaterMs = 300;
const mostSwitchMs = 150;
const mostBytes = 600_000;
const periods = ['Today', '7 days', 'All', '30 days'] as const;

/** When the largest text so far was drawn, epoch milliseconds: the browser's own word, since waiting for it from outside is coarse. */
const lastLargestPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    resolve(performance.timeOrigin + Math.max(...list.getEntries().map(({ startTime }) => startTime)));
  }).observe({ type: 'largest-contentful-paint', buffered: true });
})`;

/** Measures in the real VS Code how much later than an empty webview the dashboard is drawn, and how fast its period changes. */
export async function panelTimes({ runs }: BenchOptions): Promise<Section> {
  const ledger = await largeLedger(events, 3 * 365);
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const home = join(temporary, 'home');
  cpSync(ledger.home, home, { recursive: true });
  const companion = await packageEmptyWebview(join(temporary, 'empty'));
  const workbench = await openWorkbench({ name: 'panel-times', home, vsix: await packageVsix(), companion });
  const { page } = workbench;
  const times = { empty: [] as number[], dashboard: [] as number[], switches: [] as number[] };
  try {
    await counterOf(page).filter({ hasText: /\d/ }).waitFor({ timeout: 60_000 });
    // The first of each brings VS Code's own parts into memory.
    for (let round = 0; round <= runs; round++) {
      say(`  the panel: round ${round} of ${runs}`);
      const empty = await opened(page, 'Empty Webview: Show');
      const dashboard = await opened(page, 'Tokenboard: Show Dashboard', round === runs ? times.switches : undefined);
      if (round === 0) continue;
      times.empty.push(empty);
      times.dashboard.push(dashboard);
    }
  } finally {
    await workbench.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  const later = median(times.dashboard) - median(times.empty);
  const slowest = Math.max(...times.switches);
  const bytes = statSync(join(import.meta.dirname, '../../dist/webview.js')).size;
  return {
    title: 'The dashboard in VS Code',
    about: [
      `From the command to the frame in which something is drawn, in VS Code for the browser, with a ledger of ${events} requests;`,
      'an empty webview and the dashboard by turns. A change of period is from the click to the frame with the new total.',
    ],
    head: ['', 'median'],
    rows: [
      ['an empty webview', duration(median(times.empty))],
      ['the dashboard', duration(median(times.dashboard))],
      ...times.switches.map((ms, i) => [`to ${periods[i]}`, duration(ms)]),
    ],
    targets: [
      {
        text: `drawn at most ${mostLaterMs} ms later than an empty webview`,
        measured: duration(later),
        met: later <= mostLaterMs,
      },
      {
        text: `a change of period within ${mostSwitchMs} ms`,
        measured: duration(slowest),
        met: slowest <= mostSwitchMs,
      },
      { text: 'the script of at most 600 kB', measured: `${Math.round(bytes / 1000)} kB`, met: bytes <= mostBytes },
    ],
    failures: [],
  };
}

/** Milliseconds from a command to what it draws; the editor is closed again. */
async function opened(page: Page, command: string, switches?: number[]): Promise<number> {
  await findCommand(page, command);
  const started = Date.now();
  await page.keyboard.press('Enter');
  await dashboardOf(page).locator('h1.drawn, .tb-headline').first().waitFor({ timeout: 30_000 });
  const frame = await dashboardFrame(page);
  await page.waitForTimeout(300);
  const drawn = Number(await frame.evaluate(lastLargestPaint));
  if (switches !== undefined) {
    await page.waitForTimeout(2000);
    for (const period of periods) switches.push(Number(await frame.evaluate(switching(period))));
  }
  await runCommand(page, 'View: Close All Editors');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  return drawn - started;
}

function switching(period: string): string {
  return `new Promise((resolve) => {
    const began = performance.now();
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    });
    observer.observe(document.querySelector('.tb-card-tokens .tb-card-body'), { childList: true });
    [...document.querySelectorAll('[role=radio]')]
      .find((one) => [one.getAttribute('aria-label'), one.textContent].includes(${JSON.stringify(period)})).click();
  })`;
}
