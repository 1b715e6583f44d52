import type { BudgetView } from '../src/dashboard/protocol/money.ts';
import type { Forecast, ForecastView, OverviewView } from '../src/dashboard/protocol/overview.ts';
import { swatch } from './composition.ts';
import { withDataTable } from './data-table.ts';
import { el, svg } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { figure } from './overview-tokens.ts';
import { table } from './table.ts';

/** What the month comes to if it goes on as the last weeks did. */
export function forecastPart(formats: Formats) {
  let view: ForecastView | undefined;
  const picture = el('div', {});
  const charted = withDataTable(picture, () => (view === undefined ? el('div') : forecastTable(view, formats)));
  const words = el(
    'p',
    { class: 'tb-small tb-muted' },
    t('It goes by the use of the last weeks, weekday by weekday. Eight of ten months end within the range.'),
  );
  const whole = [charted.element, words, el('div', { class: 'tb-chart-foot' }, charted.button)];
  const element = el('div', { class: 'tb-forecast' });
  return {
    element,
    show(overview: OverviewView): void {
      view = overview.forecast;
      if (view === undefined) {
        element.replaceChildren(el('p', { class: 'tb-muted' }, t('There is not enough yet to go by.')));
        return;
      }
      picture.replaceChildren(...forecastPicture(overview, view, formats));
      charted.renew();
      if (!element.contains(words)) element.replaceChildren(...whole);
    },
  };
}

/** What is used, and how far it is likely to go, as a bar; the figures beneath it. */
function forecastPicture(overview: OverviewView, forecast: ForecastView, formats: Formats): readonly Element[] {
  const { month, soFar, likely, low, high } = forecast;
  const money = likely.costNanoUSD !== null;
  const value = ({ tokens, costNanoUSD }: Forecast) => (money ? (costNanoUSD ?? 0) : tokens);
  const write = (of: Forecast) => (money ? dollars(of.costNanoUSD, formats) : formats.compact(of.tokens));
  const range = (from: string, to: string) => (from === to ? from : `${from} – ${to}`);
  const tokens = (text: string) => (money ? t('{0} tokens', text) : '');
  const budget = money ? monthBudget(overview) : undefined;
  const full = Math.max(value(high), budget?.amount ?? 0) * 1.03;
  const share = (amount: number) => `${((amount / full) * 100).toFixed(2)}%`;
  const bar = (name: string, from: number, to: number) =>
    svg('rect', { class: name, x: share(from), width: share(to - from), y: 6, height: 12, rx: 2 });
  const mark = (name: string, at: number) =>
    svg('rect', { class: name, x: share(at), y: 1, width: 2, height: 22, transform: 'translate(-1 0)' });
  const label = forecastAnswer(overview, formats);
  return [
    svg(
      'svg',
      { class: 'tb-forecast-bar', role: 'img', 'aria-label': label },
      bar('tb-meter-track', 0, full),
      bar('tb-forecast-range', value(low), value(high)),
      bar('tb-meter-fill', 0, value(soFar)),
      mark('tb-meter-mark', value(likely)),
      ...(budget === undefined ? [] : [mark('tb-forecast-budget', budget.amount)]),
    ),
    el(
      'dl',
      { class: 'tb-figures tb-forecast-figures' },
      figure(swatched('tb-fill-output', t('So far')), write(soFar), tokens(formats.compact(soFar.tokens)), 'tb-strong'),
      figure(
        swatched('tb-meter-mark', t('{0} about', monthName(month, formats))),
        write(likely),
        tokens(formats.compact(likely.tokens)),
        'tb-strong',
      ),
      figure(
        swatched('tb-forecast-range', t('Likely between')),
        range(write(low), write(high)),
        tokens(range(formats.compact(low.tokens), formats.compact(high.tokens))),
        'tb-strong',
      ),
      ...(budget === undefined
        ? []
        : [
            figure(
              swatched('tb-forecast-budget', t('Budget')),
              formats.money(budget.amount),
              value(likely) > budget.amount ? t('likely to be passed') : t('likely to be kept'),
              'tb-strong',
            ),
          ]),
    ),
  ];
}

function swatched(className: string, text: string): HTMLElement {
  return el('span', { class: 'tb-swatched' }, swatch(className), text);
}

function forecastTable(forecast: ForecastView, formats: Formats): HTMLElement {
  const month = monthName(forecast.month, formats);
  const row = (name: string, { tokens, costNanoUSD }: Forecast) => [
    name,
    formats.compact(tokens),
    dollars(costNanoUSD, formats),
  ];
  return table({
    label: t('Forecast for {0}', month),
    columns: [{ title: month }, { title: t('Tokens'), number: true }, { title: t('List price'), number: true }],
    rows: [
      row(t('So far'), forecast.soFar),
      row(t('At least, likely'), forecast.low),
      row(t('About'), forecast.likely),
      row(t('At most, likely'), forecast.high),
    ],
  });
}

/** The forecast in a line: in money where there is any, else in tokens. */
export function forecastAnswer(overview: OverviewView, formats: Formats): string {
  const { forecast } = overview;
  if (forecast === undefined) return t('not enough yet to go by');
  const { month, likely, low, high } = forecast;
  const write = ({ tokens, costNanoUSD }: Forecast) =>
    likely.costNanoUSD === null ? formats.compact(tokens) : dollars(costNanoUSD, formats);
  const words = t(
    '{0} about {1}, between {2} and {3}',
    monthName(month, formats),
    write(likely),
    write(low),
    write(high),
  );
  const budget = monthBudget(overview);
  return budget === undefined ? words : `${words} · ${t('budget {0}', formats.money(budget.amount))}`;
}

/** The same in a few words. */
export function forecastInShort({ forecast }: OverviewView, formats: Formats): string {
  if (forecast === undefined) return t('not enough yet to go by');
  const { month, likely, low, high } = forecast;
  const write = ({ tokens, costNanoUSD }: Forecast) =>
    likely.costNanoUSD === null ? formats.compact(tokens) : dollars(costNanoUSD, formats);
  return t('{0} {1} ({2} – {3})', monthName(month, formats), write(likely), write(low), write(high));
}

/** The month's budget of money over all tools and projects. */
function monthBudget({ budgets }: OverviewView): BudgetView | undefined {
  return budgets.find(({ per, unit, tool, project }) => per === 'month' && unit === 'usd' && !tool && !project);
}

/** A forecast is not known to the cent. */
function dollars(nano: number | null, formats: Formats): string {
  if (nano === null) return '–';
  return nano < 10e9 ? formats.money(nano) : formats.money(Math.round(nano / 1e9) * 1e9).replace(/[.,]00(?!\d)/, '');
}

function monthName(month: string, { locale }: Formats): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long' }).format(new Date(`${month}-01T00:00Z`));
}
