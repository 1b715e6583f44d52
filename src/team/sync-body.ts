import { maxBodyBytes, maxCellsPerSync, protocolVersion } from './protocol/limits.ts';
import type { Cell, SyncRequest } from './protocol/sync.ts';

/** A request of the sync as it goes over the wire. */
export interface SyncBody {
  /** The very bytes, ASCII. */
  readonly bytes: string;
  readonly cells: readonly Cell[];
}

export interface SyncHead extends Pick<SyncRequest, 'seq' | 'policyVersion' | 'client'> {
  readonly badges: string[] | undefined;
}

/** A request with as many of the cells as it may hold, from the first on. */
export function syncBody(head: SyncHead, cells: readonly Cell[], most = maxCellsPerSync): SyncBody {
  const { seq, policyVersion, client, badges } = head;
  const write = (held: readonly Cell[]): string => {
    const told = badges === undefined ? {} : { badges };
    return JSON.stringify({ v: protocolVersion, seq, policyVersion, client, cells: held, ...told });
  };
  let room = maxBodyBytes - write([]).length;
  const held: Cell[] = [];
  for (const cell of cells) {
    room -= JSON.stringify(cell).length + 1;
    if (room < 0 || held.length >= most) break;
    held.push(cell);
  }
  return { bytes: write(held), cells: held };
}

/** As many requests as all cells take, at least one; `seq` counts them up from that of the head. */
export function syncBodies(head: SyncHead, cells: readonly Cell[]): SyncBody[] {
  const bodies: SyncBody[] = [];
  for (let start = 0; start < cells.length || bodies.length === 0; ) {
    const body = syncBody({ ...head, seq: head.seq + bodies.length }, cells.slice(start, start + maxCellsPerSync));
    if (body.cells.length === 0 && cells.length > 0) throw new Error('A cell is larger than a request.');
    bodies.push(body);
    start += body.cells.length;
  }
  return bodies;
}
