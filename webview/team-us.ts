import type { TeamBoardView } from '../src/dashboard/protocol/team.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { figure } from './overview-tokens.ts';
import { panel } from './team-explain.ts';
import { histogramChart } from './team-histogram.ts';
import { type TeamMeasure, teamsPart } from './team-teams.ts';
import { addsUp, formulaNotes, formulaWords, metricFormat, windowTitle } from './team-values.ts';
import { withheldWords } from './team-words.ts';

export interface UsOptions {
  readonly view: TeamBoardView;
  readonly formats: Formats;
  /** The least number of people in a sum, where it is known. */
  readonly k: number | undefined;
  readonly measure: TeamMeasure;
  readonly allTeams: boolean;
  readonly onMeasure: (measure: TeamMeasure) => void;
  readonly onAllTeams: () => void;
  readonly explain: (title: string) => void;
}

/** The first view: all together, where one stands among them, team against team. */
export function usPanels(options: UsOptions): readonly HTMLElement[] {
  const { view, explain } = options;
  const parts = [together(options), stand(options)];
  if (view.snapshot.teams.length > 0) {
    const { controls, body } = teamsPart({ ...options, all: options.allTeams, onAll: options.onAllTeams });
    parts.push(panel({ title: t('Team against team'), name: 'teams', controls, explain }, ...body));
  }
  return parts;
}

function together({ view, formats, k, explain }: UsOptions): HTMLElement {
  const { snapshot, standing, formula } = view;
  const { total, metric, window } = snapshot;
  const format = metricFormat(metric, formats);
  const days = windowTitle(window).toLowerCase();
  const headline = addsUp(metric) ? total?.sum : total?.median;
  const what = addsUp(metric) ? format.unit : t('median {0}', format.unit);
  const first =
    headline === null || headline === undefined
      ? el(
          'p',
          { class: 'tb-together-none' },
          icon('lock'),
          el(
            'span',
            {},
            total?.withheld == null ? t('No total yet.') : t('Total {0}.', withheldWords(total.withheld, k)),
          ),
        )
      : el(
          'div',
          { class: 'tb-together-total' },
          el('p', { class: 'tb-headline', title: format.exact(headline) }, format.short(headline)),
          el('p', { class: 'tb-small tb-muted' }, t('{0} in {1}', what, days)),
        );
  const percentile = standing?.percentile;
  const value = standing?.value;
  const few =
    total?.digits === 2
      ? t('two digits: members came or went')
      : total?.digits === 1
        ? t('one digit: members came or went')
        : undefined;
  return panel(
    { title: t('{0} together', snapshot.name), name: 'together', note: few, explain },
    el(
      'div',
      { class: 'tb-together' },
      first,
      el(
        'dl',
        { class: 'tb-together-figures' },
        figure(
          t('Participants'),
          total?.members == null ? '–' : formats.exact(total.members),
          t('sharing by their own choice'),
        ),
        figure(t('Median'), total?.median == null ? '–' : format.short(total.median), t('half have less, half more')),
        figure(
          t('You'),
          standing?.rank == null ? '–' : `#${formats.exact(standing.rank)}`,
          percentile == null ? t('nothing counted in these days') : aheadWords(percentile, formats),
        ),
        figure(
          t('Your {0}', format.unit),
          value == null ? '–' : format.short(value),
          value == null ? t('counted once a day is complete') : t('{0} exactly', format.exact(value)),
        ),
      ),
    ),
    formulaLine(formulaWords(metric, formula), formulaNotes(metric)),
  );
}

function stand({ view, formats, explain }: UsOptions): HTMLElement {
  const { histogram, total, metric, window } = view.snapshot;
  const format = metricFormat(metric, formats);
  const percentile = view.standing?.percentile;
  const note = percentile == null ? undefined : t('percentile {0}', formats.exact(percentile));
  if (histogram === null) {
    return panel(
      { title: t('Where you stand'), name: 'stand', note, explain },
      el(
        'p',
        { class: 'tb-muted' },
        t('The distribution is shown once there are enough members that it tells of no single one.'),
      ),
    );
  }
  const chart = histogramChart({
    bins: histogram,
    median: total?.median ?? null,
    own: view.standing?.value ?? null,
    format,
    formats,
    caption: t('{0} per person in {1}', format.unit, windowTitle(window).toLowerCase()),
  });
  return panel({ title: t('Where you stand'), name: 'stand', note, controls: [chart.button], explain }, chart.element);
}

/** The formula in a type of its own, and what it is not. */
export function formulaLine(formula: string, notes: readonly string[]): HTMLElement {
  return el(
    'p',
    { class: 'tb-formula' },
    el('code', {}, formula),
    ...notes.map((note) => el('span', { class: 'tb-muted' }, ` · ${note}`)),
  );
}

export function aheadWords(percentile: number, formats: Formats): string {
  return t('at or above {0} of members', formats.percent(percentile / 100, 1));
}
