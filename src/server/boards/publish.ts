import { setImmediate as breathe } from 'node:timers/promises';
import type { Policy } from '../../team/protocol/policy.ts';
import { metrics, organisationBoard, type Visibility, type WindowId } from '../../team/protocol/terms.ts';
import type { Contribution, SeriesKey } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { metricValues } from './metric-values.ts';
import { listable, type Participant } from './participant.ts';
import { pseudonym } from './pseudonyms.ts';
import { dayNumber, nextDue, spanOf, windowsOf } from './schedule.ts';
import { buildSnapshot, type SnapshotFigures, type SnapshotInput } from './snapshot.ts';
import { memberHash, readState, writeState } from './state-text.ts';

/** All of a snapshot but its rows and what changes after it was published. */
export interface SnapshotHeadBody extends Omit<SnapshotFigures, 'rows'> {
  readonly from: string;
  readonly to: string;
  readonly nextAt: number;
  readonly quiet: boolean;
  readonly topN: number;
}

interface Board {
  readonly id: number;
  /** Undefined for the organisation's. */
  readonly team: number | undefined;
}

const pageSize = 5000;
const mostAttempts = 12;

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

/** Builds and publishes the snapshots of all boards. Answers how many; fewer where the policy has changed meanwhile. */
export async function publishBoards(store: Store, org: number, policy: Policy, now: number): Promise<number> {
  const teams = await store.teams({ org, member: null });
  const boards: Board[] = [{ id: organisationBoard, team: undefined }, ...teams.map(({ id }) => ({ id, team: id }))];
  const wanted = seriesOf(
    policy,
    boards.map(({ id }) => id),
  );
  await store.dropSeries({ org, keep: wanted });
  let published = 0;
  for (const window of windowsOf(policy.cadence)) {
    const contributions = await allContributions(store, org, window);
    for (const board of boards) {
      const own = contributions.filter(
        (one) => !one.hidden && (board.team === undefined || one.teams.includes(board.team)),
      );
      const names = await pseudonymsOf(store, org, board.id, own, policy);
      const participants = own.map((one) => participantOn(board.id, one, names));
      const marks = new Map(own.map(({ member, mark }) => [member, mark]));
      for (const { metric } of wanted.filter((one) => one.board === board.id && one.window === window)) {
        const key = { board: board.id, window, metric };
        if (
          await publishOne(
            store,
            org,
            policy,
            key,
            participants,
            own,
            board.team === undefined ? teams : [],
            marks,
            now,
          )
        ) {
          published++;
        }
        await breathe();
      }
    }
  }
  return published;
}

async function publishOne(
  store: Store,
  org: number,
  policy: Policy,
  key: SeriesKey,
  participants: readonly Participant[],
  contributions: readonly Contribution[],
  teams: readonly { readonly id: number; readonly name: string }[],
  marks: ReadonlyMap<number, number>,
  now: number,
): Promise<boolean> {
  const { salt, state } = readState(await store.seriesState({ org, ...key }));
  const hashes = new Map(participants.map(({ member }) => [member, memberHash(salt, member)]));
  const hashOf = (member: number) => hashes.get(member) ?? 0;
  const memberOf = new Map([...hashes].map(([member, hash]) => [hash, member]));
  const input: SnapshotInput = {
    metric: key.metric,
    participants: participants.map((one) => ({ ...one, member: hashOf(one.member) })),
    teams: teams.map(({ id, name }) => teamParts(id, name, contributions, policy, hashOf)),
    rules: policy,
    k: policy.k,
    day: dayNumber(now),
    before: state,
  };
  const { figures, state: kept, order } = buildSnapshot(input);
  const { rows, ...sums } = figures;
  const head: SnapshotHeadBody = {
    ...sums,
    ...spanOf(key.window, now),
    nextAt: nextDue(policy.cadence, now),
    quiet: policy.quiet,
    topN: policy.topN,
  };
  const result = await store.publish({
    org,
    ...key,
    policyVersion: policy.version,
    builtAt: now,
    head: JSON.stringify(head),
    rows: rows.map((row, index) => {
      const member = memberOf.get(order[index] ?? 0) ?? 0;
      return { member, mark: marks.get(member) ?? 0, body: JSON.stringify(row) };
    }),
    state: writeState(salt, kept),
  });
  return result !== null;
}

function teamParts(
  team: number,
  name: string,
  contributions: readonly Contribution[],
  policy: Policy,
  hashOf: (member: number) => number,
): SnapshotInput['teams'][number] {
  const own = contributions.filter(({ teams }) => teams.includes(team));
  return {
    team,
    name,
    members: new Set(own.map(({ member }) => hashOf(member))),
    listings: new Map(
      own.map((one) => [hashOf(one.member), listable(participantOn(team, one, new Map()), policy)] as const),
    ),
  };
}

async function allContributions(store: Store, org: number, window: WindowId): Promise<Contribution[]> {
  const all: Contribution[] = [];
  for (let after = 0; ; ) {
    const page = await store.contributions({ org, window, after, limit: pageSize });
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return all;
    after = last.member;
  }
}

function participantOn(board: number, one: Contribution, names: ReadonlyMap<number, string>): Participant {
  return {
    member: one.member,
    displayName: one.displayName ?? undefined,
    pseudonym: names.get(one.member) ?? '',
    visibility: visibilityOn(board, one),
    hidden: one.hidden,
    badges: one.badges,
    timeBadges: one.timeBadges,
    values: metricValues(one),
  };
}

function visibilityOn(board: number, one: Contribution): Visibility {
  return one.boards.find((own) => own.board === board)?.visibility ?? one.visibility;
}

/** The board's pseudonyms of all who may be listed there; who has none yet gets one. */
async function pseudonymsOf(
  store: Store,
  org: number,
  board: number,
  contributions: readonly Contribution[],
  policy: Policy,
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  let without: number[] = [];
  for (const one of contributions) {
    const known = one.boards.find((own) => own.board === board)?.pseudonym;
    if (known !== undefined && known !== null) names.set(one.member, known);
    else if (listable(participantOn(board, one, names), policy) !== 'none') without.push(one.member);
  }
  for (let attempt = 0; without.length > 0 && attempt < mostAttempts; attempt++) {
    const chosen = without.map((member) => ({ member, pseudonym: pseudonym(attempt) }));
    const taken = new Set(await store.setPseudonyms({ org, board, names: chosen, renew: false }));
    for (const { member, pseudonym: name } of chosen) if (!taken.has(member)) names.set(member, name);
    without = without.filter((member) => taken.has(member));
  }
  return names;
}
