import * as vscode from 'vscode';

const scheme = 'tokenboard';

/** A read-only text in an editor of its own; its text is made anew each time it is shown. */
export class TextPage implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private readonly uri: vscode.Uri;

  constructor(title: string, text: () => string) {
    this.uri = vscode.Uri.from({ scheme, path: `/${title}.txt` });
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: text,
    });
  }

  /** Its text is out of date. */
  renew(): void {
    this.changed.fire(this.uri);
  }

  async show(): Promise<void> {
    this.renew();
    const document = await vscode.workspace.openTextDocument(this.uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
