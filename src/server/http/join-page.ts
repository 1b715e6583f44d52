import type { FastifyInstance } from 'fastify';
import { copyScript, editorLinks, editorScript, pageStyle, servePage } from './static-page.ts';

const script = `${copyScript}${editorScript}
const secret = location.hash.slice(1);
const valid = /^[A-Za-z0-9_-]{43}$/.test(secret);
const link = location.origin + '/join#' + secret;
leadEditorsTo(link);
document.getElementById('link').value = valid ? link : '';
document.getElementById(valid ? 'invited' : 'broken').hidden = false;
`;

const body = `
<section id="invited" hidden>
<h1>You are invited to a team board</h1>
<p>Open the invitation in your editor. You will see who runs the board, what for, and exactly what would be shared, before
anything is. Saying no leaves no trace.</p>
<p>${editorLinks}</p>
<p><label for="link">Or give this link to the command “Tokenboard: Join a Team”, or to <code>tokenboard team join</code>:</label></p>
<p><input id="link" readonly> <button type="button" data-copies="link">Copy</button> <span role="status"></span></p>
</section>
<section id="broken" hidden><h1>This link is not complete</h1><p>Ask whoever invited you for the whole link.</p></section>
<noscript><h1>You are invited to a team board</h1><p>Copy the address of this page into the command “Tokenboard: Join a Team”.</p></noscript>
`;

/** The page behind an invite link: it hands the invite to an editor, or lets it be copied. It asks the server for nothing. */
export function joinPage(app: FastifyInstance): void {
  servePage(app, '/join', { title: 'Tokenboard: an invitation', body, script, style: pageStyle, asks: false });
}
