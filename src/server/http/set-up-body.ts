import { editorLinks } from './static-page.ts';

export const setUpStyle = `
label.field, legend { display: block; font-weight: 600; margin: 1.5rem 0 .25rem; padding: 0; }
fieldset { border: 0; margin: 1.5rem 0 0; padding: 0; min-width: 0; }
input[type=text], textarea { width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid var(--line); border-radius: 4px; }
textarea { resize: vertical; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; align-items: start; padding: .3rem 0; }
.choice input { margin: .35rem 0 0; width: 1rem; height: 1rem; accent-color: var(--main); }
.hint { color: var(--muted); font-size: .9rem; margin: .15rem 0 0; }
.words { background: var(--soft); border-left: 3px solid var(--main); padding: .25rem 1rem; margin: 1rem 0 1.5rem; overflow-wrap: anywhere; }
.wrong { color: var(--wrong); font-weight: 600; }
.wrong:empty { display: none; }
.acts { margin-top: 1.75rem; }
ol { padding-left: 1.4rem; } li { margin: .3rem 0; }
`;

function choice(kind: string, name: string, value: string, title: string, hint: string, checked = false): string {
  const id = `${name}-${value}`;
  return `<div class="choice"><input type="${kind}" id="${id}" name="${name}" value="${value}"${checked ? ' checked' : ''}${
    kind === 'radio' ? ' required' : ''
  } aria-describedby="${id}-hint"><div><label for="${id}">${title}</label><p class="hint" id="${id}-hint">${hint}</p></div></div>`;
}

/** What the page shows, a section a step; its script shows one at a time. */
export const setUpBody = `
<section id="form" hidden>
<h1 tabindex="-1">Set up your team board</h1>
<p>Four answers, then you have a link to invite your team. Everyone reads these answers before they join.</p>
<form novalidate>
<label class="field" for="organisation">Organisation or team</label>
<input type="text" id="organisation" maxlength="80" required autocomplete="organization">
<label class="field" for="purpose">What is the board for?</label>
<textarea id="purpose" rows="2" maxlength="1000" aria-describedby="purpose-hint"></textarea>
<p class="hint" id="purpose-hint">In your own words, such as: learn from each other how to work well with AI tools.</p>
${choice('checkbox', 'purpose', 'unknown', 'I cannot name a purpose yet', 'The policy will say that none has been stated.')}
<label class="field" for="agreement">Works agreement, if there is one</label>
<input type="text" id="agreement" maxlength="500" aria-describedby="agreement-hint">
<p class="hint" id="agreement-hint">Or another ground on which the board is held. May be left empty.</p>
<fieldset><legend>Is it used to judge pay or performance?</legend>
${choice('radio', 'pay', 'no', 'No', 'People may choose to be listed by name.')}
${choice('radio', 'pay', 'yes', 'Yes', 'Then nobody is listed by name.')}
${choice('radio', 'pay', 'unknown', 'Not decided', 'Then nobody is listed by name, either.')}
</fieldset>
<fieldset><legend>How often is it published?</legend>
${choice('radio', 'cadence', 'daily', 'Once a day', 'Complete days only.', true)}
${choice('radio', 'cadence', 'hourly', 'Every hour', 'Others can see in which hours someone works with AI tools.')}
${choice('radio', 'cadence', 'live', 'Every five minutes', 'Others can see when someone works with AI tools.')}
</fieldset>
<fieldset><legend>Who is shown?</legend>
${choice('checkbox', 'quiet', 'yes', 'Quiet mode: no names and no rows', 'Only sums, the distribution and one’s own place. It is chosen for you while neither a purpose nor an agreement is named.')}
</fieldset>
<p class="wrong" id="form-wrong" role="alert"></p>
<p class="acts"><button class="main" type="submit">Show what everyone will read</button></p>
</form>
</section>
<section id="words" hidden>
<h1 tabindex="-1">This is what everyone will read</h1>
<p>Whoever is invited sees these words first, and shares nothing before agreeing to them. If you change them later, everyone is asked again.</p>
<div class="words" id="text"></div>
<p class="wrong" id="words-wrong" role="alert"></p>
<p class="acts"><button class="main" type="button" id="state">State it and make an invite</button><button type="button" id="back">Back</button></p>
</section>
<section id="ready" hidden>
<h1 tabindex="-1">Your board is ready</h1>
<h2>Invite your team</h2>
<p><label for="invite">This link is for up to 50 people and holds for 14 days:</label></p>
<p><input id="invite" readonly> <button type="button" data-copies="invite">Copy the invite</button> <span role="status"></span></p>
<h2>Open it in your own editor</h2>
<p>You run the board from your editor. This link is for you alone, works once and holds for ten minutes.</p>
<p>${editorLinks}</p>
<p><label for="own">Or give it to the command “Tokenboard: Join a Team”:</label></p>
<p><input id="own" readonly> <button type="button" data-copies="own">Copy your own link</button> <span role="status"></span>
<button type="button" id="renew">Make a new one</button></p>
<p class="wrong" id="ready-wrong" role="alert"></p>
<h2>What happens next</h2>
<ol><li>Each of your team opens the invite, reads the policy, and chooses how to appear.</li>
<li>You are asked the same in your editor: an owner takes part only after agreeing, too.</li>
<li>The first figures appear as soon as someone has shared complete days. Sums appear from five people on.</li></ol>
<p class="hint">Close this page when your editor is connected. More invites, members and the end of the board:
your editor, or <code>tokenboard admin</code> on the server.</p>
</section>
<section id="stopped" hidden><h1 tabindex="-1">This link does not work</h1><p id="reason"></p></section>
<noscript><h1>Set up your team board</h1><p>This page needs JavaScript. Without it: <code>tokenboard admin policy</code> and
<code>tokenboard admin invite --role owner</code> on the server.</p></noscript>
<p id="busy" class="hint" role="status"></p>
`;
