/** Runs in the set-up page: one section at a time, and nothing is asked of the server that was not pressed for. */
export const setUpScript = `
const keep = 'tokenboard-set-up';
const at = (id) => document.getElementById(id);
const picked = (name) => document.querySelector('input[name=' + name + ']:checked')?.value;
const secret = location.hash.slice(1);
let kept = JSON.parse(sessionStorage.getItem(keep) ?? 'null');
let policy = null;
let draft = null;
let version = '0.0.0';

const reasons = {
  invite_invalid: 'Ask for the whole link, or start the server again: while the board has no owner, it prints a new one.',
  invite_expired: 'It has expired. Start the server again to have a new one printed.',
  invite_used: 'Someone has used it already. If that was you and this page was lost: run “tokenboard admin policy” and then “tokenboard admin invite --role owner” on the server.',
  foreign_origin: 'Open this page at the very address that the server printed.',
  rate_limited: 'There were too many tries. Wait a minute, then press again.',
  policy_changed: 'Someone else has just stated another policy. Load this page again.',
};
const sentence = (problem) => reasons[problem.code] ?? problem.detail ?? 'The server did not do that (' + problem.code + '). Try again.';

function show(id) {
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== id;
  at(id).querySelector('h1').focus();
  scrollTo(0, 0);
}
function stop(problem) {
  at('reason').textContent = sentence(problem);
  show('stopped');
}
function remember(tokens) {
  kept = { ...kept, tokens };
  sessionStorage.setItem(keep, JSON.stringify(kept));
}

async function send(method, path, body, token) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: 'Bearer ' + token } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw { code: 'unreachable', detail: 'The server cannot be reached. Is it still running?' };
  }
  const told = answer.status === 204 ? null : await answer.json().catch(() => ({ code: 'status ' + answer.status }));
  if (!answer.ok) throw told;
  return told;
}
async function asOwner(method, path, body) {
  try {
    return await send(method, path, body, kept.tokens.accessToken);
  } catch (problem) {
    if (problem.code !== 'token_expired') throw problem;
    remember(await send('POST', '/v1/auth/refresh', { refreshToken: kept.tokens.refreshToken }));
    return send(method, path, body, kept.tokens.accessToken);
  }
}
async function busy(button, where, work) {
  button.disabled = true;
  at(where).textContent = '';
  at('busy').textContent = 'One moment …';
  try {
    await work();
  } catch (problem) {
    if (/^invite_/.test(problem.code)) stop(problem);
    else at(where).textContent = problem.code ? sentence(problem) : String(problem.message ?? problem);
  } finally {
    button.disabled = false;
    at('busy').textContent = '';
  }
}

const purpose = () => (at('purpose-unknown').checked ? '' : at('purpose').value.trim());
let quietChosen = false;
function presetQuiet() {
  if (!quietChosen) at('quiet-yes').checked = purpose() === '' && at('agreement').value.trim() === '';
}
at('quiet-yes').addEventListener('change', () => { quietChosen = true; });
for (const id of ['purpose', 'agreement']) at(id).addEventListener('input', presetQuiet);
at('purpose-unknown').addEventListener('change', () => {
  at('purpose').disabled = at('purpose-unknown').checked;
  presetQuiet();
});

function wrong(id, text) {
  const field = at(id);
  field.setAttribute('aria-invalid', 'true');
  at('form-wrong').textContent = text;
  field.focus();
  return null;
}
function readForm() {
  for (const field of document.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  const pay = picked('pay');
  if (at('organisation').value.trim() === '') return wrong('organisation', 'Say whose board it is.');
  if (purpose() === '' && !at('purpose-unknown').checked) return wrong('purpose', 'Say what the board is for, or that you cannot yet.');
  if (!pay) return wrong('pay-no', 'Say whether pay or performance is judged by it.');
  return {
    organisation: at('organisation').value.trim(),
    purpose: purpose() || 'None has been stated yet.',
    contact: null,
    worksAgreement: at('agreement').value.trim() || null,
    usedForPay: pay === 'unknown' ? null : pay === 'yes',
    cadence: picked('cadence'),
    k: 5,
    topN: 250,
    quiet: at('quiet-yes').checked,
    metrics: ['fresh', 'tokens', 'cost', 'cacheShare', 'activeDays', 'models'],
    defaultMetric: 'fresh',
    budget: null,
  };
}
function showWords(text) {
  at('text').replaceChildren(...text.split('\\n\\n').map((words) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = words;
    return paragraph;
  }));
  show('words');
}
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  at('form-wrong').textContent = '';
  draft = readForm();
  if (draft === null) return;
  busy(event.submitter ?? document.querySelector('form button'), 'form-wrong', async () => {
    showWords((await send('POST', '/setup/words', draft)).text);
  });
});
at('back').addEventListener('click', () => show('form'));

async function join() {
  if (kept?.tokens) return;
  const consent = policy && { policyVersion: policy.version, policySha256: policy.sha256, visibility: 'aggregate', boards: [],
    models: false, badges: false, timeBadges: false, displayName: null };
  const joined = await send('POST', '/v1/join', { invite: secret, device: crypto.randomUUID(), client: { kind: 'web', version },
    ...(consent ? { consent } : {}) });
  remember(joined.tokens);
  // Whoever looks over a shoulder, or into the history, finds no secret there.
  history.replaceState(null, '', location.pathname);
}
async function ownLink() {
  const { code } = await asOwner('POST', '/v1/me/devices', {});
  const link = new URL('/join', at('invite').value).href + '#' + code;
  at('own').value = link;
  leadEditorsTo(link);
}
async function ready() {
  const order = { team: null, role: 'member', teamRole: 'member', uses: 50, days: 14 };
  if (!kept.invite) {
    kept.invite = (await asOwner('POST', '/v1/invites', order)).url;
    remember(kept.tokens);
  }
  at('invite').value = kept.invite;
  await ownLink();
  show('ready');
}
at('state').addEventListener('click', () => busy(at('state'), 'words-wrong', async () => {
  await join();
  if (policy === null) policy = await asOwner('PUT', '/v1/admin/policy', draft);
  await ready();
}));
at('renew').addEventListener('click', () => busy(at('renew'), 'ready-wrong', ownLink));

(async () => {
  try {
    const meta = await send('GET', '/v1/meta');
    version = meta.server;
    policy = meta.policy;
    if (kept?.tokens && policy !== null) return await ready();
    if (!kept?.tokens && !/^[A-Za-z0-9_-]{43}$/.test(secret)) return stop({ code: 'invite_invalid' });
    presetQuiet();
    if (policy === null) return show('form');
    // Stated by the command already: the owner agrees to it like everyone, and stands in sums alone until choosing otherwise.
    at('back').hidden = true;
    at('state').textContent = 'Agree to it and become the owner';
    showWords(policy.text);
  } catch (problem) {
    stop(problem);
  }
})();
`;
