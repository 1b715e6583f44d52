import { pendingCells } from './cell-table.ts';
import { countCells } from './count.ts';
import { sharedBadges } from './shared-badges.ts';
import { type SyncBody, syncBodies } from './sync-body.ts';
import type { Team } from './team.ts';

/**
 * What the next sync would send as things are now; none where nobody has joined or nothing is new. Right after joining these are
 * the frozen bytes of the first upload. Nothing is sent.
 */
export async function nextUpload(team: Team): Promise<readonly SyncBody[]> {
  const { membership } = team.store.state();
  const database = team.store.existing();
  if (membership?.consent == null || membership.policy === null || database === undefined) return [];
  const frozen = database.prepare('SELECT body FROM frozen ORDER BY id').all();
  if (frozen.length > 0)
    return frozen.map(({ body }) => ({ bytes: String(body), cells: JSON.parse(String(body)).cells }));
  await countCells(team, membership, membership.policy);
  const { seq, badgesTold } = team.store.state();
  const { consent } = membership;
  const badges = sharedBadges(consent.badges ? await team.badges() : undefined, consent);
  const news = badges !== undefined && JSON.stringify(badges) !== badgesTold ? badges : undefined;
  const cells = pendingCells(database, Number.MAX_SAFE_INTEGER);
  if (cells.length === 0 && news === undefined) return [];
  const head = { seq: seq + 1, policyVersion: consent.policyVersion, client: team.client.version, badges: news };
  return syncBodies(head, cells);
}
