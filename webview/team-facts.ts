import type { TeamBoardView } from '../src/dashboard/protocol/team.ts';
import { metrics } from '../src/team/protocol/terms.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import type { Fact } from './team-explain.ts';
import { formulaNotes, formulaWords } from './team-values.ts';
import { daysWords, utcMoment } from './team-words.ts';

/** How the figures of a board come about. */
export function boardFacts(
  { snapshot, formula }: TeamBoardView,
  k: number | undefined,
  formats: Formats,
): readonly Fact[] {
  const { metric, from, to, builtAt, seq, policyVersion, topN } = snapshot;
  const money = metrics[metric].unit === 'microUsd';
  return [
    [t('Formula'), formulaWords(metric, formula), ...formulaNotes(metric)],
    [t('In fields of what is sent'), formula === '' ? metrics[metric].formula : formula],
    [t('Days'), from === null || to === null ? '–' : daysWords(from, to, formats), t('complete UTC days')],
    [
      t('Sources'),
      t('Daily totals that each member’s own machine counts from its tools’ logs, and shares by choice.'),
      t('Where a tool logs no counts they are estimates, marked as such in what is sent.'),
    ],
    ...(money
      ? [
          [
            t('Prices'),
            t('Each machine computes the list price of each request at its day. It is nobody’s bill.'),
          ] as const,
        ]
      : []),
    [
      t('Snapshot'),
      builtAt === null ? '–' : t('Number {0}, of {1}', formats.exact(seq), utcMoment(Date.parse(builtAt), formats, 0)),
      t('Policy {0}', policyVersion),
    ],
    [
      t('What is held back'),
      k === undefined
        ? t('Sums over few people, or of which one or two make most.')
        : t('Sums over fewer than {0} people, or of which one or two make most.', k),
      t('Others’ values have three significant digits, the median two. Your own are exact and counted now.'),
      t('The first {0} are listed; whoever is below sees only themselves.', formats.exact(topN)),
    ],
  ];
}
