import { compact, usd } from '../usage/format.ts';
import type { Figures, Share } from './figures.ts';
import type { CostSource, Period } from './settings.ts';

/** Translates words; `{0}` stands for the first value. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** The name of a period, to stand before a figure: `Today`. */
export function periodName(period: Period, t: Translate): string {
  return { today: t('Today'), '7days': t('7 days'), '30days': t('30 days'), month: t('This month') }[period];
}

/** What it cost, in words that say whose figure it is; undefined where nothing is priced. */
export function costInWords(
  { tokens, sums }: Pick<Figures | Share<string>, 'tokens' | 'sums'>,
  source: CostSource,
  t: Translate,
): string | undefined {
  if (source === 'reported') {
    return sums.reportedNanoUSD > 0 ? t('{0} as reported by the tools', usd(sums.reportedNanoUSD)) : undefined;
  }
  return sums.unpricedTokens < tokens ? t('{0} list price', about(sums.costNanoUSD)) : undefined;
}

/** A list price, which is never quite what is paid: `≈ $31`, but `<$0.01`. */
export function about(nanoUSD: number): string {
  const price = usd(nanoUSD);
  return price.startsWith('<') ? price : `≈ ${price}`;
}

/** A count, with a word before it where part of it is an estimate. */
export function tokensInWords(tokens: number, estimated: number, t: Translate): string {
  return estimated > 0 ? t('about {0}', compact(tokens)) : compact(tokens);
}

/** How long ago, in words: `2 min ago`. */
export function ageInWords(ms: number, t: Translate): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t('just now');
  if (minutes < 60) return t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('{0} h ago', hours) : t('{0} days ago', Math.floor(hours / 24));
}

/** Text that Markdown leaves as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|&$~]/g, '\\$&');
}
