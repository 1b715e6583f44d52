import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { frontOf } from '../browser/team-front.ts';
import { writeUsage } from '../browser/team-home.ts';
import { joinTeam, ready } from '../browser/team-joining.ts';
import { findCommand, runCommand } from '../browser/window.ts';
import { cell, dayMs, type Member, type World, world } from '../server/http/world.ts';
import { dashboardFrame, dashboardOf } from '../workbench/dashboard.ts';
import { packageVsix } from '../workbench/package-vsix.ts';
import { say } from '../workbench/say.ts';
import { openWorkbench } from '../workbench/workbench.ts';
import { packageEmptyWebview } from './empty-webview.ts';
import { duration, median } from './medians.ts';
import type { BenchOptions } from './options.ts';
import type { Section } from './section.ts';

const people = 260;
const mostLaterMs = 300;

/** When something is on the page, epoch milliseconds by the browser's own clock. */
const drawn = (selector: string): string => `new Promise((resolve) => {
  const look = () => document.querySelector(${JSON.stringify(selector)})
    ? requestAnimationFrame(() => setTimeout(() => resolve(Date.now()))) : setTimeout(look, 2);
  look();
})`;

/** Measures in the real VS Code how much later than an empty webview the Team tab is drawn, with the server and without it. */
export async function teamTabTimes({ runs }: BenchOptions): Promise<Section> {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), 'tb-'));
  const home = join(temporary, 'home');
  mkdirSync(home);
  writeUsage(home);
  const board = await crowd();
  const front = await frontOf(() => board.server.address);
  const companion = await packageEmptyWebview(join(temporary, 'empty'));
  const workbench = await openWorkbench({ name: 'team-tab', home, vsix: await packageVsix(), companion });
  const { page } = workbench;
  const times = { empty: [] as number[], team: [] as number[], offline: [] as number[] };
  try {
    await ready(page);
    const dashboard = await joinTeam(page, `${front.origin}/join#${await board.invite()}`);
    await dashboard.getByText('Ranking', { exact: true }).first().click();
    await dashboard.getByRole('table').waitFor();
    await page.waitForTimeout(2000);
    await closeAll(page);
    for (let round = 0; round <= runs; round++) {
      say(`  the Team tab: round ${round} of ${runs}`);
      const empty = await opened(page, 'Empty Webview: Show', 'h1.drawn');
      const team = await opened(page, 'Tokenboard: Show the Team', '.tb-team-us');
      await front.shut();
      const offline = await opened(page, 'Tokenboard: Show the Team', '.tb-team-us');
      await front.open();
      if (round === 0) continue;
      times.empty.push(empty);
      times.team.push(team);
      times.offline.push(offline);
    }
  } finally {
    await workbench.close();
    await front.end();
    await board.end();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  const later = (which: readonly number[]): number => median(which) - median(times.empty);
  const target = (text: string, which: readonly number[]) => ({
    text: `${text}, drawn at most ${mostLaterMs} ms later than an empty webview`,
    measured: duration(later(which)),
    met: later(which) <= mostLaterMs,
  });
  return {
    title: 'The Team tab in VS Code',
    about: [`From the command to the frame with the board of ${people} people, its 250 rows at hand.`],
    head: ['', 'median'],
    rows: [
      ['an empty webview', duration(median(times.empty))],
      ['the Team tab', duration(median(times.team))],
      ['with the server down', duration(median(times.offline))],
    ],
    targets: [target('the board', times.team), target('the last snapshot with the server down', times.offline)],
    failures: [],
  };
}

/** A board on which so many people have shared a day. */
async function crowd(): Promise<World> {
  const now = Date.now();
  const board = await world('sqlite', { now: now - dayMs });
  const invite = await board.invite({ uses: people });
  const day = new Date(now - dayMs).toISOString().slice(0, 10);
  const members: Member[] = [];
  for (let i = 0; i < people; i++) {
    const member = await board.join(`Person ${i}`, {}, invite);
    await board.sync(member, [cell({ day, in: 100_000 + 1000 * i })]);
    members.push(member);
  }
  await board.tomorrow();
  return board;
}

/** Milliseconds from a command to what it draws; the editor is closed again. */
async function opened(page: Page, command: string, selector: string): Promise<number> {
  await findCommand(page, command);
  const started = Date.now();
  await page.keyboard.press('Enter');
  await dashboardOf(page).locator('body').waitFor({ timeout: 30_000 });
  const frame = await dashboardFrame(page);
  const at = Number(await frame.evaluate(drawn(selector)));
  await closeAll(page);
  return at - started;
}

async function closeAll(page: Page): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
}
