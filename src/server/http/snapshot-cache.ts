import type { Row, Snapshot } from '../../team/protocol/board.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import type { SnapshotHeadBody } from '../boards/publish.ts';
import type { SeriesKey, SnapshotHead } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** A published snapshot as it is answered, with its entity tag. */
export interface ServedSnapshot {
  readonly etag: string;
  readonly body: Snapshot;
  /** Whose the rows are, in their order. */
  readonly members: readonly number[];
}

/** Published snapshots in memory. Which are still right is asked once a second at most, however many look. */
export interface SnapshotCache {
  /** Undefined where there is none yet. */
  of(key: SeriesKey, now: number): Promise<ServedSnapshot | undefined>;
  /** Asks again at the next look. */
  forget(): void;
}

const headsMs = 1000;

export function snapshotCache(store: Store, org: number): SnapshotCache {
  let heads = new Map<string, SnapshotHead>();
  let names = new Map<number, string>();
  let at = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const served = new Map<string, ServedSnapshot>();

  async function ask(now: number): Promise<void> {
    const [found, teams, organisation] = await Promise.all([
      store.heads({ org }),
      store.teams({ org, member: null }),
      store.organisation({}),
    ]);
    heads = new Map(found.map((head) => [nameOf(head), head]));
    names = new Map(teams.map(({ id, name }) => [id, name]));
    const body = organisation?.policy?.body;
    if (body !== undefined) names.set(organisationBoard, (JSON.parse(body) as { organisation: string }).organisation);
    for (const name of served.keys()) if (!heads.has(name)) served.delete(name);
    at = now;
  }

  return {
    async of(key, now) {
      if (now - at >= headsMs || now < at) {
        asking ??= ask(now).finally(() => {
          asking = undefined;
        });
        await asking;
      }
      const head = heads.get(nameOf(key));
      if (head === undefined) return undefined;
      const etag = `"${head.seq}-${head.revision}-${head.builtAt}"`;
      const known = served.get(nameOf(key));
      if (known?.etag === etag) return known;
      const published = await store.snapshot({ org, ...key });
      if (published === null) return undefined;
      const one = compose(published, etag, names.get(key.board) ?? '');
      served.set(nameOf(key), one);
      return one;
    },
    forget() {
      at = Number.NEGATIVE_INFINITY;
    },
  };
}

type Published = NonNullable<Awaited<ReturnType<Store['snapshot']>>>;

function compose(published: Published, etag: string, name: string): ServedSnapshot {
  const { nextAt, ...head } = JSON.parse(published.head) as SnapshotHeadBody;
  return {
    etag,
    body: {
      ...head,
      board: published.board,
      name,
      state: 'open',
      notice: null,
      window: published.window,
      metric: published.metric,
      seq: published.seq,
      builtAt: new Date(published.builtAt).toISOString(),
      nextAt: new Date(nextAt).toISOString(),
      policyVersion: published.policyVersion,
      rows: published.rows.map(({ body }) => JSON.parse(body) as Row),
    },
    members: published.rows.map(({ member }) => member),
  };
}

function nameOf({ board, window, metric }: SeriesKey): string {
  return `${board} ${window} ${metric}`;
}
