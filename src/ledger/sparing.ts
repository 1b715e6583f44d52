import { setFlagsFromString } from 'node:v8';

/** Reading so much is worth that V8 compiles the code of it as well as it can. */
const worthTheBest = 3e9;

/** What V8 does in threads of its own: its most thorough compiler, and two parts of collecting garbage. */
const beside = ['turbofan', 'incremental-marking', 'parallel-scavenge'];

/**
 * Runs work on so many bytes without V8's own threads where those would cost more than they give: with all processors at work,
 * what waits for them waits long. Reading 1 GB takes an eighth less time so. Only for a process that does nothing else.
 */
export async function sparing<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  if (bytes >= worthTheBest) return await work();
  for (const flag of beside) setFlagsFromString(`--no-${flag}`);
  try {
    return await work();
  } finally {
    for (const flag of beside) setFlagsFromString(`--${flag}`);
  }
}
