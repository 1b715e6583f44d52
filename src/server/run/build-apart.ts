import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Builder } from '../boards/builder.ts';
import type { BuildAnswer, BuildCall, BuildPlace } from './build-protocol.ts';

/** Enough for some 100,000 members; whoever needs more gets twice as much at the next try. */
const leastHeapMB = 176;
const mostHeapMB = 16 * leastHeapMB;
const lookMs = 200;

/**
 * Builds in processes of their own, so that requests never wait for a build, and its memory is the system's again when it
 * is done. `script` is `build-process.ts`, or the bundle `server-boards.js` beside the command.
 */
export function buildApart(place: BuildPlace, script: string): Builder {
  let heapMB = leastHeapMB;
  return (order, goesOn) =>
    new Promise((resolve, reject) => {
      // Garbage is collected early: what a build needs at a time is a small part of what it goes through.
      const execArgv = [
        '--disable-warning=ExperimentalWarning',
        `--max-old-space-size=${heapMB}`,
        '--max-semi-space-size=4',
      ];
      const child = fork(script, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      giveWay(child);
      const looking = setInterval(() => {
        if (!goesOn()) child.kill();
      }, lookMs);
      let answer: BuildAnswer | undefined;
      child.once('message', (message: BuildAnswer) => {
        answer = message;
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        clearInterval(looking);
        if (answer === undefined && goesOn()) {
          // V8 aborts the process when its memory is used up.
          if (signal === 'SIGABRT' || code === 134) heapMB = Math.min(mostHeapMB, heapMB * 2);
          return reject(new Error(`The process that builds the boards has ended (${signal ?? code}).`));
        }
        if (answer !== undefined && 'problem' in answer) return reject(new Error(answer.problem));
        resolve(answer?.count ?? 0);
      });
      child.send({ place, order } satisfies BuildCall, (error) => {
        if (error !== null) child.kill();
      });
    });
}

/** Whoever waits for an answer comes first; a board may be a little later. */
function giveWay({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not let processes be ranked: then it builds like any other.
  }
}
