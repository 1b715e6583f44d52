/** How a number is written; the locale is a BCP 47 tag, default `en-US`. */
export interface NumberStyle {
  readonly locale?: string;
}

export interface CompactStyle extends NumberStyle {
  /** Digits after the point at most; default 1, and 2 where there is room for detail. */
  readonly decimals?: 0 | 1 | 2;
}

export interface MoneyStyle extends NumberStyle {
  /** Cents also from $10 on, for columns and budgets. */
  readonly cents?: boolean;
}

const centNano = 1e7;
const wholeDollarsFromCents = 1000;
const formats = new Map<string, Intl.NumberFormat>();

/** A count in at most three digits with K, M, B or T, rounded half up: `88.4M`. Below 1,000 it stays as it is. */
export function compact(count: number, style: CompactStyle = {}): string {
  const maximumFractionDigits = style.decimals ?? 1;
  return format(style, `compact${maximumFractionDigits}`, {
    notation: 'compact',
    maximumFractionDigits,
    maximumSignificantDigits: 3,
    roundingPriority: 'lessPrecision',
  }).format(count);
}

/** A count with all its digits, grouped: `59,938,354,422`. */
export function exact(count: number, style: NumberStyle = {}): string {
  return format(style, 'exact', { maximumFractionDigits: 0 }).format(count);
}

/** Nano-USD as money, rounded half up: `$0.46`, `$31` (`$31.22` with cents), `<$0.01` for what is less but not nothing. */
export function usd(nano: number, style: MoneyStyle = {}): string {
  if (nano > 0 && nano < centNano) return `<${withCents(style).format(0.01)}`;
  const dollars = nano / 1e9;
  const whole = nano === 0 || Math.round(nano / centNano) >= wholeDollarsFromCents;
  return (whole && style.cents !== true ? withoutCents(style) : withCents(style)).format(dollars);
}

function withCents(style: NumberStyle): Intl.NumberFormat {
  return format(style, 'cents', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
}

function withoutCents(style: NumberStyle): Intl.NumberFormat {
  return format(style, 'dollars', {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  });
}

/** Making an Intl format takes long, so each is made once. */
function format(style: NumberStyle, kind: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = style.locale ?? 'en-US';
  const key = `${locale} ${kind}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.NumberFormat(locale, { ...options, roundingMode: 'halfExpand' });
    formats.set(key, known);
  }
  return known;
}
