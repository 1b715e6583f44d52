import * as vscode from 'vscode';
import type { CountingView } from '../dashboard/protocol/messages.ts';
import type { ScanProgress } from '../ledger/scan.ts';
import type { ScannerQuestion } from '../ledger/scanner-protocol.ts';
import { limitPaces } from '../stats/limit-pace.ts';
import { type BranchCounter, branchCounter } from './branch-counter.ts';
import type { Counter } from './counter.ts';
import type { CounterFigures, CounterState } from './counter-view.ts';
import { figuresOf } from './figures.ts';
import { LogWatcher } from './log-watcher.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pollPause } from './poll-pause.ts';
import { Scanner, type ScannerAnswerTo } from './scanner.ts';
import { readSettings, type Settings, startOf } from './settings.ts';

/** Watchers take a moment to begin: what is written meanwhile is found by looking again soon. */
const earlyPollMs = [1000, 3000];
const progressMs = 250;
/** A scan of less is over before anybody wonders. */
const longScanBytes = 16 * 1024 * 1024;
const rewatchMs = 5 * 60_000;

/** Keeps the counter right: scans at the start, when a log changes, and every now and then. */
export class Counting implements vscode.Disposable {
  private readonly counter: Counter;
  private readonly log: vscode.LogOutputChannel;
  private readonly scanner: Scanner;
  private readonly listeners: vscode.Disposable[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  private settings: Settings | undefined;
  private watcher: LogWatcher | undefined;
  private readonly follow = oneAtATime((paths) => this.scan(paths));
  private timers: NodeJS.Timeout[] = [];
  private latest: CounterFigures | undefined;
  private readonly branch: BranchCounter;
  private dirs = '';
  private tools: readonly string[] = [];
  private state: CounterState = { kind: 'counting', progress: undefined };
  /** The scanner thread knows the settings: a new one does not. */
  private configured = false;
  private counted = false;
  /** Why nothing that is counted is kept. */
  private problem: string | undefined;
  private progress: ScanProgress | undefined;
  private progressAt = 0;
  private told = new Set<string>();
  private failure: string | undefined;
  private configuredAt = 0;
  /** Of a look at all logs, without what was read: 0 until one has found nothing new. */
  private lookMs = 0;
  private disposed = false;
  private readonly countedEmitter = new vscode.EventEmitter<void>();
  /** All logs have been looked at, once or again, by this window or another: figures may have changed. */
  readonly onCounted = this.countedEmitter.event;

  /** A scan has ended or come further: figures may have changed. */
  readonly onDidChange = this.changed.event;

  constructor(script: string, counter: Counter, log: vscode.LogOutputChannel) {
    this.counter = counter;
    this.log = log;
    this.scanner = new Scanner(script, (progress) => {
      // What is known from before is worth more than how far the new has come.
      if (this.counted || Date.now() - this.progressAt < progressMs) return;
      this.progressAt = Date.now();
      this.progress = progress;
      if (this.state.kind === 'counting') this.show({ kind: 'counting', progress });
      else this.changed.fire();
    });
    this.branch = branchCounter(async (place) => {
      const { estimates } = this.current;
      return (await this.scanner.ask({ ask: 'branch', place, estimates })).sums;
    });
    this.listeners.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('tokenboard')) void this.change();
      }),
    );
  }

  /** What is shown, as of the last scan; undefined before the first. */
  get figures(): CounterFigures | undefined {
    return this.latest;
  }

  /** The settings as they are. They take a while to be read for the first time, so that is not done at the start. */
  get current(): Settings {
    this.settings ??= readSettings();
    return this.settings;
  }

  /** How counting stands. */
  get view(): CountingView {
    const { state, tools, problem, counted, progress } = this;
    const long = !counted && progress !== undefined && progress.bytes > longScanBytes;
    return {
      first: state.kind === 'counting' || long,
      progress: long ? progress.bytesDone / progress.bytes : undefined,
      tools,
      problem: state.kind === 'failed' ? state.message : problem,
    };
  }

  /** Asks the scanner thread; rejects with a sentence for people. */
  ask<Question extends ScannerQuestion>(question: Question): Promise<ScannerAnswerTo<Question>> {
    return this.scanner.ask(question);
  }

  async start(): Promise<void> {
    this.show(this.state);
    this.tellOfZone();
    await this.poll();
    for (const ms of earlyPollMs) this.timers.push(setTimeout(() => void this.scan(), ms));
  }

  /** Counts again because a person asked for it: also what could not be opened is tried anew. */
  async refresh(): Promise<void> {
    this.branch.forget();
    if (this.problem !== undefined) {
      this.scanner.end();
      this.configured = false;
    }
    await this.poll();
  }

  /** Looks at all logs now, and again after a while. */
  async poll(): Promise<void> {
    this.clearTimers();
    // Folders that have come into use since are watched from now on.
    if (Date.now() - this.configuredAt > rewatchMs) this.configured = false;
    await this.scan();
    if (this.disposed) return;
    // Another one may have ended meanwhile: only one goes on.
    this.clearTimers();
    this.timers = [setTimeout(() => void this.poll(), pollPause(this.lookMs))];
  }

  private clearTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  dispose(): void {
    this.disposed = true;
    this.clearTimers();
    for (const listener of this.listeners) listener.dispose();
    this.watcher?.dispose();
    this.countedEmitter.dispose();
    this.scanner.dispose();
  }

  /** The settings have changed. What needs no new figures is seen at once. */
  private async change(): Promise<void> {
    const { period, zone } = this.current;
    this.settings = readSettings();
    this.tellOfZone();
    this.configured = false;
    if (this.settings.period === period && this.settings.zone.name === zone.name) this.show(this.state);
    await this.poll();
  }

  private async configure(): Promise<void> {
    this.configured = true;
    this.configuredAt = Date.now();
    const { places, tools } = await this.scanner.ask({ ask: 'configure', settings: this.current.scanner });
    this.tools = tools;
    const dirs = places.map(({ dir }) => dir).join('\n');
    if (dirs !== this.dirs && !this.disposed) {
      this.dirs = dirs;
      this.watcher?.dispose();
      this.watcher = new LogWatcher(places, this.follow);
    }
    this.branch.forget();
    // What other windows and earlier days have counted is shown at once.
    await this.update(false);
  }

  private async scan(paths?: readonly string[]): Promise<void> {
    try {
      if (!this.configured) await this.configure();
      const { report, workMs, notices, problem } = await this.scanner.ask({ ask: 'scan', paths });
      this.problem = problem;
      if (paths === undefined && !report.busy)
        this.lookMs = report.filesRead === 0 ? workMs : Math.min(this.lookMs, workMs);
      if (report.filesRead > 0) {
        this.log.debug(`Read ${report.bytesRead} bytes of ${report.filesRead} logs: ${report.events} requests.`);
      }
      for (const { tool, path, reason } of report.problems) this.tell(`${tool}: ${path}: ${reason}`);
      for (const notice of notices) this.tell(notice);
      this.counted ||= paths === undefined && !report.busy;
      this.failure = undefined;
      await this.update(report.files === 0 && this.counted && paths === undefined);
      if (this.counted && !this.disposed) this.countedEmitter.fire();
    } catch (error) {
      this.fail(error);
    }
  }

  private async update(nothingFound: boolean): Promise<void> {
    const { zone, period, scanner, estimates } = this.current;
    const now = Date.now();
    const { withoutTools } = scanner;
    const [today, chosen] = await Promise.all([
      this.scanner.ask({ ask: 'figures', span: { since: startOf('today', zone, now) }, estimates, limits: true }),
      period === 'today'
        ? undefined
        : this.scanner.ask({ ask: 'figures', span: { since: startOf(period, zone, now) }, estimates, limits: false }),
    ]);
    const figures = figuresOf(today.tallies, withoutTools);
    this.latest = {
      today: figures,
      period: chosen === undefined ? figures : figuresOf(chosen.tallies, withoutTools),
      limits: limitPaces(today.limits, now).filter(({ tool, current }) => current && !withoutTools.includes(tool)),
      branch: await this.branch.figures(now),
    };
    const { problem } = this;
    if (problem !== undefined) this.show({ kind: 'failed', message: problem, figures: this.latest });
    else if (nothingFound && this.latest.period.tokens === 0) this.show({ kind: 'nothing', tools: this.tools });
    else if (this.counted || this.latest.period.tokens > 0) this.show({ kind: 'counted', figures: this.latest });
  }

  /** What the branch that is checked out came to, as of now; undefined where there is none. */
  async branchNow(): Promise<CounterFigures['branch']> {
    this.branch.forget();
    return await this.branch.figures(Date.now());
  }

  private show(state: CounterState): void {
    this.state = state;
    if (this.disposed) return;
    this.counter.show(state, this.current);
    this.changed.fire();
  }

  private tellOfZone(): void {
    const { badZone } = this.current;
    if (badZone !== undefined) this.tell(`There is no time zone named ${badZone}; the machine's own is used.`);
  }

  /** Writes into the log. Each thing once: a log that cannot be read would otherwise be told of every few seconds. */
  tell(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.log.warn(message);
  }

  private fail(error: unknown): void {
    if (this.disposed) return;
    // The thread may be lost, and with it what it was told.
    this.configured = false;
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.failure) this.log.error(message);
    this.failure = message;
    this.show({ kind: 'failed', message, figures: this.latest });
  }
}
