/**
 * Between two looks at all logs. A watcher tells of most changes at once, so these looks are for what is not watched: a folder
 * that is new in a wide place, a database that lies elsewhere, a system whose watchers are used up.
 */
const leastMs = 15_000;
/** The longest that such a thing goes unseen, however many logs there are. */
const mostMs = 60_000;
const share = 100;

/**
 * How long to wait until all logs are looked at again, in milliseconds, by the processor's milliseconds of a look that found
 * nothing new. Up to 150 ms of work every 15 s are 1 % of a processor, and so it stays up to a look of 600 ms; a home so full
 * that a look takes longer costs more than that, rather than show figures that are minutes old.
 */
export function pollPause(lookMs: number): number {
  return Math.min(mostMs, Math.max(leastMs, lookMs * share));
}
