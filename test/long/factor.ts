/** How many times more than usual the long tests try, from `TOKENBOARD_TEST_FACTOR`: 1 in the ordinary tests, 100 in full. */
export const factor = Number(process.env.TOKENBOARD_TEST_FACTOR || 1);

/** So many of a number that is meant for the full run, at least one. */
export function share(inFull: number): number {
  return Math.max(1, Math.round((inFull * factor) / 100));
}
