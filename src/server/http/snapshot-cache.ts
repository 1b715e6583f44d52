import { createHash } from 'node:crypto';
import type { Row, Snapshot } from '../../team/protocol/board.ts';
import { organisationBoard } from '../../team/protocol/terms.ts';
import type { SnapshotHeadBody } from '../boards/publish.ts';
import type { SeriesKey, SnapshotHead } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { fields, type PlaceNow } from './fields.ts';

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
  /** Where a value stands on a board now, or half a minute ago. */
  place(key: SeriesKey, value: number, now: number): Promise<PlaceNow>;
  /** Asks again at the next look. */
  forget(): void;
}

/** What is asked of the store at most once a second, however many want to know. */
interface Asked<Answer> {
  readonly at: number;
  readonly answer: Promise<Answer>;
}

type Heads = ReadonlyMap<string, SnapshotHead>;

/** A snapshot in memory, and of what its tag was made. */
interface Served {
  readonly head: SnapshotHead;
  readonly name: string;
  readonly tag: string;
  readonly snapshot: Promise<ServedSnapshot | undefined>;
}

const headsMs = 1000;
/** Of a hundred kilobytes each. */
const mostServed = 400;
const mostBoards = 5000;

export function snapshotCache(store: Store, org: number): SnapshotCache {
  const heads = new Map<number, Asked<Heads>>();
  const standing = fields(store, org);
  let names: Asked<ReadonlyMap<number, string>> | undefined;
  const served = new Map<string, Served>();

  function isFresh(asked: Asked<unknown> | undefined, now: number): boolean {
    return asked !== undefined && now - asked.at < headsMs && now >= asked.at;
  }

  function headsOf(board: number, now: number): Promise<Heads> {
    const known = heads.get(board);
    if (known !== undefined && isFresh(known, now)) return known.answer;
    const answer = store.heads({ org, board }).then((found) => new Map(found.map((head) => [nameOf(head), head])));
    if (heads.size >= mostBoards) heads.clear();
    heads.set(board, { at: now, answer });
    answer.catch(() => heads.delete(board));
    return answer;
  }

  function namesNow(now: number): Promise<ReadonlyMap<number, string>> {
    if (names !== undefined && isFresh(names, now)) return names.answer;
    const answer = askNames();
    names = { at: now, answer };
    answer.catch(() => {
      names = undefined;
    });
    return answer;
  }

  async function askNames(): Promise<ReadonlyMap<number, string>> {
    const [teams, organisation] = await Promise.all([store.teams({ org, member: null }), store.organisation({})]);
    const found = new Map(teams.map(({ id, name }) => [id, name]));
    const body = organisation?.policy?.body;
    if (body !== undefined) found.set(organisationBoard, (JSON.parse(body) as { organisation: string }).organisation);
    return found;
  }

  return {
    async of(key, now) {
      const [ofBoard, named] = await Promise.all([headsOf(key.board, now), namesNow(now)]);
      const series = nameOf(key);
      const head = ofBoard.get(series);
      const name = named.get(key.board) ?? '';
      const entry = served.get(series);
      served.delete(series);
      if (head === undefined) return undefined;
      const tag = entry?.head === head && entry.name === name ? entry.tag : tagOf(head, name);
      if (entry?.tag === tag) {
        served.set(series, { ...entry, head, name });
        return entry.snapshot;
      }
      const snapshot = store
        .snapshot({ org, ...key })
        .then((found) => (found === null ? undefined : compose(found, name)));
      served.set(series, { head, name, tag, snapshot });
      snapshot.catch(() => served.delete(series));
      const [oldest] = served.keys();
      if (served.size > mostServed && oldest !== undefined) served.delete(oldest);
      return snapshot;
    },
    place: standing.place,
    forget() {
      standing.forget();
      heads.clear();
      names = undefined;
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
