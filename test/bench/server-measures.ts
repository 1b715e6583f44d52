import { cellsOf } from './server-cells.ts';
import { asFastAsPossible, type Load, type LoadOrder, percentile, steadily } from './server-load.ts';
import { secretOf } from './server-people.ts';
import type { ServerProcess } from './server-process.ts';

/** The loads and bounds of one store. */
export interface Scale {
  readonly signedIn: number;
  /** Requests a second: of boards, and of syncs. */
  readonly reads: number;
  readonly syncs: number;
  /** Syncs a second that must be possible. */
  readonly mostSyncs: number;
  readonly seconds: number;
}

export interface Measured {
  readonly rebuildMs: number;
  readonly publishMs: number;
  /** The longest that any request took while the leader worked. */
  readonly duringBuild: Load;
  readonly first: Load;
  readonly again: Load;
  readonly sync: Load;
  readonly mostSyncs: Load;
  readonly peakMB: number | undefined;
}

const mostBuildSeconds = 600;
const board = '/v1/boards/0?window=30d&metric=fresh';

/** Measures a server that has just started on a filled store: its leader adds up and publishes everything at once. */
export async function measure(server: ServerProcess, scale: Scale, say: (text: string) => void): Promise<Measured> {
  const { address } = server;
  const { signedIn, seconds } = scale;
  const ask = (load: Omit<LoadOrder, 'address' | 'seconds'>) => ({ address, seconds, ...load });
  const headers = (number: number) => ({ authorization: `Bearer ${secretOf(1 + (number % signedIn))}` });
  const look = (number: number) => ({ method: 'GET' as const, path: board, headers: headers(number) });

  say('while the leader works');
  const duringBuild = await whileBuilding(server, look, scale);
  const rebuildMs = Number(server.logged('windows of a new day added up')[0]?.ms);
  const publishMs = Number(server.logged('snapshots published')[0]?.ms);

  say(`${scale.reads} looks a second`);
  const first = await steadily({ ...ask({ expected: 200, make: look }), rate: scale.reads });
  const tag = (await fetch(`${address}${board}`, { headers: headers(0) })).headers.get('etag') ?? '';
  const lookAgain = (number: number) => ({ ...look(number), headers: { ...headers(number), 'if-none-match': tag } });
  const again = await steadily({ ...ask({ expected: 304, make: lookAgain }), rate: scale.reads });

  // Above those that the cells have already.
  let rev = 1000;
  const sync = (number: number) => ({
    method: 'POST' as const,
    path: '/v1/sync',
    headers: { ...headers(number), 'content-type': 'application/json' },
    body: JSON.stringify({ v: 1, seq: 1, policyVersion: 1, client: '1.0.0', cells: cellsOf(++rev) }),
  });
  say(`${scale.syncs} syncs a second`);
  const steady = await steadily({ ...ask({ expected: 200, make: sync }), rate: scale.syncs });
  say('as many syncs as can be');
  const mostSyncs = await asFastAsPossible({ ...ask({ expected: 200, make: sync }), connections: 64 });
  return { rebuildMs, publishMs, duringBuild, first, again, sync: steady, mostSyncs, peakMB: server.peakMB() };
}

/** Looks at a quarter of the rate until the first snapshots are published. */
function whileBuilding(server: ServerProcess, look: LoadOrder['make'], scale: Scale): Promise<Load> {
  return steadily({
    address: server.address,
    expected: 200,
    seconds: mostBuildSeconds,
    make: look,
    rate: scale.reads / 4,
    until: () => server.logged('snapshots published').length > 0,
  });
}

export function p(load: Load, share: number): number {
  return percentile(load.took, share);
}
