import type { TeamBoardView, TeamQuestion } from '../../dashboard/protocol/team.ts';
import { type Kept, type Look, lastSeen, look } from '../boards.ts';
import type { Failure } from '../failure.ts';
import type { BoardInfo, Snapshot, Standing } from '../protocol/board.ts';
import { metrics, organisationBoard } from '../protocol/terms.ts';
import { nameOf } from './status-view.ts';
import { joined, notice, type Talk } from './talk.ts';

type BoardQuestion = Extract<TeamQuestion, { readonly ask: 'teamBoard' }>;

/** What was asked a moment ago is not asked again. */
const freshMs = 5000;
/** While a board is looked at it is asked again so often, which costs a server little where nothing is new. */
const lookAgainMs = 10_000;
/** Where it fails again and again, after so much longer each time. */
const mostFails = 3;
/** The other answers are asked again with a board that has changed, else so often. */
const besideMs = 25_000;

interface Parts {
  readonly boards: Kept<{ readonly boards: BoardInfo[] }>;
  readonly board: Kept<Snapshot>;
  readonly standing: Kept<Standing> | undefined;
}

/** When a board was last asked for, when with all that is shown beside it, and why that failed, how often one after the other. */
interface Asked {
  readonly at: number;
  readonly besideAt: number;
  readonly failure: Failure | null;
  readonly fails: number;
}

/** Boards as pages show them: what was last seen at once, and again where the server has something else to say. */
export interface BoardAnswers {
  board(question: BoardQuestion): Promise<TeamBoardView>;
  dispose(): void;
}

export function boardAnswers(talk: Talk): BoardAnswers {
  const { team, say } = talk;
  const asked = new Map<string, Asked>();
  const asking = new Map<string, Promise<Parts | Failure>>();
  let again: NodeJS.Timeout | undefined;

  const isOlder = (at: number, ms: number): boolean => Math.abs(team.now() - at) > ms;

  async function lookBeside(where: Look) {
    const [boards, standing] = await Promise.all([look(team, 'boards'), look(team, 'standing', where)]);
    return { boards, standing, at: team.now() };
  }

  /** A server that failed may say when it wants to be asked again. */
  const mayAsk = ({ at, failure }: Asked, leastMs: number): boolean =>
    isOlder(at, Math.max(leastMs, failure?.retryAfterMs ?? 0));

  /** Asks for the board alone where the rest was asked for not long ago, and then for the rest where it is another board. */
  async function refresh(key: string, where: Look): Promise<Parts | Failure> {
    const last = asked.get(key);
    const before = known(where);
    const alone =
      before !== undefined && last !== undefined && (last.failure !== null || !isOlder(last.besideAt, besideMs));
    const [board, together] = await Promise.all([look(team, 'board', where), alone ? undefined : lookBeside(where)]);
    const isKept =
      alone && (board.failure !== null || (last.failure === null && isSame(board.value, before.board.value)));
    const { boards, standing, at } = together ?? (isKept ? { ...before, at: last.besideAt } : await lookBeside(where));
    const failure = board.failure ?? boards.failure ?? standing?.failure ?? null;
    const fails = failure === null ? 0 : (last?.fails ?? 0) + 1;
    asked.set(key, { at: team.now(), besideAt: at, failure, fails });
    if (failure !== null) await notice(talk, failure);
    if (boards.value === undefined) return boards.failure;
    if (board.value === undefined) return board.failure;
    return { boards, board, standing: standing?.value === undefined ? undefined : standing };
  }

  function refreshOnce(key: string, where: Look): Promise<Parts | Failure> {
    const running = asking.get(key) ?? refresh(key, where).finally(() => asking.delete(key));
    asking.set(key, running);
    return running;
  }

  function known(where: Look): Parts | undefined {
    const boards = lastSeen(team, 'boards');
    const board = lastSeen(team, 'board', where);
    if (boards === undefined || board === undefined) return undefined;
    return { boards, board, standing: lastSeen(team, 'standing', where) };
  }

  /** A page that still shows it asks again, and so on; a server that fails may say when. */
  function planNext(last: Asked | undefined): void {
    clearTimeout(again);
    const times = Math.min(mostFails, Math.max(1, last?.fails ?? 0));
    again = setTimeout(() => talk.changed(), Math.max(times * lookAgainMs, last?.failure?.retryAfterMs ?? 0));
    again.unref();
  }

  async function board({ board: id, window, metric }: BoardQuestion): Promise<TeamBoardView> {
    joined(talk);
    const where = { board: id, window, metric };
    const key = JSON.stringify(where);
    const before = known(where);
    const last = asked.get(key);
    planNext(last);
    if (before === undefined) {
      if (last?.failure != null && !mayAsk(last, 0)) throw new Error(say.failure(last.failure));
      const found = await refreshOnce(key, where);
      if ('kind' in found) throw new Error(say.failure(found));
      return view(found, asked.get(key)?.failure ?? null);
    }
    if (last === undefined || mayAsk(last, freshMs)) {
      refreshOnce(key, where)
        .then((found) => {
          const now = asked.get(key)?.failure ?? null;
          if ('kind' in found || !isSame(now, last?.failure ?? null) || !isSame(values(found), values(before)))
            talk.changed();
        })
        // The disk was busy: the next look sees more.
        .catch(() => undefined);
    }
    return view(before, last?.failure ?? null);
  }

  function view({ boards, board: { value: snapshot, at }, standing }: Parts, failure: Failure | null): TeamBoardView {
    return {
      boards: boards.value.boards,
      snapshot,
      standing: standing?.value,
      fetchedAt: at,
      offline: failure === null ? undefined : say.failure(failure),
      viewer: viewerOf(boards.value.boards, snapshot.board),
      formula: metrics[snapshot.metric].formula,
    };
  }

  function viewerOf(boards: readonly BoardInfo[], id: number): string {
    const info = boards.find((one) => one.id === id);
    const name = info?.visibility === 'pseudonym' && id !== organisationBoard ? info.pseudonym : nameOf(team, say);
    return name ?? say.code('member_number', String(joined(talk).member));
  }

  return {
    board,
    dispose: () => clearTimeout(again),
  };
}

function values({ boards, board, standing }: Parts): readonly unknown[] {
  return [boards.value, board.value, standing?.value];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
