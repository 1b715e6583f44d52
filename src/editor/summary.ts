import { toolTitle } from '../readers/index.ts';
import { compact, exact, usd } from '../usage/format.ts';
import type { Translate } from './counter-view.ts';
import type { Figures, Share } from './figures.ts';

/** Today in plain text, to be read and copied. */
export function summaryText(figures: Figures, day: string, t: Translate): string {
  const { tokens, fresh, sums } = figures;
  const price = sums.unpricedTokens < tokens ? t('≈ {0} list price, not your bill', usd(sums.costNanoUSD)) : undefined;
  const cacheWrites = sums.cacheWrite5m + sums.cacheWrite1h;
  return [
    `Tokenboard · ${t('Today, {0}', day)}`,
    '',
    `${t('{0} tokens', exact(tokens))} (${compact(tokens)}) · ${t('{0} fresh', exact(fresh))} · ${t('{0} requests', exact(sums.events))}`,
    ...(price === undefined ? [] : [price]),
    ...(sums.unpricedTokens > 0 ? [t('{0} tokens have no known price', exact(sums.unpricedTokens))] : []),
    ...(sums.estimatedTokens > 0 ? [t('{0} tokens are estimates', exact(sums.estimatedTokens))] : []),
    '',
    t('What it is made of'),
    ...table([
      [t('Input'), exact(sums.input)],
      [t('Output'), exact(sums.output)],
      [t('Cache writes'), exact(cacheWrites)],
      [t('Cache reads'), exact(sums.cacheRead)],
    ]),
    '',
    t('Tools'),
    ...table(figures.tools.map((share) => rowOf(toolTitle(share.name), share, t))),
    '',
    t('Models'),
    ...table(figures.models.map((share) => rowOf(share.name, share, t))),
    '',
    t('“Fresh” leaves out cache reads: input, output and cache writes.'),
    '',
  ].join('\n');
}

function rowOf(name: string, { tokens, fresh, sums }: Share<string>, t: Translate): readonly string[] {
  const price = sums.unpricedTokens < tokens ? usd(sums.costNanoUSD, { cents: true }) : t('unpriced');
  return [name, exact(tokens), t('{0} fresh', exact(fresh)), price];
}

/** The first column is text, the others are figures and stand to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? `  ${cell.padEnd(widths[i] ?? 0)}` : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}
