import { createHash } from 'node:crypto';
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

/** What is known of all series at a moment. */
interface Heads {
  readonly at: number;
  readonly heads: ReadonlyMap<string, SnapshotHead>;
  readonly names: ReadonlyMap<number, string>;
}

const headsMs = 1000;
/** Of a hundred kilobytes each. */
const mostServed = 400;

export function snapshotCache(store: Store, org: number): SnapshotCache {
  let known: Heads | undefined;
  let asking: Promise<Heads> | undefined;
  const served = new Map<string, { readonly tag: string; readonly snapshot: Promise<ServedSnapshot | undefined> }>();

  async function ask(now: number): Promise<Heads> {
    const [found, teams, organisation] = await Promise.all([
      store.heads({ org }),
      store.teams({ org, member: null }),
      store.organisation({}),
    ]);
    const names = new Map(teams.map(({ id, name }) => [id, name]));
    const body = organisation?.policy?.body;
    if (body !== undefined) names.set(organisationBoard, (JSON.parse(body) as { organisation: string }).organisation);
    return { at: now, heads: new Map(found.map((head) => [nameOf(head), head])), names };
  }

  async function headsAt(now: number): Promise<Heads> {
    if (known !== undefined && now - known.at < headsMs && now >= known.at) return known;
    const mine = asking ?? ask(now);
    asking = mine;
    try {
      const answer = await mine;
      // What was forgotten meanwhile was asked too early.
      if (asking === mine) known = answer;
      return answer;
    } finally {
      if (asking === mine) asking = undefined;
    }
  }

  return {
    async of(key, now) {
      const { heads, names } = await headsAt(now);
      const series = nameOf(key);
      const head = heads.get(series);
      const name = names.get(key.board) ?? '';
      const entry = served.get(series);
      served.delete(series);
      if (head === undefined) return undefined;
      const tag = tagOf(head, name);
      if (entry?.tag === tag) {
        served.set(series, entry);
        return entry.snapshot;
      }
      const snapshot = store
        .snapshot({ org, ...key })
        .then((found) => (found === null ? undefined : compose(found, name)));
      served.set(series, { tag, snapshot });
      snapshot.catch(() => served.delete(series));
      const [oldest] = served.keys();
      if (served.size > mostServed && oldest !== undefined) served.delete(oldest);
      return snapshot;
    },
    forget() {
      known = undefined;
      asking = undefined;
    },
  };
}

type Published = NonNullable<Awaited<ReturnType<Store['snapshot']>>>;

function compose(published: Published, name: string): ServedSnapshot {
  const { nextAt, ...head } = JSON.parse(published.head) as SnapshotHeadBody;
  return {
    // Of what was read, which may be newer than what the heads have told.
    etag: tagOf(published, name),
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

function tagOf({ seq, revision, builtAt }: SnapshotHead, name: string): string {
  const named = createHash('sha256').update(name).digest('base64url').slice(0, 6);
  return `"${seq}-${revision}-${builtAt}-${named}"`;
}

function nameOf({ board, window, metric }: SeriesKey): string {
  return `${board} ${window} ${metric}`;
}
