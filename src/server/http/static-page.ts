import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** A page that is the same for everyone; what is secret about it is in the address's fragment, which no server ever sees. */
export interface StaticPage {
  readonly title: string;
  readonly body: string;
  readonly script: string;
  readonly style: string;
  /** Whether its script asks this server for anything. */
  readonly asks: boolean;
}

/** Serves a page under a policy that lets its own script and style run, known by their hashes, and nothing else. */
export function servePage(app: FastifyInstance, path: string, { title, body, script, style, asks }: StaticPage): void {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    ...(asks ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><title>${title}</title><style>${style}</style></head>
<body><main>${body}</main><script>${script}</script></body></html>`;
  app.get(path, { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('cache-control', 'no-cache')
      .send(page),
  );
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The looks of all pages, after the system's own light or dark. */
export const pageStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --text: #1f1f1f; --page: #fff; --muted: #555;
  --line: #8a8a8a; --soft: #f3f3f3; --main: #005fb8; --on-main: #fff; --wrong: #a1260d; }
@media (prefers-color-scheme: dark) { :root { --text: #d4d4d4; --page: #1f1f1f; --muted: #a8a8a8; --line: #7a7a7a;
  --soft: #2b2b2b; --main: #4daafc; --on-main: #000; --wrong: #f88070; } }
body { margin: 0; background: var(--page); color: var(--text); }
main { max-width: 38rem; margin: 0 auto; padding: 8vh 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h1:focus { outline: none; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a.button, button { display: inline-block; padding: .5rem 1rem; margin: .25rem .5rem .25rem 0; border-radius: 4px; font: inherit;
  border: 1px solid var(--line); color: inherit; background: none; text-decoration: none; cursor: pointer; }
a.main, button.main { background: var(--main); border-color: var(--main); color: var(--on-main); }
button:disabled { opacity: .6; cursor: default; }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px; }
input, textarea { font: inherit; color: inherit; background: var(--page); }
input[readonly] { width: 100%; box-sizing: border-box; font: 13px/1.6 ui-monospace, monospace; padding: .5rem;
  border: 1px solid var(--line); border-radius: 4px; }
[hidden] { display: none !important; }
`;

/** Part of a page's script: buttons with `data-copies` copy the field of that id, and say so in the element beside them. */
export const copyScript = `
for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copies);
    const said = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = 'Copied';
    } catch {
      field.select();
      said.textContent = 'Press Ctrl+C, or Cmd+C, to copy';
    }
  });
}
`;

/** Editors that open a link of this extension, by their schemes. */
export const editorLinks = ['vscode:VS Code', 'vscode-insiders:Insiders', 'vscodium:VSCodium', 'cursor:Cursor']
  .map((one) => one.split(':'))
  .map(([scheme, name], index) => {
    const look = index === 0 ? 'button main' : 'button';
    return `<a class="${look}" data-scheme="${scheme}" href="#">${index === 0 ? `Open in ${name}` : name}</a>`;
  })
  .join('\n');

/** Part of a page's script: makes the editors' links lead to a join link. */
export const editorScript = `
function leadEditorsTo(link) {
  for (const one of document.querySelectorAll('[data-scheme]')) {
    one.href = one.dataset.scheme + '://tokenboard.tokenboard/join?link=' + encodeURIComponent(link);
  }
}
`;
