import { at, type Json, number, text, time } from './json.ts';

/** A thread whose requests a rollout tells of: its own, or one that it was forked from. */
export interface Thread {
  id: string;
  /** When it was made, epoch milliseconds. */
  created?: number | undefined;
  cwd?: string | undefined;
  branch?: string | undefined;
}

/**
 * Whose requests the lines of a rollout are. A fork, a resumed session and a subagent begin with a copy of their
 * parent's history, its times often rewritten to the moment of the copy.
 */
export interface Lineage {
  /** The rollout's own thread, then those it was copied from, the nearest first. */
  threads: Thread[];
  /** The index of the thread whose history is being told. */
  here: number;
  /** The own thread's head was seen; until then its id is the file's. */
  named: boolean;
  subagent: boolean;
  /** The session that a subagent works for. */
  parent?: string | undefined;
  /** The first ordinal of the own history. */
  ownFrom?: number | undefined;
  /** A turn told when it really began, so nothing has to be guessed from the times of lines. */
  dated: boolean;
  /** The copied lines have kept their times. */
  keptTimes: boolean;
  /** A request was told in the copy. */
  copied: boolean;
}

/** A pause this long, in milliseconds, ends a copy: it is written in one go. */
const pause = 2000;

/** The lineage of a rollout of which nothing was read yet. */
export function startLineage(id: string): Lineage {
  return { threads: [{ id }], here: 0, named: false, subagent: false, dated: false, keptTimes: false, copied: false };
}

/** The thread whose history is being told. */
export function teller(lineage: Lineage): Thread {
  return lineage.threads[lineage.here] ?? lineage.threads[0] ?? { id: '' };
}

/** Reads a `session_meta`: the first one names the rollout's own thread, others the threads that it was copied from. */
export function readHead(lineage: Lineage, head: Json, line: number | undefined): void {
  const id = text(at(head, 'id')) ?? text(at(head, 'session_id'));
  const own = lineage.threads[0];
  if (own === undefined) return;
  if (!lineage.named) {
    lineage.named = true;
    if (id !== undefined) own.id = id;
    describe(own, head);
    own.created ??= line;
    readParents(lineage, head, own.id);
  } else if (id !== undefined) {
    const known = lineage.threads.findIndex((thread) => thread.id === id);
    const index = known >= 0 ? known : lineage.threads.push({ id }) - 1;
    const thread = lineage.threads[index];
    if (thread !== undefined) describe(thread, head);
    if (index > 0) lineage.here = index;
  }
}

function describe(thread: Thread, head: Json): void {
  thread.created ??= uuidTime(thread.id) ?? time(at(head, 'timestamp'));
  thread.cwd = text(at(head, 'cwd')) ?? thread.cwd;
  thread.branch = text(at(head, 'git', 'branch')) ?? thread.branch;
}

function readParents(lineage: Lineage, head: Json, own: string): void {
  const source = at(head, 'source');
  const spawner = text(at(source, 'subagent', 'thread_spawn', 'parent_thread_id'));
  const parent = spawner ?? text(at(head, 'parent_thread_id')) ?? text(at(head, 'forked_from_id'));
  lineage.subagent =
    source === 'subagent' || at(source, 'subagent') != null || text(at(head, 'thread_source')) === 'subagent';
  const root = text(at(head, 'session_id'));
  for (const id of [text(at(head, 'forked_from_id')), parent, root]) {
    if (id === undefined || lineage.threads.some((thread) => thread.id === id)) continue;
    lineage.threads.push({ id, created: uuidTime(id) });
  }
  if (lineage.subagent) lineage.parent = root !== own ? (root ?? parent) : parent;
  // Whether a history follows is not told. Holding it for the parent's is safe: its requests merge only with equals.
  if (lineage.threads.length > 1) lineage.here = 1;
  lineage.ownFrom = number(at(head, 'subagent_history_start_ordinal'));
}

/** Newer rollouts number their lines and tell where their own history starts; without numbers that says nothing. */
export function readOrdinal(lineage: Lineage, ordinal: number | undefined): void {
  if (lineage.ownFrom === undefined) return;
  if (ordinal === undefined) lineage.ownFrom = undefined;
  else if (ordinal >= lineage.ownFrom) lineage.here = 0;
}

/**
 * A turn begins: `turn` is its id, `startedAt` what it tells of its start, `line` and `before` are the times of its
 * line and of the line before. A turn belongs to the youngest thread that was there when it began.
 */
export function readTurn(
  lineage: Lineage,
  turn: string | undefined,
  startedAt: Json | undefined,
  line: number | undefined,
  before: number | undefined,
): void {
  if (lineage.threads.length === 1) return;
  const began = (turn === undefined ? undefined : uuidTime(turn)) ?? endOfSecond(startedAt);
  if (began !== undefined) {
    lineage.dated = true;
    const owner = ownerAt(lineage.threads, began);
    if (lineage.ownFrom === undefined || (lineage.here > 0 && owner > 0)) lineage.here = owner;
  } else if (!lineage.dated && lineage.ownFrom === undefined) {
    // A person may pause before choosing what to resume, so there a pause before the first request says nothing.
    readPause(lineage, line, before, lineage.copied || lineage.subagent);
  }
}

/** A request is told on a line of this time, behind a line of the time `before`. */
export function readRequest(lineage: Lineage, line: number | undefined, before: number | undefined): void {
  if (lineage.here === 0) return;
  // A subagent starts at once, so its first pause is its model's.
  if (!lineage.dated && lineage.ownFrom === undefined) readPause(lineage, line, before, lineage.subagent);
  if (lineage.here > 0) lineage.copied = true;
}

/** Where turns tell nothing, the times of lines must. A copy that has kept its times ends when the own thread was made. */
function readPause(lineage: Lineage, line: number | undefined, before: number | undefined, pauseTells: boolean): void {
  const created = lineage.threads[0]?.created;
  if (line === undefined || created === undefined) return;
  if (line < created) lineage.keptTimes = true;
  else if (lineage.keptTimes || (pauseTells && before !== undefined && line - before >= pause)) lineage.here = 0;
}

/** The counter began anew: where nothing else tells the threads apart, the next one's history begins here. */
export function readReset(lineage: Lineage): void {
  if (lineage.here > 0 && !lineage.dated && lineage.ownFrom === undefined) lineage.here -= 1;
}

/** A line names the thread that made it. */
export function readMaker(lineage: Lineage, id: string | undefined): void {
  if (id !== undefined && id === lineage.threads[0]?.id) lineage.here = 0;
}

function ownerAt(threads: readonly Thread[], began: number): number {
  let owner = threads.length - 1;
  let youngest = 0;
  for (let index = owner; index >= 0; index--) {
    const created = threads[index]?.created ?? 0;
    if (created < youngest || created > began) continue;
    owner = index;
    youngest = created;
  }
  return owner;
}

/** The moment that a version 7 UUID holds, epoch milliseconds; undefined for any other id. */
function uuidTime(id: string): number | undefined {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(id);
  return found ? Number.parseInt(`${found[1]}${found[2]}`, 16) : undefined;
}

/** The start of a turn is told in whole seconds, so it may seem older than the thread that it began in. */
function endOfSecond(value: Json | undefined): number | undefined {
  const began = time(value);
  return began !== undefined && began % 1000 === 0 ? began + 999 : began;
}
