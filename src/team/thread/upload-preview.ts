import type { UploadPreview } from '../../dashboard/protocol/team.ts';
import { countPending, pendingCells } from '../cell-table.ts';
import { countCells } from '../count.ts';
import { maxCellsPerSync } from '../protocol/limits.ts';
import type { Cell, SyncRequest } from '../protocol/sync.ts';
import { type SyncBody, syncBody } from '../sync-body.ts';
import type { Team } from '../team.ts';

/** Nothing would be sent. */
export const nothingToSend: UploadPreview = previewOf([]);

/** Requests as they are shown: the first as it is, all of them in sums. */
export function previewOf(requests: readonly SyncBody[], further = 0): UploadPreview {
  const cells = requests.flatMap((request) => request.cells);
  const days = cells.map(({ day }) => day).toSorted();
  return {
    json: requests[0]?.bytes ?? '',
    cells: cells.length,
    tokens: cells.reduce((sum, { in: input, out, cr, cw }) => sum + input + out + cr + cw, 0),
    since: days[0],
    until: days.at(-1),
    tools: different(cells, ({ tool }) => tool),
    models: different(cells, ({ model }) => model),
    more: Math.max(0, requests.length - 1) + further,
  };
}

/** What the next sync sends: what is left of the first upload, then what was counted since. */
export async function nextUpload(team: Team): Promise<UploadPreview> {
  const { membership } = team.store.state();
  const database = team.store.existing();
  if (membership === null || database === undefined) return nothingToSend;
  const frozen = database.prepare('SELECT body FROM frozen ORDER BY id').all();
  if (frozen.length > 0) {
    return previewOf(
      frozen.map(({ body }) => ({ bytes: String(body), cells: (JSON.parse(String(body)) as SyncRequest).cells })),
    );
  }
  if (membership.policy === null) return nothingToSend;
  await countCells(team, membership, membership.policy);
  const { pending } = countPending(database);
  const { seq } = team.store.state();
  const head = {
    seq: seq + 1,
    policyVersion: membership.policy.version,
    client: team.client.version,
    badges: undefined,
  };
  const body = syncBody(head, pendingCells(database, maxCellsPerSync));
  if (body.cells.length === 0) return nothingToSend;
  return previewOf([body], Math.ceil((pending - body.cells.length) / maxCellsPerSync));
}

function different(cells: readonly Cell[], key: (cell: Cell) => string): readonly string[] {
  return [...new Set(cells.map(key))].toSorted();
}
