import { setImmediate as breathe } from 'node:timers/promises';
import type { Policy } from '../../team/protocol/policy.ts';
import { type MetricId, metrics, organisationBoard, type WindowId } from '../../team/protocol/terms.ts';
import type { SeriesKey, SnapshotHead } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { pseudonymsOn } from './board-names.ts';
import { decideBoardSums } from './board-sums.ts';
import type { Listing, Part } from './disclosure.ts';
import { memberHash, type Numbering, numbering } from './numbering.ts';
import { ownChoice, type Participant } from './participant.ts';
import { peopleIn } from './people.ts';
import { type Place, placesOn } from './ranking.ts';
import { type Dress, rowsOf } from './rows.ts';
import { dayNumber, lastDue, nextDue, spanOf, windowsOf } from './schedule.ts';
import { organisationFigures, type SumFigures, teamFigures } from './snapshot.ts';
import { newSalt, readState, saltOf, writeState } from './state-text.ts';
import { titlesOn } from './titles.ts';

/** All of a snapshot but its rows and what changes after it was published. */
export interface SnapshotHeadBody extends SumFigures {
  readonly from: string;
  readonly to: string;
  readonly nextAt: number;
  readonly quiet: boolean;
  readonly topN: number;
}

/** What is published, and by which policy. */
export interface Publication {
  readonly store: Store;
  readonly org: number;
  readonly policy: Policy;
  readonly now: number;
  /** The number of the leadership that publishes: see `Leadership`. */
  readonly lead?: number | undefined;
  /** False as soon as another process leads, or this one ends: what is not yet published is left. */
  readonly goesOn?: () => boolean;
}

/** Every series that boards show under a policy: each board, window and metric. */
export function seriesOf(policy: Policy, boards: readonly number[]): SeriesKey[] {
  return boards.flatMap((board) =>
    windowsOf(policy.cadence).flatMap((window) =>
      policy.metrics
        .filter((metric) => metrics[metric].windows.includes(window))
        .map((metric) => ({ board, window, metric })),
    ),
  );
}

/** Builds and publishes the snapshots that are due. Answers how many; fewer where the policy has changed meanwhile. */
export async function publishBoards(publication: Publication): Promise<number> {
  const { store, org, policy, lead, goesOn = () => true } = publication;
  const due = await dueNow(publication);
  if (due.length === 0) return 0;
  const teams = await store.teams({ org, member: null });
  const boards = [organisationBoard, ...teams.map(({ id }) => id)];
  await store.dropSeries({ org, keep: seriesOf(policy, boards), lead });
  const salt = await anySalt(store, org, seriesOf(policy, [organisationBoard]));
  let published = 0;
  for (const window of new Set(due.map((series) => series.window))) {
    const shown = due.filter((series) => series.window === window).map(({ metric }) => metric);
    const people = await peopleIn(store, org, window);
    const crowds = await crowdsIn(publication, { boards, window, salt, people, metrics: shown });
    const numbers = await numbered(salt, people);
    const places = new Map(people.map((one, number) => [one, number]));
    for (const metric of shown) {
      if (!goesOn()) return published;
      published += await publishMetric(publication, { window, metric, teams, people, places, crowds, numbers });
    }
  }
  return published;
}

/** Whether there is anything to publish. */
export async function boardsDue(publication: Publication): Promise<boolean> {
  return (await dueNow(publication)).length > 0;
}

async function dueNow(publication: Publication): Promise<readonly SeriesKey[]> {
  return dueSeries(publication, await publication.store.heads({ org: publication.org, board: organisationBoard }));
}

/**
 * The organisation's series that are due; those of its teams are built with them, and published before them, so that one
 * whose publication was broken off is still due. The very first does not wait: whoever has just joined would look at an
 * empty board until tomorrow. One that is new beside others waits for their next time.
 */
function dueSeries({ policy, now }: Publication, heads: readonly SnapshotHead[]): readonly SeriesKey[] {
  const builtAt = new Map(
    heads.flatMap((head) =>
      head.board === organisationBoard ? [[`${head.window} ${head.metric}`, head.builtAt]] : [],
    ),
  );
  const since = lastDue(policy.cadence, now);
  const newest = Math.max(Number.NEGATIVE_INFINITY, ...builtAt.values());
  return seriesOf(policy, [organisationBoard]).filter(
    ({ window, metric }) => (builtAt.get(`${window} ${metric}`) ?? newest) < since,
  );
}

/** The salt that the states of most series have, so that members are hashed once for all of them. */
async function anySalt(store: Store, org: number, all: readonly SeriesKey[]): Promise<string> {
  for (const series of all) {
    const text = await store.seriesState({ org, ...series });
    if (text !== null) return saltOf(text);
  }
  return newSalt();
}

function numbered(salt: string, people: readonly Participant[]): Promise<Numbering> {
  return numbering(
    salt,
    people.map(({ member }) => member),
  );
}

/** A board's people in one window, and how they stand on it. */
interface Crowd {
  readonly board: number;
  /** Places of its people among all. */
  readonly members: ReadonlySet<number>;
  readonly places: ReadonlyMap<MetricId, readonly Place[]>;
  readonly dress: Dress;
}

interface CrowdsOf {
  readonly boards: readonly number[];
  readonly window: WindowId;
  readonly salt: string;
  readonly people: readonly Participant[];
  readonly metrics: readonly MetricId[];
}

/** The organisation's board first, then the teams'. Who is to be listed under a pseudonym has one afterwards. */
async function crowdsIn({ store, org, policy, lead }: Publication, about: CrowdsOf): Promise<Crowd[]> {
  const { boards, window, salt, people } = about;
  const byTeam = new Map<number, number[]>();
  for (const [number, { teams }] of people.entries()) {
    for (const team of teams) {
      const known = byTeam.get(team);
      if (known === undefined) byTeam.set(team, [number]);
      else known.push(number);
    }
  }
  const crowds: Crowd[] = [];
  for (const board of boards) {
    const whole = board === organisationBoard;
    const numbers = whole ? [...people.keys()] : (byTeam.get(board) ?? []);
    const own = whole ? people : numbers.flatMap((number) => people[number] ?? []);
    const places = new Map<MetricId, Place[]>();
    for (const metric of about.metrics) {
      const tieBreak = (member: number) => memberHash(`${salt} ${board} ${window} ${metric}`, member);
      places.set(metric, placesOn(own, { board, metric, rules: policy, tieBreak }));
      if (whole) await breathe();
    }
    const veiled = new Set([...places.values()].flat().flatMap((place) => (place.listing === 'name' ? [] : place.one)));
    const inUse = veiled.size + own.filter((one) => ownChoice(one, board)?.pseudonym != null).length;
    const pseudonyms = await pseudonymsOn({ store, org, board, inUse, lead }, veiled);
    const dress = { pseudonyms, titles: titlesOn(board, own, policy) };
    crowds.push({ board, members: new Set(numbers), places, dress });
    await breathe();
  }
  return crowds;
}

interface MetricOfWindow {
  readonly window: WindowId;
  readonly metric: MetricId;
  readonly teams: readonly { readonly id: number; readonly name: string }[];
  readonly people: readonly Participant[];
  /** The places of people in their list. */
  readonly places: ReadonlyMap<Participant, number>;
  readonly crowds: readonly Crowd[];
  readonly numbers: Numbering;
}

/** Decides on all sums of a window and metric together, and publishes the teams' boards and then the organisation's. */
async function publishMetric(publication: Publication, about: MetricOfWindow): Promise<number> {
  const { store, org, policy, now } = publication;
  const { window, metric, teams, people } = about;
  const text = await store.seriesState({ org, board: organisationBoard, window, metric });
  const numbers =
    text === null || saltOf(text) === about.numbers.salt ? about.numbers : await numbered(saltOf(text), people);
  const before = readState(text, numbers);
  await breathe();
  const values = people.map((one) => one.values[metric] ?? 0);
  const [whole, ...others] = about.crowds as [Crowd, ...Crowd[]];
  const listingsOf = (crowd: Crowd): ReadonlyMap<number, Listing> =>
    new Map((crowd.places.get(metric) ?? []).map(({ one, listing }) => [about.places.get(one) ?? 0, listing]));
  const listings = listingsOf(whole);
  const parts = values.map((value, member): Part => ({ member, value, listing: listings.get(member) ?? 'none' }));
  const groups = others.map((crowd) => ({ team: crowd.board, members: crowd.members, listings: listingsOf(crowd) }));
  await breathe();
  const sums = await decideBoardSums(parts, groups, before, { day: dayNumber(now), k: policy.k });
  const figures = { metric, k: policy.k, values };
  let published = 0;
  for (const crowd of others) {
    // What the rules have to remember of a team is with the organisation's board.
    const own = { window, metric, crowd, figures: teamFigures(sums.teams.get(crowd.board), figures), state: '' };
    await breathe();
    if (await publishOne(publication, own)) published++;
  }
  const told = organisationFigures(sums, teams, figures);
  await breathe();
  const state = writeState(sums.state, numbers);
  await breathe();
  if (await publishOne(publication, { window, metric, crowd: whole, figures: told, state })) published++;
  return published;
}

interface Built {
  readonly window: WindowId;
  readonly metric: MetricId;
  readonly crowd: Crowd;
  readonly figures: SumFigures;
  readonly state: string;
}

async function publishOne({ store, org, policy, now, lead }: Publication, built: Built): Promise<boolean> {
  const { window, metric, crowd, figures, state } = built;
  const places = crowd.places.get(metric) ?? [];
  const rows = rowsOf(places, crowd.dress);
  const head: SnapshotHeadBody = {
    ...figures,
    ...spanOf(window, now),
    nextAt: nextDue(policy.cadence, now),
    quiet: policy.quiet,
    topN: policy.topN,
  };
  const result = await store.publish({
    org,
    board: crowd.board,
    window,
    metric,
    policyVersion: policy.version,
    builtAt: now,
    lead,
    head: JSON.stringify(head),
    rows: places.map(({ one: { member, mark } }, index) => ({ member, mark, body: JSON.stringify(rows[index]) })),
    state,
  });
  return result !== null;
}
