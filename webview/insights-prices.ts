import type { InsightsView, ModelPriceRow } from '../src/dashboard/protocol/insights.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';

/** Every model with what it cost, what its tokens cost each, and what the same tokens would have cost on another. */
export function priceTable(view: InsightsView, compared: string, formats: Formats): HTMLElement {
  const other = view.others.findIndex(({ model }) => model === compared);
  const head = (title: string, kind?: string) => el('th', { scope: 'col', class: kind }, title);
  const rate = rateFormat(formats);
  return el(
    'table',
    { class: 'tb-table tb-prices', 'aria-label': t('Models and prices') },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head(t('Model')),
        head(t('Input'), 'tb-number tb-from-880'),
        head(t('Output'), 'tb-number tb-from-880'),
        head(t('Cache writes'), 'tb-number tb-from-880'),
        head(t('Cache reads'), 'tb-number tb-from-880'),
        head(t('Requests'), 'tb-number tb-from-720'),
        head(t('Tokens'), 'tb-number tb-from-420'),
        head(t('List price'), 'tb-number'),
        head(t('On {0}', compared), 'tb-number tb-prices-other'),
        head(t('Difference'), 'tb-number tb-from-560'),
      ),
    ),
    el(
      'tbody',
      {},
      ...view.models.map((row) => rowOf(row, row.elsewhere[other], row.model === compared, rate, formats)),
    ),
    el('tfoot', {}, totalRow(view, other, compared, formats)),
  );
}

function rowOf(
  { model, amounts, rates }: ModelPriceRow,
  elsewhere: number | undefined,
  same: boolean,
  rate: (usd: number) => string,
  formats: Formats,
): HTMLElement {
  const cell = (text: string, kind = '') => el('td', { class: `tb-number ${kind}`.trim() }, text);
  const cost = amounts.costNanoUSD;
  const rateCell = (usd: number | undefined) => cell(usd === undefined ? '–' : rate(usd), 'tb-from-880 tb-muted');
  return el(
    'tr',
    {},
    el(
      'th',
      { scope: 'row' },
      el('span', {}, model),
      rates === undefined ? el('span', { class: 'tb-muted tb-small' }, ` ${t('no known price')}`) : undefined,
    ),
    rateCell(rates?.input),
    rateCell(rates?.output),
    rateCell(rates?.cacheWrite),
    rateCell(rates?.cacheRead),
    cell(formats.exact(amounts.requests), 'tb-from-720'),
    cell(formats.compact(amounts.tokens), 'tb-from-420'),
    cell(formats.money(cost)),
    cell(same ? t('same') : elsewhere === undefined ? '–' : formats.money(elsewhere), 'tb-prices-other'),
    cell(
      same || cost === null || elsewhere === undefined ? '' : difference(elsewhere - cost, formats),
      'tb-from-560 tb-muted',
    ),
  );
}

/** All that has a price, here and there; what has none is in neither. */
function totalRow({ models, amounts }: InsightsView, other: number, compared: string, formats: Formats): HTMLElement {
  const priced = models.filter(({ amounts: one }) => one.costNanoUSD !== null);
  const elsewhere = priced.reduce(
    (sum, row) => sum + ((row.model === compared ? row.amounts.costNanoUSD : row.elsewhere[other]) ?? 0),
    0,
  );
  const cell = (text: string, kind = '') => el('td', { class: `tb-number ${kind}`.trim() }, text);
  const cost = amounts.costNanoUSD;
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, priced.length === models.length ? t('All') : t('All with a price')),
    ...Array.from({ length: 4 }, () => cell('', 'tb-from-880')),
    cell(formats.exact(priced.reduce((sum, row) => sum + row.amounts.requests, 0)), 'tb-from-720'),
    cell(formats.compact(priced.reduce((sum, row) => sum + row.amounts.tokens, 0)), 'tb-from-420'),
    cell(formats.money(cost)),
    cell(other < 0 ? '–' : formats.money(elsewhere), 'tb-prices-other'),
    cell(other < 0 || cost === null ? '' : difference(elsewhere - cost, formats), 'tb-from-560 tb-muted'),
  );
}

function difference(nano: number, formats: Formats): string {
  if (Math.abs(nano) < 5e6) return t('the same');
  const money = formats.money(Math.abs(nano));
  return nano < 0 ? t('{0} less', money) : t('{0} more', money);
}

/** USD per million tokens, with as many digits as a rate has. */
function rateFormat({ locale }: Formats): (usd: number) => string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 3,
  });
  return (usd) => format.format(usd);
}
