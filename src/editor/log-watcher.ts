import * as vscode from 'vscode';
import type { WatchedPlace } from '../ledger/scanner-protocol.ts';

/** Changes that come together are told together. */
const gatherMs = 25;

const patterns = { lines: '**/*.jsonl', document: '**/*.json', database: '*.{db,db-wal,sqlite,sqlite-wal}' } as const;

/** Tells which log files change, wherever they are; folders that are missing are watched for as well. */
export class LogWatcher implements vscode.Disposable {
  private readonly watchers: vscode.Disposable[] = [];
  private readonly changed = new Set<string>();
  private readonly onChange: (paths: readonly string[]) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(places: readonly WatchedPlace[], onChange: (paths: readonly string[]) => void) {
    this.onChange = onChange;
    const seen = new Set<string>();
    for (const { dir, kind } of places) {
      const pattern = patterns[kind];
      if (seen.has(`${dir}\0${pattern}`)) continue;
      seen.add(`${dir}\0${pattern}`);
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(dir), pattern),
        false,
        false,
        true,
      );
      const tell = ({ fsPath }: vscode.Uri): void => this.tell(fsPath);
      this.watchers.push(watcher, watcher.onDidChange(tell), watcher.onDidCreate(tell));
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.dispose();
  }

  private tell(path: string): void {
    this.changed.add(process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const paths = [...this.changed];
      this.changed.clear();
      this.onChange(paths);
    }, gatherMs);
  }
}
