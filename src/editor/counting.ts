import * as vscode from 'vscode';
import type { ScannerQuestion } from '../ledger/scanner-protocol.ts';
import { limitPaces } from '../stats/limit-pace.ts';
import type { Counter } from './counter.ts';
import type { CounterFigures, CounterState } from './counter-view.ts';
import { figuresOf, figuresOfSums } from './figures.ts';
import { branchOf } from './git-branch.ts';
import { LogWatcher } from './log-watcher.ts';
import { Scanner, type ScannerAnswerTo } from './scanner.ts';
import { readSettings, type Settings, startOf } from './settings.ts';

/** Without a watcher's word, logs are looked at this often; more rarely where looking takes long. */
const pollMs = 15_000;
const pollShare = 100;
/** Watchers take a moment to begin: what is written meanwhile is found by looking again soon. */
const earlyPollMs = [1000, 3000];
const progressMs = 250;
/** The branch's sum is over all time, and asked more rarely than the day's. */
const branchMs = 10_000;

/** Keeps the counter right: scans at the start, when a log changes, and every now and then. */
export class Counting implements vscode.Disposable {
  private readonly counter: Counter;
  private readonly log: vscode.LogOutputChannel;
  private readonly scanner: Scanner;
  private readonly listeners: vscode.Disposable[] = [];
  private settings = readSettings();
  private watcher: LogWatcher | undefined;
  private timers: NodeJS.Timeout[] = [];
  private latest: CounterFigures | undefined;
  private branch: { readonly at: number; readonly figures: CounterFigures['branch'] } = { at: 0, figures: undefined };
  private places: readonly string[] = [];
  private counted = false;
  private progressAt = 0;
  private told = new Set<string>();
  private disposed = false;

  constructor(script: string, counter: Counter, log: vscode.LogOutputChannel) {
    this.counter = counter;
    this.log = log;
    this.scanner = new Scanner(script, (progress) => {
      if (this.counted || Date.now() - this.progressAt < progressMs) return;
      this.progressAt = Date.now();
      this.show({ kind: 'counting', progress });
    });
    this.listeners.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('tokenboard')) void this.configure();
      }),
    );
    this.show({ kind: 'counting', progress: undefined });
  }

  /** What is shown, as of the last scan; undefined before the first. */
  get figures(): CounterFigures | undefined {
    return this.latest;
  }

  get current(): Settings {
    return this.settings;
  }

  /** Asks the scanner thread; rejects with a sentence for people. */
  ask<Question extends ScannerQuestion>(question: Question): Promise<ScannerAnswerTo<Question>> {
    return this.scanner.ask(question);
  }

  async start(): Promise<void> {
    await this.configure();
    for (const ms of earlyPollMs) this.timers.push(setTimeout(() => void this.scan(), ms));
  }

  /** Looks at all logs now, and again after a while. */
  async poll(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    const began = Date.now();
    await this.scan();
    if (this.disposed) return;
    this.timers = [setTimeout(() => void this.poll(), Math.max(pollMs, (Date.now() - began) * pollShare))];
  }

  dispose(): void {
    this.disposed = true;
    for (const timer of this.timers) clearTimeout(timer);
    for (const listener of this.listeners) listener.dispose();
    this.watcher?.dispose();
    this.scanner.dispose();
  }

  private async configure(): Promise<void> {
    this.settings = readSettings();
    const { badZone, scanner } = this.settings;
    if (badZone !== undefined) this.tell(`There is no time zone named ${badZone}; the machine's own is used.`);
    try {
      const { places } = await this.scanner.ask({ ask: 'configure', settings: scanner });
      const dirs = [...new Set(places.map(({ dir }) => dir))];
      if (dirs.join('\n') !== this.places.join('\n')) {
        this.places = dirs;
        this.watcher?.dispose();
        if (!this.disposed) this.watcher = new LogWatcher(places, (paths) => void this.scan(paths));
      }
      // What other windows and earlier days have counted is shown at once.
      await this.update(false);
    } catch (error) {
      this.fail(error);
    }
    await this.poll();
  }

  private async scan(paths?: readonly string[]): Promise<void> {
    try {
      const { report, notices } = await this.scanner.ask({ ask: 'scan', paths });
      if (report.filesRead > 0) {
        this.log.debug(`Read ${report.bytesRead} bytes of ${report.filesRead} logs: ${report.events} requests.`);
      }
      for (const { tool, path, reason } of report.problems) this.tell(`${tool}: ${path}: ${reason}`);
      for (const notice of notices) this.tell(notice);
      this.counted ||= paths === undefined;
      await this.update(report.files === 0 && paths === undefined);
    } catch (error) {
      this.fail(error);
    }
  }

  private async update(nothingFound: boolean): Promise<void> {
    const { zone, period, scanner } = this.settings;
    const now = Date.now();
    const { withoutTools } = scanner;
    const [today, chosen] = await Promise.all([
      this.scanner.ask({ ask: 'figures', span: { since: startOf('today', zone, now) }, limits: true }),
      period === 'today'
        ? undefined
        : this.scanner.ask({ ask: 'figures', span: { since: startOf(period, zone, now) }, limits: false }),
    ]);
    const figures = figuresOf(today.tallies, withoutTools);
    this.latest = {
      today: figures,
      period: chosen === undefined ? figures : figuresOf(chosen.tallies, withoutTools),
      limits: limitPaces(today.limits, now).filter(({ tool, current }) => current && !withoutTools.includes(tool)),
      branch: await this.branchFigures(now),
    };
    if (nothingFound && this.latest.period.tokens === 0) this.show({ kind: 'nothing', places: this.places });
    else if (this.counted || this.latest.period.tokens > 0) this.show({ kind: 'counted', figures: this.latest });
  }

  private async branchFigures(now: number): Promise<CounterFigures['branch']> {
    if (now - this.branch.at < branchMs) return this.branch.figures;
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
    const place = folder === undefined ? undefined : await branchOf(folder.uri.fsPath);
    const sums = place === undefined ? undefined : (await this.scanner.ask({ ask: 'branch', place })).sums;
    const figures =
      place === undefined || sums === undefined ? undefined : { name: place.branch, figures: figuresOfSums(sums) };
    this.branch = { at: now, figures };
    return figures;
  }

  private show(state: CounterState): void {
    if (!this.disposed) this.counter.show(state, this.settings);
  }

  /** Each thing once: a log that cannot be read would otherwise be told of every few seconds. */
  private tell(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.log.warn(message);
  }

  private fail(error: unknown): void {
    if (this.disposed) return;
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(message);
    this.show({ kind: 'failed', message, figures: this.latest });
  }
}
