import type { JoinOffer, UploadPreview } from '../src/dashboard/protocol/team.ts';
import type { Policy } from '../src/team/protocol/policy.ts';
import { el } from './dom.ts';
import { appearance, leaveOut, switches } from './join-choices.ts';
import { choiceOf, type Draft, emptyDraft, latestDay, missingOf } from './join-draft.ts';
import { hostOf, policyNote, policyWords } from './join-policy.ts';
import { uploadPart } from './join-upload.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { joinDraft, keptDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import { panel } from './team-explain.ts';
import { sentenceOf } from './team-words.ts';
import type { ViewContext } from './view.ts';

/** A choice is often followed by the next one at once. */
const pauseMs = 120;

/** The policy, the bytes of the first upload, and a choice of which nothing is made beforehand. */
export function consentPage(
  context: ViewContext,
  offer: JoinOffer,
  policy: Policy,
  cancel: () => void,
): readonly HTMLElement[] {
  const { formats } = context;
  const adds = offer.addsMachine === true;
  const kept = keptDraft<Draft>(context, joinDraft, `${offer.origin} ${policy.version}`);
  let draft: Draft = {
    ...emptyDraft(latestDay(policy)),
    ...(adds ? { visibility: 'aggregate' as const } : {}),
    ...kept.recall(),
  };
  /** The draft that the preview is of; joining waits until it is the one on the screen. */
  let previewed: string | undefined;
  let failed: string | undefined;
  let joining = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const upload = uploadPart({
    title: t('Exactly what would be sent first'),
    formats,
    nothing: t('No usage: nothing is counted in these days. What you use is sent once its day is over.'),
    copy: (text) => context.act({ act: 'copy', text }),
  });
  const asked = {
    appearance: el('div', {}),
    switches: el('div', {}),
    leaveOut: el('div', { class: 'tb-leave-out' }),
  };
  const sentence = el('p', { class: 'tb-join-sentence', id: 'join-sentence', role: 'status' });
  const share = el(
    'button',
    {
      type: 'button',
      class: 'tb-push tb-push-primary',
      'aria-describedby': 'join-sentence',
      onclick: () => void join(),
    },
    wordsOf(offer, policy).act,
  );

  function change(part: Partial<Draft>): void {
    draft = { ...draft, ...part };
    kept.keep(draft);
    failed = undefined;
    // While a name is typed its field stays as it is.
    if (!('name' in part)) drawChoices();
    drawFoot();
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), pauseMs);
  }

  function drawChoices(): void {
    replaceKeepingFocus(asked.appearance, appearance(policy, draft, change));
    replaceKeepingFocus(asked.switches, switches(draft, change));
    replaceKeepingFocus(
      asked.leaveOut,
      ...leaveOut({ draft, change, projects: offer.projects, earliest: offer.earliest, formats }),
    );
  }

  function waiting(): string | undefined {
    return missingOf(draft) ?? (previewed === keyOf(draft) ? undefined : t('The preview is being made.'));
  }

  function drawFoot(): void {
    const wait = waiting();
    share.setAttribute('aria-disabled', String(wait !== undefined || joining));
    sentence.classList.toggle('tb-join-failed', failed !== undefined);
    const words =
      failed ?? (joining ? joiningWords(offer) : [wait, t('Cancel leaves no trace.')].filter(Boolean).join(' '));
    if (sentence.textContent !== words) sentence.textContent = words;
  }

  async function renew(): Promise<void> {
    const key = keyOf(draft);
    if (previewed === key) return;
    upload.wait();
    try {
      const preview: UploadPreview = await context.askTeam({ ask: 'joinPreview', choice: choiceOf(draft) });
      if (key !== keyOf(draft)) return;
      previewed = key;
      upload.show(preview);
    } catch (error) {
      if (key === keyOf(draft)) failed = sentenceOf(error);
    }
    drawFoot();
  }

  async function join(): Promise<void> {
    if (joining || waiting() !== undefined) return;
    joining = true;
    drawFoot();
    try {
      await context.askTeam({ ask: 'join', choice: choiceOf(draft) });
      kept.forget();
      context.go('team');
      return;
    } catch (error) {
      failed = sentenceOf(error);
    }
    joining = false;
    drawFoot();
  }

  upload.show(offer.preview);
  drawChoices();
  drawFoot();
  void renew();
  return [
    el('h1', { class: 'tb-page-title' }, wordsOf(offer, policy).title),
    el('p', { class: 'tb-join-lead' }, wordsOf(offer, policy).lead),
    el(
      'div',
      { class: 'tb-join-grid' },
      panel(
        {
          title: t('What {0} says it will do', policy.organisation),
          name: 'policy',
          controls: [el('span', { class: 'tb-card-note' }, policyNote(policy, formats))],
        },
        ...policyWords(policy, offer.origin, formats),
      ),
      upload.element,
      ...(adds
        ? []
        : [
            panel({ title: t('How you appear'), name: 'appearance', note: t('choose one') }, asked.appearance),
            panel({ title: t('Also share'), name: 'switches', note: t('all off at first') }, asked.switches),
          ]),
      ...(offer.again === true
        ? []
        : [panel({ title: t('Leave out'), name: 'leave-out', note: t('checked on this machine') }, asked.leaveOut)]),
    ),
    el(
      'div',
      { class: 'tb-join-foot' },
      share,
      el('button', { type: 'button', class: 'tb-push', onclick: cancel }, t('Cancel')),
      sentence,
    ),
  ];
}

function joiningWords({ inBrowser }: JoinOffer): string {
  return inBrowser === true ? t('Waiting for the sign-in in your browser …') : t('Joining …');
}

function wordsOf({ origin, addsMachine, again, inBrowser }: JoinOffer, { organisation }: Policy) {
  const host = hostOf(origin);
  if (again === true) {
    return {
      title: t('Sign in to {0}’s token board again?', organisation),
      lead: t('This machine shares with {0} already. It goes on as you have chosen before.', host),
      act: t('Sign in'),
    };
  }
  if (addsMachine === true) {
    return {
      title: t('Add this machine to {0}’s token board?', organisation),
      lead: t(
        'You share with {0} already, as you have chosen there. This machine’s counts would be added to your others’.',
        host,
      ),
      act: t('Add this machine'),
    };
  }
  if (inBrowser === true) {
    return {
      title: t('Join {0}’s token board?', organisation),
      lead: t(
        'You sign in to {0} in your browser once you have agreed here. Nothing has been sent, and no account exists. You can leave with one click, any day.',
        host,
      ),
      act: t('Agree and sign in'),
    };
  }
  return {
    title: t('Join {0}’s token board?', organisation),
    lead: t(
      'Invited to {0} by the link you opened. Nothing has been sent, and no account exists. You can leave with one click, any day.',
      host,
    ),
    act: t('Share with {0}', organisation),
  };
}

function keyOf(draft: Draft): string {
  return JSON.stringify(choiceOf(draft));
}
