/** A number that is not negative with so many significant digits, rounded half up: 281,437,000,123 with three is 281,000,000,000. */
export function roundTo(value: number, digits: number): number {
  return value > 0 ? Number(value.toPrecision(digits)) : 0;
}

/** The power of ten of a positive number's first digit: 2 for 100 to 999, -1 for 0.25. */
export function magnitude(value: number): number {
  // A logarithm would miss by one beside some powers of ten.
  return Number(value.toExponential().split('e')[1]);
}
