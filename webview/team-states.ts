import type { TeamBoardView } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { metricFormat } from './team-values.ts';
import { utcMoment } from './team-words.ts';

/** What stands in place of a board that is not published: waiting, or closed with the owner's words. */
export function boardState(view: TeamBoardView, formats: Formats): HTMLElement | undefined {
  const { state, notice, name, nextAt } = view.snapshot;
  if (state === 'open') return undefined;
  if (state === 'closed') {
    return stateCard(
      'circle-slash',
      t('{0} has closed its board', name),
      ...(notice === null ? [] : [el('blockquote', { class: 'tb-notice' }, notice)]),
      el(
        'p',
        { class: 'tb-muted' },
        t('Nobody sees anyone’s figures any more. You can still export your own, and leave.'),
      ),
    );
  }
  const cadence = view.boards.find(({ id }) => id === view.snapshot.board)?.cadence ?? 'daily';
  const when =
    nextAt === null
      ? {
          daily: t('It comes shortly after midnight UTC, and then every day.'),
          hourly: t('It comes within the hour.'),
          live: t('It comes within five minutes.'),
        }[cadence]
      : t('It comes at {0}.', utcMoment(Date.parse(nextAt), formats));
  return stateCard(
    'watch',
    t('Waiting for the first snapshot'),
    el('p', {}, when),
    ...ownSoFar(view, formats),
    el('p', { class: 'tb-muted' }, t('Until then nobody sees anything of you, and you see nothing of others.')),
  );
}

/** One's own standing does not wait for a snapshot. */
function ownSoFar({ standing, snapshot }: TeamBoardView, formats: Formats): readonly HTMLElement[] {
  if (standing?.value == null) return [];
  const format = metricFormat(snapshot.metric, formats);
  return [el('p', {}, t('You so far: {0} {1}. Only you see this.', format.exact(standing.value), format.unit))];
}

/** A sentence in place of figures, with what can be done. */
export function stateCard(sign: string, title: string, ...content: readonly Node[]): HTMLElement {
  return el(
    'section',
    { class: 'tb-card tb-state', 'aria-label': title },
    icon(sign),
    el('div', { class: 'tb-state-words' }, el('h2', { class: 'tb-card-title' }, title), ...content),
  );
}
