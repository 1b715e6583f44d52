import type { Forecast, ForecastView, OverviewView } from '../src/dashboard/protocol/overview.ts';
import { el } from './dom.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { table } from './table.ts';

/** What the month comes to if it goes on as the last weeks did. */
export function forecastPart(formats: Formats) {
  const element = el('div', { class: 'tb-forecast' });
  return {
    element,
    show(forecast: ForecastView | undefined): void {
      if (forecast === undefined) {
        element.replaceChildren(el('p', { class: 'tb-muted' }, t('There is not enough yet to go by.')));
        return;
      }
      const row = (name: string, { tokens, costNanoUSD }: Forecast) => [
        name,
        formats.compact(tokens),
        dollars(costNanoUSD, formats),
      ];
      element.replaceChildren(
        table({
          label: t('Forecast for {0}', monthName(forecast.month, formats)),
          columns: [
            { title: monthName(forecast.month, formats) },
            { title: t('Tokens'), number: true },
            { title: t('List price'), number: true },
          ],
          rows: [
            row(t('So far'), forecast.soFar),
            row(t('At least, likely'), forecast.low),
            row(t('About'), forecast.likely),
            row(t('At most, likely'), forecast.high),
          ],
        }),
        el(
          'p',
          { class: 'tb-small tb-muted' },
          t('It goes by the use of the last weeks, weekday by weekday. Eight of ten months end within the range.'),
        ),
      );
    },
  };
}

/** The forecast in a line: in money where there is any, else in tokens. */
export function forecastAnswer({ forecast, budgets }: OverviewView, formats: Formats): string {
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
  const budget = budgets.find(({ per, unit, tool, project }) => per === 'month' && unit === 'usd' && !tool && !project);
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

/** A forecast is not known to the cent. */
function dollars(nano: number | null, formats: Formats): string {
  if (nano === null) return '–';
  return nano < 10e9 ? formats.money(nano) : formats.money(Math.round(nano / 1e9) * 1e9).replace(/[.,]00(?!\d)/, '');
}

function monthName(month: string, { locale }: Formats): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long' }).format(new Date(`${month}-01T00:00Z`));
}
