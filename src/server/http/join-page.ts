import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** Runs in the page: the invite is in the address's fragment, which no server ever sees. */
const script = `
const secret = location.hash.slice(1);
const valid = /^[A-Za-z0-9_-]{43}$/.test(secret);
const link = location.origin + '/join#' + secret;
for (const one of document.querySelectorAll('[data-scheme]')) {
  one.href = one.dataset.scheme + '://tokenboard.tokenboard/join?link=' + encodeURIComponent(link);
}
document.getElementById('link').value = valid ? link : '';
document.getElementById(valid ? 'invited' : 'broken').hidden = false;
document.getElementById('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(link);
  document.getElementById('copied').textContent = 'Copied';
});
`;

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; }
a, button { display: inline-block; padding: .5rem 1rem; margin: .25rem .5rem .25rem 0; border-radius: 4px; font: inherit;
  border: 1px solid currentColor; color: inherit; background: none; text-decoration: none; cursor: pointer; }
a:first-of-type { background: #0067c0; border-color: #0067c0; color: #fff; }
input { width: 100%; box-sizing: border-box; font: 13px ui-monospace, monospace; padding: .5rem; }
`;

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title>Tokenboard: an invitation</title><style>${style}</style></head>
<body><main>
<section id="invited" hidden>
<h1>You are invited to a team board</h1>
<p>Open the invitation in your editor. You will see who runs the board, what for, and exactly what would be shared, before
anything is. Saying no leaves no trace.</p>
<p><a data-scheme="vscode" href="#">Open in VS Code</a><a data-scheme="vscode-insiders" href="#">Insiders</a>
<a data-scheme="vscodium" href="#">VSCodium</a><a data-scheme="cursor" href="#">Cursor</a></p>
<p><label for="link">Or give this link to the command “Tokenboard: Join a Team”, or to <code>tokenboard team join</code>:</label></p>
<p><input id="link" readonly> <button id="copy" type="button">Copy</button> <span id="copied" role="status"></span></p>
</section>
<section id="broken" hidden><h1>This link is not complete</h1><p>Ask whoever invited you for the whole link.</p></section>
<noscript><h1>You are invited to a team board</h1><p>Copy the address of this page into the command “Tokenboard: Join a Team”.</p></noscript>
</main><script>${script}</script></body></html>`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page behind an invite link: it hands the invite to an editor, or lets it be copied. It asks the server for nothing. */
export function joinPage(app: FastifyInstance): void {
  app.get('/join', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'no-cache')
      .send(page),
  );
}
