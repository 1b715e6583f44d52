import { modelMinTokens } from '../../team/protocol/limits.ts';
import { metricValue } from '../../team/protocol/metric-value.ts';
import type { MetricId, WindowId } from '../../team/protocol/terms.ts';
import { spanOf } from '../boards/schedule.ts';
import type { OutcomeOf } from '../store/store.ts';

type Usage = OutcomeOf<'usage'>;

/** Which figure of a member is asked for. */
export interface OwnFigure {
  readonly window: WindowId;
  readonly metric: MetricId;
  readonly joinedDay: string;
  readonly now: number;
}

/** A member's own value in a window, for those whom no board counts: an admin has hidden them. Null where there is none. */
export function ownValue({ days, models }: Usage, { window, metric, joinedDay, now }: OwnFigure): number | null {
  const { from, to } = spanOf(window, now);
  const counts = ({ day }: { readonly day: string }): boolean => day >= from && day <= to && day >= joinedDay;
  const sums = { in: 0, out: 0, cr: 0, cw: 0, usd: 0, activeDays: 0, models: 0 };
  for (const day of days.filter(counts)) {
    sums.in += day.in;
    sums.out += day.out;
    sums.cr += day.cr;
    sums.cw += day.cw;
    sums.usd += day.usd;
    if (tokensOf(day) > 0) sums.activeDays++;
  }
  const byModel = new Map<string, number>();
  for (const one of models.filter(counts)) byModel.set(one.model, (byModel.get(one.model) ?? 0) + tokensOf(one));
  sums.models = [...byModel.values()].filter((tokens) => tokens >= modelMinTokens).length;
  return metricValue(metric, sums);
}

function tokensOf(sums: { readonly in: number; readonly out: number; readonly cr: number; readonly cw: number }) {
  return sums.in + sums.out + sums.cr + sums.cw;
}
