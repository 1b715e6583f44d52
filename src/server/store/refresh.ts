import type { Run } from './all-operations.ts';
import type { BoardOperations } from './port-boards.ts';
import {
  beginRebuild,
  endRebuild,
  rebuildModels,
  rebuildSums,
  refreshTaken,
  takeDirty,
  windowsRolled,
} from './windows.ts';

type RefreshWindows = BoardOperations['refreshWindows'];

/** Refreshes in steps of so many members as are asked for: where one alone may write, a step holds up all others. */
export function refreshInSteps(run: Run): RefreshWindows {
  return async (order) => {
    const rolled = await run('write', takeDirty, order);
    return { ...(await run('write', refreshTaken, order)), rolled };
  };
}

/** Where nobody waits for whoever reads and adds up: a new day's windows at once, in transactions beside each other. */
export function refreshAtOnce(run: Run): RefreshWindows {
  const inSteps = refreshInSteps(run);
  return async (order) => {
    if (!(await run('single', windowsRolled, order))) return inSteps(order);
    await run('write', beginRebuild, order);
    await Promise.all([run('write', rebuildModels, order), run('write', rebuildSums, order)]);
    return run('write', endRebuild, order);
  };
}
