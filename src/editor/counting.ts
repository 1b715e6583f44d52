import type * as vscode from 'vscode';
import { zoneOf } from '../usage/days.ts';
import type { Counter } from './counter.ts';
import { type Figures, figuresOf } from './figures.ts';
import { LogWatcher } from './log-watcher.ts';
import { Scanner } from './scanner.ts';

/** Without a watcher's word, logs are looked at this often; more rarely where looking takes long. */
const pollMs = 15_000;
const pollShare = 100;
const progressMs = 250;

/** Keeps the counter right: scans at the start, when a log changes, and every now and then. */
export class Counting implements vscode.Disposable {
  private readonly counter: Counter;
  private readonly log: vscode.LogOutputChannel;
  private readonly scanner: Scanner;
  private watcher: LogWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private figures: Figures | undefined;
  private places: readonly string[] = [];
  private first = true;
  private progressAt = 0;
  private disposed = false;

  constructor(script: string, counter: Counter, log: vscode.LogOutputChannel) {
    this.counter = counter;
    this.log = log;
    this.scanner = new Scanner(script, (progress) => {
      if (!this.first || Date.now() - this.progressAt < progressMs) return;
      this.progressAt = Date.now();
      this.counter.show({ kind: 'counting', progress, figures: undefined });
    });
  }

  async start(): Promise<void> {
    // What other windows and earlier days have counted is shown at once.
    await this.update();
    if (this.figures?.tokens === 0) this.counter.show({ kind: 'counting', progress: undefined, figures: undefined });
    try {
      const { places } = await this.scanner.ask({ ask: 'places' });
      this.places = [...new Set(places.map(({ dir }) => dir))];
      if (!this.disposed) this.watcher = new LogWatcher(places, (paths) => void this.scan(paths));
    } catch (error) {
      this.fail(error);
    }
    await this.poll();
  }

  /** Looks at all logs now, and again after a while. */
  async poll(): Promise<void> {
    clearTimeout(this.timer);
    const began = Date.now();
    await this.scan();
    if (this.disposed) return;
    this.timer = setTimeout(() => void this.poll(), Math.max(pollMs, (Date.now() - began) * pollShare));
  }

  /** Today's figures as of the last scan. */
  get today(): Figures | undefined {
    return this.figures;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher?.dispose();
    this.scanner.dispose();
  }

  private async scan(paths?: readonly string[]): Promise<void> {
    try {
      const { report, notices } = await this.scanner.ask({ ask: 'scan', paths });
      if (report.filesRead > 0) {
        this.log.debug(`Read ${report.bytesRead} bytes of ${report.filesRead} logs: ${report.events} requests.`);
      }
      for (const { tool, path, reason } of report.problems) this.log.warn(`${tool}: ${path}: ${reason}`);
      if (this.first) for (const notice of notices) this.log.warn(notice);
      this.first = false;
      await this.update(report.files === 0 && paths === undefined);
    } catch (error) {
      this.fail(error);
    }
  }

  private async update(nothingFound = false): Promise<void> {
    try {
      const zone = zoneOf();
      const since = zone.startOfDay(zone.dayOf(Date.now()));
      const { tallies } = await this.scanner.ask({ ask: 'figures', span: { since } });
      this.figures = figuresOf(tallies);
      if (this.disposed) return;
      this.counter.show(
        nothingFound && this.figures.tokens === 0
          ? { kind: 'nothing', places: this.places }
          : { kind: 'counted', figures: this.figures },
      );
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.disposed) return;
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(message);
    this.counter.show({ kind: 'failed', message, figures: this.figures });
  }
}
