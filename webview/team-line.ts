import type { TeamBoardView, TeamStatus } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import { icon } from './icon.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { menu } from './menu.ts';
import { confirmDialog } from './team-dialog.ts';
import { sentenceOf, utcMoment } from './team-words.ts';
import type { ViewContext } from './view.ts';

export interface LineOptions {
  readonly context: ViewContext;
  /** The status is another: after Pause, Resume, Leave or a sync. */
  readonly onStatus: (status: TeamStatus) => void;
  /** Shows what is to be agreed to. */
  readonly decide: () => void;
}

const dayMs = 86_400_000;

/** Line 1: that one shares, as whom, how old the snapshot is, and the way out. */
export function sharingLine({ context, onStatus, decide }: LineOptions) {
  const { formats } = context;
  const words = el('div', { class: 'tb-line-words' });
  const organisation = el('span', { class: 'tb-line-team tb-muted tb-small' });
  const told = el('p', { class: 'tb-line-told', role: 'status' });
  const flagged = el('p', { class: 'tb-line-told' });
  const notes = el('p', { class: 'tb-line-told' });
  const element = el(
    'div',
    { class: 'tb-line' },
    el('div', { class: 'tb-line-row' }, words, organisation),
    flagged,
    notes,
    told,
  );

  /** As what the words were drawn. */
  let drawnAs = '';

  async function ask(
    question: { readonly ask: 'resume' | 'syncNow' | 'leave' } | { ask: 'pause'; minutes: number | null },
  ) {
    try {
      onStatus(await context.askTeam(question));
      told.textContent = '';
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  }

  function leave(status: TeamStatus): void {
    const team = status.organisation ?? t('the team');
    confirmDialog({
      title: t('Leave {0}?', team),
      words: [
        t(
          'You are hidden from every board at once, and all that the server keeps about you is erased within 24 hours.',
        ),
        t('What is counted on this machine stays on it.'),
      ],
      confirm: t('Leave'),
      cancel: t('Stay'),
      act: async () => onStatus(await context.askTeam({ ask: 'leave' })),
    });
  }

  function replace(): void {
    confirmDialog({
      title: t('Replace the other machine?'),
      words: [
        t('This one takes its place: the other is signed out, and its counts are taken off the board.'),
        t('What is counted on either stays on it.'),
      ],
      confirm: t('Replace'),
      act: async () => onStatus(await context.askTeam({ ask: 'replaceDevice' })),
    });
  }

  function link(text: string, act: () => void): HTMLElement {
    return el('button', { type: 'button', class: 'tb-link-button', 'data-key': text, onclick: act }, text);
  }

  function pauseMenu(): HTMLElement {
    const item = (text: string, minutes: number | null) => ({
      text,
      checked: false,
      choose: () => void ask({ ask: 'pause', minutes }),
    });
    return menu({
      button: el('button', { type: 'button', class: 'tb-link-button', 'data-key': 'pause' }, t('Pause')),
      label: t('Pause sharing'),
      align: 'left',
      items: () => [item(t('For an hour'), 60), item(t('For a day'), 1440), item(t('Until I say so'), null)],
    });
  }

  function show(status: TeamStatus, board: TeamBoardView | undefined): void {
    organisation.textContent = status.organisation ?? '';
    organisation.title = status.origin ?? '';
    const as = JSON.stringify({ ...status, lastSyncAt: undefined, notes: undefined });
    // Where only times have changed, a menu that is open stays open.
    if (as !== drawnAs || words.querySelector('.tb-popup:not([hidden])') === null) drawWords(status, board);
    drawnAs = as;
    notes.textContent = (status.notes ?? []).join(' ');
    const { flag } = status;
    flagged.textContent =
      flag === undefined
        ? ''
        : t(
            'A person looked at your counts ({0}); the note ends {1}.',
            flag.reason,
            formats.day(flag.until.slice(0, 10), 'long'),
          );
  }

  function drawWords(status: TeamStatus, board: TeamBoardView | undefined): void {
    const { sign, text, actions } = partsOf(status);
    const age = snapshotWords(board, status.state === 'failing');
    replaceKeepingFocus(
      words,
      el('span', { class: 'tb-line-lead' }, sign, el('span', {}, ...text)),
      ...[age, ...actions].flatMap((part) =>
        part === undefined ? [] : [el('span', { class: 'tb-line-dot', 'aria-hidden': 'true' }, '·'), part],
      ),
    );
  }

  function partsOf(status: TeamStatus) {
    const off = link(t('Leave'), () => leave(status));
    const warn = icon('warning');
    const team = status.organisation ?? t('the team');
    if (status.forbidden !== undefined) return { sign: icon('lock'), text: [status.forbidden], actions: [off] };
    switch (status.state) {
      case 'off':
        return { sign: icon('circle-slash'), text: [t('You share nothing with any team.')], actions: [] };
      case 'on':
        return { sign: el('span', { class: 'tb-line-on' }), text: sharedAs(status), actions: [pauseMenu(), off] };
      case 'paused':
        return {
          sign: icon('debug-pause'),
          text: [
            typeof status.pausedUntil === 'number'
              ? t('Paused until {0}: nothing is sent.', formats.moment(status.pausedUntil))
              : t('Paused until you resume: nothing is sent.'),
          ],
          actions: [link(t('Resume'), () => void ask({ ask: 'resume' })), off],
        };
      case 'failing':
        return {
          sign: warn,
          text: [
            status.problem ?? t('The last sync failed.'),
            ' ',
            t('What is new waits on this machine.'),
            ...(status.lastSyncAt === undefined
              ? []
              : [' ', t('Last sync {0}.', formats.age(Date.now() - status.lastSyncAt))]),
          ],
          actions: [link(t('Try again'), () => void ask({ ask: 'syncNow' })), pauseMenu(), off],
        };
      case 'asking':
        return {
          sign: warn,
          text: [status.problem ?? t('The policy has changed: nothing is sent until you have answered.')],
          actions: [decision(status), off],
        };
      case 'signed-out':
        return {
          sign: icon('sign-out'),
          text: [
            status.problem ?? t('Your session with {0} has ended: nothing is sent. An invite link signs you in.', team),
          ],
          actions: [link(t('Join again'), () => context.go('join')), off],
        };
      case 'leaving':
        return {
          sign: icon('sign-out'),
          text: [
            t('You are leaving {0}: nothing is sent any more.', team),
            ' ',
            status.problem ?? t('The server has not confirmed it yet, and is asked until it has.'),
          ],
          actions: [link(t('Ask now'), () => void ask({ ask: 'leave' }))],
        };
    }
  }

  function decision({ asks }: TeamStatus): HTMLElement {
    switch (asks) {
      case 'telemetry':
        return link(t('Decide'), () => context.act({ act: 'command', id: 'answerTeam' }));
      case 'overlap':
        return link(t('Replace the other machine'), replace);
      default:
        return link(t('Read and decide'), decide);
    }
  }

  function sharedAs(status: TeamStatus): readonly (Node | string)[] {
    if (status.as === undefined) return [t('You share daily totals, in sums alone')];
    const [before = '', after = ''] = t('You share daily totals as {0}', '\0').split('\0');
    return [before, el('strong', { class: 'tb-strong' }, status.as), after];
  }

  /** `told`: why the server cannot be reached stands there already. */
  function snapshotWords(board: TeamBoardView | undefined, told: boolean): HTMLElement | undefined {
    if (board === undefined || board.snapshot.builtAt === null) return undefined;
    const built = Date.parse(board.snapshot.builtAt);
    const age = formats.age(Date.now() - built);
    const time = t('snapshot {0}', utcMoment(built, formats));
    const cadence = board.boards.find(({ id }) => id === board.snapshot.board)?.cadence ?? 'daily';
    const old = Date.now() - built > 2 * dayMs || (cadence !== 'daily' && Date.now() - built > dayMs / 4);
    if (board.offline === undefined && !old) return el('span', { class: 'tb-muted' }, `${time}, ${age}`);
    return el(
      'span',
      { class: 'tb-line-old' },
      icon('warning'),
      board.offline === undefined
        ? `${time}, ${age}`
        : told
          ? t('offline: {0}, {1}', time, age)
          : t('offline: {0}, {1}. {2}', time, age, board.offline),
    );
  }

  return { element, show, leave };
}
