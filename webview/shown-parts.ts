import type { Formats } from './formats.ts';

/**
 * The parts of a sum as they are shown with it: in its unit, with as many decimals, and adjusted so that they add up to what
 * is shown of it (the largest remainder first). A part too small for the unit stands in its own.
 */
export function shownParts(
  total: number,
  parts: readonly number[],
  { compact, locale }: Formats,
  decimals: 1 | 2 = 1,
): readonly string[] {
  if (total < 1000) return parts.map((part) => compact(part, decimals));
  const { scale, unit } = unitOf(total, locale);
  // At most three digits, as everywhere; more are for where there is room for detail.
  const digits = decimals === 2 ? 2 : total / scale >= 99.95 ? 0 : 1;
  const step = scale / 10 ** digits;
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return adjusted(total, parts, step).map((steps, i) => {
    const part = parts[i] ?? 0;
    return steps === 0 ? compact(part, decimals) : `${format.format((steps * step) / scale)}${unit}`;
  });
}

/** Whole steps for each part that add up to the whole steps of the total; the parts may fall short of the total. */
export function adjusted(total: number, parts: readonly number[], step: number): readonly number[] {
  const rounded = parts.map((part) => Math.floor(part / step));
  const whole = parts.reduce((sum, part) => sum + part, 0) >= total ? Math.round(total / step) : 0;
  let left = Math.max(0, whole - rounded.reduce((sum, steps) => sum + steps, 0));
  if (whole === 0) return parts.map((part) => Math.round(part / step));
  const byRemainder = parts
    .map((part, i) => ({ i, remainder: part / step - Math.floor(part / step) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { i } of byRemainder) {
    if (left-- <= 0) break;
    rounded[i] = (rounded[i] ?? 0) + 1;
  }
  return rounded;
}

/** Shares of a total in tenths of a percent that add up to 100. */
export function shownShares(total: number, parts: readonly number[], { locale }: Formats): readonly string[] {
  if (total <= 0) return parts.map(() => '–');
  const format = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return adjusted(total, parts, total / 1000).map((thousandths, i) => {
    const part = parts[i] ?? 0;
    return thousandths === 0 && part > 0 ? `< ${format.format(0.001)}` : format.format(thousandths / 1000);
  });
}

/** What a large number is written in: `M` for millions; some languages count in ten thousands. */
function unitOf(total: number, locale: string): { readonly scale: number; readonly unit: string } {
  const style = { notation: 'compact', maximumFractionDigits: 0 } as const;
  const pieces = new Intl.NumberFormat(locale, style).formatToParts(total);
  const shown = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 3 });
  const digits = new Intl.NumberFormat(`${locale}-u-nu-latn`, { ...style, useGrouping: false })
    .formatToParts(total)
    .filter(({ type }) => type === 'integer')
    .map(({ value }) => value)
    .join('');
  const scale = 10 ** Math.round(Math.log10(total / Number(digits || shown.format(total))));
  const at = pieces.findLastIndex(({ type }) => type === 'integer');
  return {
    scale,
    unit: pieces
      .slice(at + 1)
      .map(({ value }) => value)
      .join(''),
  };
}
