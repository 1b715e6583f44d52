/** No page asks more, on average. */
const idsAMillisecond = 1000;

/**
 * Numbers for a page's questions. The editor makes a page anew whenever it comes into sight again, and what the one before it
 * asked may be answered only then: so no two pages number alike.
 */
export function questionIds(begun = Date.now()): () => number {
  let next = begun * idsAMillisecond;
  return () => next++;
}
