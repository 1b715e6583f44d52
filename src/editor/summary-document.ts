import * as vscode from 'vscode';

const scheme = 'tokenboard';

/** Shows the summary as a read-only document. */
export class SummaryDocument implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private readonly uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Tokens today')}.txt` });
  private readonly text: () => string;

  constructor(text: () => string) {
    this.text = text;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: () => this.text(),
    });
  }

  async show(): Promise<void> {
    this.changed.fire(this.uri);
    const document = await vscode.workspace.openTextDocument(this.uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
