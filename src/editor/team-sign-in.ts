import * as vscode from 'vscode';
import { isOwnRedirect } from '../team/protocol/sign-in-redirect.ts';

const { t } = vscode.l10n;
export const signedInPath = '/signed-in';

/** Where a browser can hand something to this window; undefined where it has no such link, as in a browser or another editor. */
export async function signInRedirect({ extension }: vscode.ExtensionContext): Promise<string | undefined> {
  const link = vscode.Uri.from({
    scheme: vscode.env.uriScheme,
    authority: extension.id.toLowerCase(),
    path: signedInPath,
  });
  try {
    const reached = (await vscode.env.asExternalUri(link)).toString(true);
    return isOwnRedirect(reached) ? reached : undefined;
  } catch {
    return undefined;
  }
}

/** What a person is to open, and the code to be entered there where there is one. */
export interface SignInPage {
  readonly url: string;
  readonly code: string | undefined;
}

/** Shows that a sign-in waits for the browser until `over`; opens the page, at once or with its code once the person wants it. */
export async function showSignIn(page: SignInPage, over: Promise<void>, cancel: () => void): Promise<void> {
  const { url, code } = page;
  const open = async (): Promise<void> => {
    if (!(await vscode.env.openExternal(vscode.Uri.parse(url, true)))) cancel();
  };
  const location = vscode.ProgressLocation.Notification;
  const title =
    code === undefined
      ? t('Tokenboard: sign in in your browser to go on.')
      : t('Tokenboard: enter the code {0} at {1} to sign in. Give it to nobody.', code, url);
  void vscode.window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
    const listener = token.onCancellationRequested(cancel);
    await over;
    listener.dispose();
  });
  if (code === undefined) return await open();
  const copy = t('Copy the Code and Open the Page');
  const chosen = await vscode.window.showInformationMessage(t('Your code to sign in: {0}', code), copy);
  if (chosen !== copy) return;
  await vscode.env.clipboard.writeText(code);
  await open();
}
