import type { Metric } from '../src/dashboard/protocol/amounts.ts';
import type { ChartView } from '../src/dashboard/protocol/chart.ts';
import { binName, chartTitle, seriesName } from './chart-words.ts';
import type { Formats } from './formats.ts';
import { t } from './l10n.ts';
import { table } from './table.ts';

/** The figures behind the chart, exact, one row a bin. */
export function chartTable({ bins, series, grain }: ChartView, metric: Metric, formats: Formats): HTMLElement {
  const write = (value: number) => (metric === 'cost' ? formats.money(value) : formats.exact(value));
  const heads = { hour: t('Hour'), day: t('Day'), week: t('Week'), month: t('Month') };
  return table({
    label: chartTitle(metric, grain),
    columns: [
      { title: heads[grain] },
      ...series.map(({ id, title }) => ({ title: seriesName(id, title), number: true })),
      { title: t('Total'), number: true },
    ],
    rows: bins.map(({ name }, bin) => {
      const values = series.map((one) => one[metric][bin] ?? 0);
      return [
        binName(name, grain, formats),
        ...values.map(write),
        write(values.reduce((sum, value) => sum + value, 0)),
      ];
    }),
  });
}
