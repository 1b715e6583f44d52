import type { InsightsView } from '../src/dashboard/protocol/allowances.ts';
import type { Insights } from '../src/team/protocol/insights.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icon.ts';
import { toolTitle } from './join-upload.ts';
import { t } from './l10n.ts';
import { meter } from './meter.ts';
import { figure } from './overview-tokens.ts';
import { field, selectInput } from './owner-fields.ts';
import { type Fact, panel } from './team-explain.ts';
import { daysWords, utcMoment, withheldWords } from './team-words.ts';

export interface InsightOptions {
  readonly view: InsightsView;
  readonly formats: Formats;
  readonly onGroup: (group: number) => void;
  readonly explain: (title: string) => void;
}

/** How a group works with AI tools, for whoever runs it: sums and shares of many, never a person. */
export function insightPanels({ view, formats, onGroup, explain }: InsightOptions): readonly HTMLElement[] {
  const { groups, insights, offline } = view;
  if (insights === undefined) {
    return [el('p', { class: 'tb-muted' }, t('You run no team, so there is nothing to see here.'))];
  }
  const choice =
    groups.length < 2
      ? []
      : [
          field(
            { name: 'insight group', label: t('Group') },
            selectInput({
              choices: groups.map(({ id, name }) => ({ value: String(id), text: name })),
              value: String(insights.board),
              onChange: (id) => onGroup(Number(id)),
            }),
          ),
        ];
  const late = offline === undefined ? [] : [el('p', { class: 'tb-small tb-muted', role: 'status' }, offline)];
  const days = insights.from === null || insights.to === null ? '' : daysWords(insights.from, insights.to, formats);
  return [
    ...choice,
    ...late,
    panel(
      { title: t('How {0} works', insights.name), name: 'insights', note: days, explain },
      ...summary(insights, formats),
    ),
    ...(insights.members === null
      ? []
      : [
          panel({ title: t('Tools'), name: 'insight-tools', explain }, mix(insights.tools, toolTitle, formats)),
          panel(
            { title: t('Models'), name: 'insight-models', explain },
            mix(insights.models, (id) => id, formats),
          ),
        ]),
    ...(insights.allowances.length === 0
      ? []
      : [panel({ title: t('Allowances of teams'), name: 'insight-allowances', explain }, pools(insights, formats))]),
  ];
}

/** How the figures come about. */
export function insightFacts({ insights }: InsightsView, formats: Formats): readonly Fact[] {
  if (insights === undefined) return [];
  const { k, builtAt } = insights;
  return [
    [t('Sources'), t('The daily totals that members share by their own choice, of the last 30 complete UTC days.')],
    [
      t('What is held back'),
      t('Every figure is of {0} people or more, of whom none makes over half of it, also beside all earlier ones.', k),
      t('Shares are in steps of 5 %. A median is the mean of the {0} people in the middle, with two digits.', k),
      t('A tool or model of fewer is counted among the others.'),
    ],
    [t('Cache share'), t('Cache reads of all input tokens.')],
    [t('Active'), t('Members with tokens in these days, of those who had any in 90 days.')],
    [t('Snapshot'), builtAt === null ? '–' : utcMoment(Date.parse(builtAt), formats, 0)],
  ];
}

function summary(insights: Insights, formats: Formats): readonly HTMLElement[] {
  const { state, notice, withheld, members, participation, median, quartiles, activeDays, cacheShare, k } = insights;
  if (state === 'closed') return [el('p', {}, notice ?? '')];
  if (state === 'waiting') return [el('p', { class: 'tb-muted' }, t('The figures come with the next snapshot.'))];
  if (members === null) {
    const why = withheld === null ? '' : withheldWords(withheld, k);
    return [el('p', { class: 'tb-together-none' }, icon('lock'), el('span', {}, t('Figures {0}.', why)))];
  }
  const share = (value: number | null) => (value === null ? '–' : formats.percent(value / 100, 0));
  return [
    el(
      'dl',
      { class: 'tb-together-figures' },
      figure(
        t('Active members'),
        formats.exact(members),
        participation === null ? t('in these days') : t('{0} of those of 90 days', share(participation)),
      ),
      figure(
        t('Tokens each'),
        median === null ? '–' : formats.compact(median),
        quartiles === null
          ? t('median')
          : t('median; half are from {0} to {1}', ...quartiles.map((value) => formats.compact(value))),
      ),
      figure(t('Days with use'), activeDays === null ? '–' : formats.compact(activeDays), t('median of 30')),
      figure(t('Cache share'), share(cacheShare), t('of all input, from caches')),
    ),
  ];
}

function mix(parts: Insights['models'], title: (id: string) => string, formats: Formats): HTMLElement {
  if (parts === null) {
    return el('p', { class: 'tb-muted' }, t('The mix is shown once it tells of no single person.'));
  }
  return el(
    'ul',
    { class: 'tb-limits' },
    ...parts.map(({ id, percent }) => shareRow(id === null ? t('All others') : title(id), percent, formats)),
  );
}

function pools({ allowances }: Insights, formats: Formats): HTMLElement {
  return el(
    'ul',
    { class: 'tb-limits' },
    ...allowances.map(({ name, unit, per, amount, percent }) => {
      const granted = unit === 'tokens' ? t('{0} tokens', formats.compact(amount)) : formats.money(amount * 1000);
      const title = per === 'month' ? t('{0}: {1} a month', name, granted) : t('{0}: {1} a year', name, granted);
      return shareRow(title, percent, formats);
    }),
  );
}

function shareRow(title: string, percent: number | null, formats: Formats): HTMLElement {
  const words = percent === null ? t('not told') : formats.percent(percent / 100, 0);
  return el(
    'li',
    { class: 'tb-limit' },
    el(
      'div',
      { class: 'tb-limit-head' },
      el('span', { class: 'tb-cut', title }, title),
      el('span', { class: 'tb-strong' }, words),
    ),
    ...(percent === null ? [] : [meter({ label: `${title}: ${words}`, share: percent / 100 })]),
  );
}
