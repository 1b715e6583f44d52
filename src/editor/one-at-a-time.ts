/** Files that changed, or undefined where anything may have. */
export type Changed = readonly string[] | undefined;

/**
 * Follows one change at a time. What changes meanwhile is followed together, after it: where logs are written faster than they
 * are read, nothing piles up. `follow` is not to reject.
 */
export function oneAtATime(follow: (changed: Changed) => Promise<void>): (changed: Changed) => void {
  let waiting: ReadonlySet<string> | 'anything' | undefined;
  let busy = false;

  async function followAll(): Promise<void> {
    busy = true;
    while (waiting !== undefined) {
      const changed = waiting;
      waiting = undefined;
      await follow(changed === 'anything' ? undefined : [...changed]);
    }
    busy = false;
  }

  return (changed) => {
    waiting = changed === undefined || waiting === 'anything' ? 'anything' : new Set([...(waiting ?? []), ...changed]);
    if (!busy) void followAll();
  };
}
