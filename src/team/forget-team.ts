import { rmdirSync, rmSync } from 'node:fs';
import { unmarkDevice } from './device.ts';
import { noTeam } from './state.ts';
import type { Team } from './team.ts';
import { tokenFile } from './tokens.ts';

/** Takes away all that this machine keeps of a team: cells, cached boards, tokens, marks. With `ended`, that is all that is left. */
export async function forgetTeam(team: Team, origin: string, ended?: string): Promise<void> {
  await team.tokens.delete(origin);
  // Those of the command, which stand for nobody any more, whoever of the two has left.
  await tokenFile(team.dir).delete(origin);
  team.store.wipe();
  unmarkDevice(team);
  if (ended !== undefined) {
    team.store.change(() => ({ ...noTeam, ended: { organisation: ended, at: team.now() } }));
    return;
  }
  for (const name of ['sync', 'refresh-editor', 'refresh-command']) {
    try {
      rmSync(`${team.dir}/${name}.lock`, { force: true });
    } catch {
      // Another window holds it at this moment; it is empty.
    }
  }
  try {
    rmdirSync(team.dir);
  } catch {
    // Another client keeps something there.
  }
}
