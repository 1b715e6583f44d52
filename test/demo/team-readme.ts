import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells in the demo's folder how to join its made-up team. */
export function tellOfDemoTeam(folder: string, link: string): void {
  const text = `
## A team to try

A board of **24 made-up people** runs on this machine, and nowhere else. To join it, run the command **Tokenboard: Join a
Team** and paste this invite link:

    ${link}

You see who runs the board, what for, and the exact bytes that would be sent, before anything is. Leaving takes one click, in
the counter's tooltip or on the Team page.
`;
  appendFileSync(join(folder, 'README.md'), text);
}
