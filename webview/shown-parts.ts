import type { Formats } from './formats.ts';

/**
 * The parts of a sum as they are shown with it, each in a unit of its own with at most three digits, like all counts. Who adds
 * them up and rounds the result as the total is rounded gets what is shown of the total: where plain rounding would not give
 * that, the part that is closest to it is rounded the other way. `others` are parts that are shown already, as they are shown.
 */
export function shownParts(
  total: number,
  parts: readonly number[],
  { compact, locale }: Formats,
  others = 0,
): readonly string[] {
  return roundedParts(total, parts, locale, others).map((part) => compact(part));
}

/** The numbers behind `shownParts`. */
export function roundedParts(total: number, parts: readonly number[], locale: string, others = 0): readonly number[] {
  const steps = parts.map((part) => stepOf(part, locale));
  const shown = parts.map((part, i) => Math.round(part / at(steps, i)) * at(steps, i));
  // Of a total that has parts which are not shown, nothing can be asked.
  if (others === 0 && sumOf(parts) < total) return shown;
  const step = stepOf(total, locale);
  const whole = Math.round(total / step);
  const left = new Set(parts.keys());
  for (;;) {
    const missing = whole - Math.round((others + sumOf(shown)) / step);
    const way = Math.sign(missing);
    if (way === 0) return shown;
    const room = (i: number) => (way * (at(parts, i) - at(shown, i))) / at(steps, i);
    const [next] = [...left]
      .filter((i) => at(shown, i) + way * at(steps, i) >= 0)
      .sort((a, b) => room(b) - room(a) || at(steps, b) - at(steps, a));
    if (next === undefined) return shown;
    left.delete(next);
    shown[next] = at(shown, next) + way * at(steps, next);
  }
}

/** The parts of a sum in detail: in its unit with two decimals, and adjusted so that they add up to what is shown of it. */
export function detailedParts(
  total: number,
  parts: readonly number[],
  { compact, locale }: Formats,
): readonly string[] {
  if (total < 1000) return parts.map((part) => compact(part, 2));
  const { scale, unit } = unitOf(total, locale);
  const step = scale / 100;
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return adjusted(total, parts, step).map((steps, i) =>
    steps === 0 ? compact(parts[i] ?? 0, 2) : `${format.format((steps * step) / scale)}${unit}`,
  );
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

/** What a count is rounded to: a tenth of its unit, or its third digit. */
function stepOf(count: number, locale: string): number {
  if (count < 1000) return 1;
  return Math.max(1, unitOf(count, locale).scale / 10, 10 ** (Math.floor(Math.log10(count)) - 2));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
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
