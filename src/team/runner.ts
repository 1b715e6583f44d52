import { type SyncOutcome, syncNow } from './sync.ts';
import type { Team } from './team.ts';

/** Syncs by itself from now on, in one of the windows, until it is disposed of. */
export interface SyncRunner {
  /** Looks now whether something is due, as after joining, resuming or a wish to leave. */
  wake(): void;
  dispose(): void;
}

/** A window finds out so soon that another one joined, paused, resumed or left. */
const lookMs = 60_000;
const quiet: ReadonlySet<SyncOutcome['kind']> = new Set(['off', 'waiting', 'paused', 'busy']);

/** Begins to sync. A machine that never joined costs a look at the disk a minute. */
export function startSyncing(
  team: Team,
  { told, failed }: { readonly told: (outcome: SyncOutcome) => void; readonly failed: (error: unknown) => void },
): SyncRunner {
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let disposed = false;

  async function look(): Promise<void> {
    if (working) return;
    working = true;
    let moved = false;
    try {
      const outcome = await syncNow(team);
      moved = outcome.kind === 'synced' || outcome.kind === 'failed' || outcome.kind === 'waiting';
      if (!disposed && !quiet.has(outcome.kind)) told(outcome);
    } catch (error) {
      if (!disposed) failed(error);
    } finally {
      working = false;
      plan(moved ? waitMs(team) : lookMs);
    }
  }

  function plan(wait: number): void {
    clearTimeout(timer);
    if (disposed) return;
    timer = setTimeout(() => void look(), wait);
    timer.unref();
  }

  plan(waitMs(team));
  return {
    wake: () => void look(),
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}

function waitMs(team: Team): number {
  try {
    const { membership, leaving, nextAt } = team.store.state();
    if (membership === null && leaving === null) return lookMs;
    return Math.min(lookMs, Math.max(1000, nextAt - team.now()));
  } catch {
    return lookMs;
  }
}
