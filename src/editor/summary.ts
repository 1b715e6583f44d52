import { toolTitle } from '../readers/index.ts';
import { compact, exact, usd } from '../usage/format.ts';
import type { Figures, Share } from './figures.ts';
import type { CostSource } from './settings.ts';
import { costInWords, type Translate } from './words.ts';

export interface SummaryOptions {
  readonly translate: Translate;
  readonly costSource: CostSource;
}

/** A day in plain text, to be read and copied. */
export function summaryText(figures: Figures, day: string, options: SummaryOptions): string {
  const { translate: t, costSource } = options;
  const { tokens, fresh, sums } = figures;
  const cost = costInWords(figures, costSource, t);
  const counts = [
    `${t('{0} tokens', exact(tokens))} (${compact(tokens)})`,
    t('{0} fresh', exact(fresh)),
    requests(sums.events, t),
  ];
  return [
    `Tokenboard · ${t('Today, {0}', day)}`,
    '',
    counts.join(' · '),
    ...(cost === undefined ? [] : [t('{0}, not your bill', cost)]),
    ...(sums.unpricedTokens > 0 ? [t('{0} tokens have no known price', exact(sums.unpricedTokens))] : []),
    ...(sums.estimatedTokens > 0 ? [t('{0} tokens are estimates', exact(sums.estimatedTokens))] : []),
    '',
    t('What it is made of'),
    ...table([
      [t('Input'), exact(sums.input)],
      [t('Output'), exact(sums.output)],
      [t('Cache writes'), exact(sums.cacheWrite5m + sums.cacheWrite1h)],
      [t('Cache reads'), exact(sums.cacheRead)],
    ]),
    ...section(
      t('Tools'),
      figures.tools.map((share) => ({ ...share, name: toolTitle(share.name) })),
      options,
    ),
    ...section(t('Models'), figures.models, options),
    '',
    t('“Fresh” leaves out cache reads: it is input, output and cache writes.'),
    '',
  ].join('\n');
}

/** A branch's cost in a line or two of Markdown, for the description of a pull request. */
export function branchText(branch: string, figures: Figures, { translate: t, costSource }: SummaryOptions): string {
  const cost = costInWords(figures, costSource, t);
  const parts = [
    t('{0} tokens', compact(figures.tokens)),
    t('{0} fresh', compact(figures.fresh)),
    requests(figures.sums.events, t),
    ...(cost === undefined ? [] : [cost]),
  ];
  return `${t('AI tokens on `{0}`: {1}', branch, parts.join(' · '))}\n`;
}

function requests(count: number, t: Translate): string {
  return count === 1 ? t('1 request') : t('{0} requests', exact(count));
}

function section(title: string, shares: readonly Share<string>[], options: SummaryOptions): readonly string[] {
  return shares.length === 0 ? [] : ['', title, ...table(shares.map((share) => rowOf(share, options)))];
}

function rowOf({ name, tokens, fresh, sums }: Share<string>, { translate: t, costSource }: SummaryOptions): string[] {
  const known = costSource === 'reported' ? sums.reportedNanoUSD > 0 : sums.unpricedTokens < tokens;
  const nano = costSource === 'reported' ? sums.reportedNanoUSD : sums.costNanoUSD;
  return [name, exact(tokens), t('{0} fresh', exact(fresh)), known ? usd(nano, { cents: true }) : t('unpriced')];
}

/** The first column is text, the others are figures and stand to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? `  ${cell.padEnd(widths[i] ?? 0)}` : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
