import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in per cent of what is alive, before old garbage is collected. */
const growPercent = 25;
/** As large as the space of new objects is to become: busy, it would take eight times as much, and keep it. */
const newSpaceBytes = 16_000_000;

/** Takes little memory, for some more work on garbage: a backend has little that lives, and shares its machine with a database. */
export function takeLittleMemory(): void {
  setFlagsFromString(`--heap-growing-percent=${growPercent}`);
  // How large it may become is decided before any script runs, but not by how much it grows at a time.
  new PerformanceObserver(() => {
    const mayGrow = newSpaceSize() < newSpaceBytes;
    setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
  }).observe({ entryTypes: ['gc'] });
}

function newSpaceSize(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}
