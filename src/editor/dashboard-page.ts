import type { StartView } from '../dashboard/protocol/messages.ts';

export interface DashboardPage {
  /** Addresses as the page may load them. */
  readonly script: string;
  readonly style: string;
  readonly cspSource: string;
  /** Says which script is ours; new for each page. */
  readonly nonce: string;
  readonly title: string;
  readonly start: StartView;
}

/** The dashboard's page: nothing but its start data, one script and one style sheet, under a policy that allows no more. */
export function dashboardPage({ script, style, cspSource, nonce, title, start }: DashboardPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The component library adds one rule of its own, by nonce.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    'img-src data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(start.locale)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
    <meta property="csp-nonce" content="${escaped(nonce)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)}</title>
    <link rel="stylesheet" href="${escaped(style)}">
  </head>
  <body>
    <script type="application/json" id="start">${inScript(start)}</script>
    <script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
  </body>
</html>
`;
}

/** Within a script element only `<` could end it or begin a comment. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
