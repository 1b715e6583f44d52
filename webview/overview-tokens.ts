import type { Amounts, PaidBy } from '../src/dashboard/protocol/amounts.ts';
import type { OverviewView } from '../src/dashboard/protocol/overview.ts';
import type { Period, SpanView } from '../src/dashboard/protocol/scope.ts';
import { card } from './card.ts';
import { comparison } from './comparison.ts';
import { composition } from './composition.ts';
import { el } from './dom.ts';
import { elsewhereWords } from './elsewhere-words.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import type { ViewContext } from './view.ts';

/** The card with the view's one headline: all tokens, how many of them are fresh, and what they are made of. */
export function tokensCard(context: ViewContext, costSource: 'list' | 'reported', ...controls: readonly Node[]) {
  const { formats } = context;
  const part = card({
    id: 'tokens',
    title: t('Tokens'),
    formula: t(
      'Tokens are input, output, cache writes and cache reads of every request in the period. Fresh leaves out cache reads. The cache share is cache reads ÷ (input + cache writes + cache reads). The list price is what the same requests would cost through each provider’s API at their day; it is not your bill. All my machines adds what your other machines have shared with the team, as its server tells it: complete UTC days, each at the day of that name. Of them the list price is known, not what their tools report.',
    ),
    context,
    controls,
  });
  return {
    ...part,
    show(view: OverviewView, period: Period): void {
      const { amounts, span, paidBy, activeDays } = view;
      part.note(spanInWords(span, formats));
      const compared = comparison(view, period, formats);
      part.fill(
        el(
          'div',
          { class: 'tb-total' },
          el(
            'div',
            { class: 'tb-total-left' },
            el(
              'p',
              { class: 'tb-headline', title: formats.exact(amounts.tokens) },
              amounts.estimatedTokens > 0 ? el('span', { class: 'tb-about' }, `${t('about')} `) : undefined,
              formats.compact(amounts.tokens),
              el('span', { class: 'tb-hidden-text' }, ` ${t('tokens')}`),
            ),
            el(
              'p',
              { class: 'tb-fresh', title: formats.exact(amounts.fresh) },
              el('span', { class: 'tb-muted' }, `${t('fresh')} `),
              formats.compact(amounts.fresh),
            ),
            compared === undefined ? undefined : el('p', { class: 'tb-small tb-muted' }, compared),
          ),
          el('dl', { class: 'tb-figures' }, ...figures(amounts, paidBy, activeDays)),
        ),
        ...(view.elsewhere === undefined ? [] : elsewhereWords(view.elsewhere, span, formats)),
        composition(amounts, formats),
      );
    },
  };

  function figures(amounts: Amounts, paidBy: PaidBy, activeDays: number): readonly HTMLElement[] {
    const perDay = activeDays === 0 ? undefined : amounts.requests / activeDays;
    return [
      figure(
        costSource === 'list' ? t('List price') : t('Reported cost'),
        formats.money(amounts.costNanoUSD),
        amounts.unpricedTokens > 0
          ? t('{0} tokens unpriced', formats.compact(amounts.unpricedTokens))
          : costSource === 'reported'
            ? t('as the tools report it')
            : paidInWords(paidBy),
      ),
      figure(
        t('Requests'),
        formats.exact(amounts.requests),
        perDay === undefined
          ? ''
          : activeDays === 1
            ? t('{0} tokens each', formats.compact(amounts.tokens / amounts.requests))
            : t('{0} per active day', formats.exact(perDay < 1 ? 1 : Math.round(perDay))),
      ),
      figure(t('Cache share'), formats.percent(amounts.cacheShare), t('reads ÷ all input')),
    ];
  }
}

/** One of a row of figures: its name, its value, and a word on it. */
export function figure(name: Node | string, value: string, words: string, className = 'tb-second'): HTMLElement {
  return el(
    'div',
    { class: 'tb-figure' },
    el('dt', { class: 'tb-small tb-muted' }, name),
    el('dd', { class: className }, value),
    el('dd', { class: 'tb-small tb-muted' }, words),
  );
}

/** What a list price means to the person, by how they pay. */
export function paidInWords(paidBy: PaidBy): string {
  switch (paidBy) {
    case 'subscription':
    case 'included':
      return t('included in your plans');
    case 'api':
      return t('paid through the API');
    case 'mixed':
      return t('part of it in your plans');
    case undefined:
      return t('not your bill');
  }
}

function spanInWords({ since, until }: SpanView, formats: Formats): string {
  if (since === until) return formats.day(since, 'long');
  const range = new Intl.DateTimeFormat(formats.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return range.formatRange(new Date(`${since}T00:00Z`), new Date(`${until}T00:00Z`));
}
