/**
 * A condition on the rows of a tally, for the end of a WHERE clause: empty with estimates, else true for those of series that
 * are exact. A tally is an estimate as a whole or not at all.
 */
export function andCounted(estimates: boolean): string {
  return estimates ? '' : 'AND series IN (SELECT id FROM series WHERE estimated = 0)';
}
