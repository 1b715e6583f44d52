/** Editors that this extension runs in, by the schemes under which they hand a link to it. */
const editorSchemes = [
  'vscode',
  'vscode-insiders',
  'vscodium',
  'vscodium-insiders',
  'cursor',
  'windsurf',
  'kiro',
  'positron',
];

const editorLink = new RegExp(
  `^(?:${editorSchemes.join('|')})://tokenboard\\.tokenboard/signed-in(?:\\?[\\w%=&.~-]*)?$`,
);
/** A command that listens on its own machine; the port is free, as RFC 8252 has it. */
const loopbackLink = /^http:\/\/(?:127\.0\.0\.1|\[::1\]):\d{2,5}\/signed-in$/;

/** Whether a browser may be sent there after a sign-in: the editor's own links and this machine, and nowhere else. */
export function isOwnRedirect(redirect: string): boolean {
  return redirect.length <= 300 && (editorLink.test(redirect) || loopbackLink.test(redirect));
}
