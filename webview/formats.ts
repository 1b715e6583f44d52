import { compact, exact, usd } from '../src/usage/format.ts';

/** Numbers, money and times in the locale of the editor and the zone of the figures. */
export interface Formats {
  readonly locale: string;
  readonly zone: string;
  /** `88.4M` */
  compact(count: number, decimals?: 0 | 1 | 2): string;
  /** `59,938,354,422` */
  exact(count: number): string;
  /** Of nano-USD: `$61.84`; `–` for null. */
  money(nano: number | null): string;
  /** Of a share of one: `96.6 %` as the locale writes it; `–` for null. */
  percent(share: number | null, decimals?: 0 | 1 | 2): string;
  /** Of a local day `YYYY-MM-DD`: `Thu 12 Nov`, or with its year. */
  day(day: string, style?: 'short' | 'long'): string;
  /** Of epoch milliseconds: `14:20`. */
  time(time: number): string;
  /** Of epoch milliseconds: `12 Nov, 14:20`. */
  moment(time: number): string;
  /** `7 h 40 min`, in words that are translated. */
  length(ms: number): string;
  /** `2 min ago` */
  age(ms: number): string;
}

/** Formats of a locale and an IANA zone. */
export function formatsOf(locale: string, zone: string): Formats {
  const percents = [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits, roundingMode: 'halfExpand' }),
  );
  // A day is a name, not a moment: it is written in UTC, in which its midnight is its own.
  const days = {
    short: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }),
    long: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }),
  };
  const times = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const moments = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const ages = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
  const unit = (value: number, name: 'hour' | 'minute' | 'second' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  return {
    locale,
    zone,
    compact: (count, decimals = 1) => compact(count, { locale, decimals }),
    exact: (count) => exact(count, { locale }),
    money: (nano) => (nano === null ? '–' : usd(nano, { locale, cents: nano < 1e12 })),
    percent: (share, decimals = 1) => (share === null ? '–' : (percents[decimals]?.format(share) ?? '')),
    day: (day, style = 'short') => days[style].format(new Date(`${day}T00:00Z`)),
    time: (time) => times.format(time),
    moment: (time) => moments.format(time),
    length(ms) {
      const minutes = Math.round(ms / 60_000);
      if (minutes < 60) return unit(minutes, 'minute');
      const rest = minutes % 60;
      return rest === 0 ? unit(minutes / 60, 'hour') : `${unit((minutes - rest) / 60, 'hour')} ${unit(rest, 'minute')}`;
    },
    age(ms) {
      const minutes = Math.round(ms / 60_000);
      if (minutes < 60) return ages.format(-minutes, 'minute');
      const hours = Math.round(minutes / 60);
      return hours < 48 ? ages.format(-hours, 'hour') : ages.format(-Math.round(hours / 24), 'day');
    },
  };
}
