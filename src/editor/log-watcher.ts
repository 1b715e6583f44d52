import * as vscode from 'vscode';
import type { WatchedPlace } from '../ledger/scanner-protocol.ts';

/** Changes that come together are told together. */
const gatherMs = 25;

const logFile = /\.(?:jsonl?|db|sqlite)(?:-wal)?$/;

/** Tells which log files change, wherever they are. Folders that are missing are watched for as well. */
export class LogWatcher implements vscode.Disposable {
  private readonly watchers: vscode.Disposable[] = [];
  private readonly changed = new Set<string>();
  private readonly onChange: (paths: readonly string[] | undefined) => void;
  private timer: NodeJS.Timeout | undefined;
  private newFolder = false;

  /** `onChange` gets the files that changed, or nothing where a new folder may hold logs. */
  constructor(places: readonly WatchedPlace[], onChange: (paths: readonly string[] | undefined) => void) {
    this.onChange = onChange;
    const different = new Map(places.map(({ dir, deep }) => [`${dir}\0${deep}`, { dir, deep }]));
    for (const { dir, deep } of different.values()) {
      const pattern = new vscode.RelativePattern(vscode.Uri.file(dir), deep ? '**/*' : '*');
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
      this.watchers.push(
        watcher,
        watcher.onDidChange(({ fsPath }) => this.tell(fsPath, false)),
        watcher.onDidCreate(({ fsPath }) => this.tell(fsPath, true)),
      );
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.dispose();
  }

  /** A new folder is told of without what is already in it. */
  private tell(path: string, created: boolean): void {
    if (logFile.test(path)) this.changed.add(process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
    else if (created && !/\.[^/\\]+$/.test(path)) this.newFolder = true;
    else return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const paths = this.newFolder ? undefined : [...this.changed];
      this.newFolder = false;
      this.changed.clear();
      this.onChange(paths);
    }, gatherMs);
  }
}
