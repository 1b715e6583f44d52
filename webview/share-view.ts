import type { ShareView, TeamStatus } from '../src/dashboard/protocol/team.ts';
import type { Visibility } from '../src/team/protocol/terms.ts';
import { el } from './dom.ts';
import { leaveOut, switches } from './join-choices.ts';
import { choiceOf, type Draft, draftOf, emptyDraft, missingOf } from './join-draft.ts';
import { policyNote, policyWords } from './join-policy.ts';
import { uploadPart } from './join-upload.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { keptDraft } from './kept-draft.ts';
import { t } from './l10n.ts';
import { boardsPart } from './share-boards.ts';
import { consentsPanel } from './share-consents.ts';
import { devicesPanel } from './share-devices.ts';
import { panel } from './team-explain.ts';
import { lookedAt } from './team-ranking.ts';
import { stateCard } from './team-states.ts';
import { sentenceOf } from './team-words.ts';
import { button } from './ui.ts';
import type { ViewContext } from './view.ts';

export interface ShareOptions {
  readonly context: ViewContext;
  readonly take: (view: ShareView) => void;
  readonly leave: (status: TeamStatus) => void;
}

interface Half {
  readonly draft: Draft;
  readonly boards: readonly (readonly [number, Visibility])[];
}

/** All about one's own sharing: what, as whom, from which machines, who looked, and the way out. */
export function sharePage({ context, take, leave }: ShareOptions) {
  const { formats } = context;
  const element = el('div', { class: 'tb-share' });
  const upload = uploadPart({
    title: t('What is sent next'),
    formats,
    nothing: t('All that there is to tell has been sent. What you use is sent once its day is over.'),
    copy: (text) => context.act({ act: 'copy', text }),
  });
  const choices = el('div', { class: 'tb-share-choices' });
  const sentence = el('p', { class: 'tb-join-sentence', id: 'share-sentence', role: 'status' });
  const save = el('button', {
    type: 'button',
    class: 'tb-push tb-push-primary',
    'aria-describedby': 'share-sentence',
    onclick: () => void send(),
  });
  const undo = el('button', { type: 'button', class: 'tb-push', onclick: () => reset() }, t('Undo the changes'));
  const foot = el('div', { class: 'tb-join-foot' }, save, undo, sentence);
  let view: ShareView | undefined;
  let drawn = '';
  let draft: Draft = emptyDraft();
  let boards: ReadonlyMap<number, Visibility> = new Map();
  let unchanged = '';
  let failed: string | undefined;
  let sending = false;

  function show(next: ShareView, place: HTMLElement): void {
    if (place.firstElementChild !== element) place.replaceChildren(element);
    const key = JSON.stringify(next);
    if (key === drawn) return;
    drawn = key;
    const edited = view !== undefined && unchanged !== stateKey();
    view = next;
    // What was half chosen stays when something else has changed.
    if (!edited) start(next);
    draw(next);
  }

  function start({ choice, boards: own }: ShareView): void {
    draft = choice === undefined ? emptyDraft() : draftOf(choice);
    boards = choice === undefined ? new Map() : new Map(own.map(({ id, visibility }) => [id, visibility]));
    unchanged = stateKey();
    failed = undefined;
    const half = kept().recall();
    draft = { ...draft, ...half?.draft };
    if (half?.boards !== undefined) boards = new Map(half.boards);
  }

  /** What is half chosen, of what is shared now. */
  function kept() {
    return keptDraft<Half>(context, 'share.draft', unchanged);
  }

  function keep(): void {
    kept().keep({ draft, boards: [...boards] });
    failed = undefined;
  }

  function reset(): void {
    if (view === undefined) return;
    kept().forget();
    start(view);
    drawChoices(view);
    save.focus();
  }

  function stateKey(): string {
    return JSON.stringify([choiceOf(draft), draft.visibility ?? null, [...boards]]);
  }

  function change(part: Partial<Draft>): void {
    draft = { ...draft, ...part };
    keep();
    if (view === undefined) return;
    if ('name' in part) drawFoot(view);
    else drawChoices(view);
  }

  function drawFoot({ status }: ShareView): void {
    const asked = isAskedAgain(status);
    const edited = stateKey() !== unchanged;
    const wait = missingOf(draft) ?? (asked || edited ? undefined : t('Nothing is changed.'));
    save.textContent = asked ? t('Agree and go on sharing') : t('Save what I share');
    save.setAttribute('aria-disabled', String(wait !== undefined || sending));
    undo.hidden = !edited;
    sentence.classList.toggle('tb-join-failed', failed !== undefined);
    sentence.textContent =
      failed ??
      wait ??
      (asked ? t('Nothing is sent before that.') : t('It holds at once, and is kept below as a new consent.'));
  }

  async function send(): Promise<void> {
    if (sending || view === undefined || save.getAttribute('aria-disabled') === 'true') return;
    sending = true;
    drawFoot(view);
    try {
      const all = [...boards].map(([board, visibility]) => ({ board, visibility }));
      const next = await context.askTeam({ ask: 'changeShare', choice: choiceOf(draft), boards: all });
      kept().forget();
      unchanged = stateKey();
      sending = false;
      take(next);
      return;
    } catch (error) {
      failed = sentenceOf(error);
    }
    sending = false;
    drawFoot(view);
  }

  function drawChoices(now: ShareView): void {
    const { policy } = now;
    replaceKeepingFocus(
      choices,
      ...(policy === undefined
        ? []
        : [
            panel(
              { title: t('How you appear'), name: 'appearance' },
              ...boardsPart({ view: now, policy, draft, boards, change, take, setBoard, context }),
            ),
          ]),
      panel({ title: t('Also share'), name: 'switches' }, switches(draft, change)),
      panel(
        { title: t('Leave out'), name: 'leave-out', note: t('checked on this machine') },
        el(
          'div',
          { class: 'tb-leave-out' },
          ...leaveOut({ draft, change, projects: [], earliest: earliest(), formats }),
        ),
      ),
    );
    drawFoot(now);
  }

  function setBoard(board: number, visibility: Visibility): void {
    boards = new Map([...boards, [board, visibility]]);
    keep();
    if (view !== undefined) drawChoices(view);
  }

  function draw(now: ShareView): void {
    const { status, policy, next, views } = now;
    upload.show(next);
    // Nobody loses the folder that they are about to name.
    if (choices.querySelector('.tb-popup:not([hidden])') === null) drawChoices(now);
    else drawFoot(now);
    replaceKeepingFocus(
      element,
      ...(isAskedAgain(status)
        ? [
            stateCard(
              'warning',
              t('You are asked again'),
              el('p', {}, status.problem ?? t('The policy has changed.')),
              el('p', { class: 'tb-muted' }, t('Nothing is sent until you have agreed below. You can also leave.')),
            ),
          ]
        : []),
      el(
        'div',
        { class: 'tb-share-halves' },
        ...(policy === undefined
          ? []
          : [
              panel(
                {
                  title: t('What {0} says it does', policy.organisation),
                  name: 'policy',
                  controls: [el('span', { class: 'tb-card-note' }, policyNote(policy, formats))],
                },
                ...policyWords(policy, status.origin, formats),
              ),
            ]),
        upload.element,
      ),
      choices,
      foot,
      el(
        'div',
        { class: 'tb-share-thirds' },
        devicesPanel({ context, view: now, take }),
        panel(
          { title: t('Who looked'), name: 'looks' },
          el(
            'p',
            {},
            views === undefined ? t('Not known while the server cannot be reached.') : lookedAt(views, formats),
          ),
          el(
            'p',
            { class: 'tb-small tb-muted' },
            t('One look a person and snapshot. Admins are counted like everyone.'),
          ),
        ),
        consentsPanel(now, formats),
      ),
      el(
        'div',
        { class: 'tb-share-end' },
        button({
          text: t('Export what they have on me'),
          icon: 'export',
          onClick: () => context.act({ act: 'exportMine' }),
        }),
        button({
          text: t('Leave {0}', status.organisation ?? t('the team')),
          icon: 'sign-out',
          onClick: () => leave(status),
        }),
      ),
    );
  }

  return { show, forget: () => kept().forget() };
}

/** The policy is another. */
function isAskedAgain({ state, asks }: TeamStatus): boolean {
  return state === 'asking' && (asks === undefined || asks === 'policy');
}

/** 35 days back: the server takes no older ones. */
function earliest(): string {
  return new Date(Date.now() - 35 * 86_400_000).toISOString().slice(0, 10);
}
