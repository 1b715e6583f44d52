import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in per cent of what is alive, before old garbage is collected. */
const growPercent = 25;

/** Takes little memory, for some more work on garbage: a backend has little that lives, and shares its machine with a database. */
export function takeLittleMemory(): void {
  setFlagsFromString(`--heap-growing-percent=${growPercent}`);
}
