/** A number that is not negative with so many significant digits, rounded half up: 281,437,000,123 with three is 281,000,000,000. */
export function roundTo(value: number, digits: number): number {
  if (!(value > 0)) return 0;
  const exponent = Math.floor(Math.log10(value)) - digits + 1;
  // Powers of ten below one are not exact, so it is never multiplied by one.
  return exponent > 0
    ? Math.round(value / 10 ** exponent) * 10 ** exponent
    : Math.round(value * 10 ** -exponent) / 10 ** -exponent;
}
