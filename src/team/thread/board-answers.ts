import type { TeamBoardView, TeamQuestion } from '../../dashboard/protocol/team.ts';
import { type Kept, type Look, lastSeen, look } from '../boards.ts';
import type { Failure } from '../failure.ts';
import type { BoardInfo, Snapshot, Standing } from '../protocol/board.ts';
import { metrics, organisationBoard } from '../protocol/terms.ts';
import { nameOf } from './status-view.ts';
import { joined, notice, type Talk } from './talk.ts';

type BoardQuestion = Extract<TeamQuestion, { readonly ask: 'teamBoard' }>;

/** What was asked a moment ago is not asked again. */
const freshMs = 20_000;
/** While a board is looked at it is asked again so often: whoever hides or leaves is gone from it within a minute. */
const lookAgainMs = 30_000;

interface Parts {
  readonly boards: Kept<{ readonly boards: BoardInfo[] }>;
  readonly board: Kept<Snapshot>;
  readonly standing: Kept<Standing> | undefined;
}

/** Boards as pages show them: what was last seen at once, and again where the server has something else to say. */
export interface BoardAnswers {
  board(question: BoardQuestion): Promise<TeamBoardView>;
  dispose(): void;
}

export function boardAnswers(talk: Talk): BoardAnswers {
  const { team, say } = talk;
  /** When each board was last asked for, and why that failed. */
  const asked = new Map<string, { readonly at: number; readonly failure: Failure | null }>();
  const asking = new Map<string, Promise<Parts | Failure>>();
  let again: NodeJS.Timeout | undefined;

  async function refresh(key: string, where: Look): Promise<Parts | Failure> {
    const [boards, board, standing] = await Promise.all([
      look(team, 'boards'),
      look(team, 'board', where),
      look(team, 'standing', where),
    ]);
    const failure = board.failure ?? boards.failure ?? standing.failure;
    asked.set(key, { at: team.now(), failure });
    if (failure !== null) await notice(talk, failure);
    if (boards.value === undefined) return boards.failure;
    if (board.value === undefined) return board.failure;
    return { boards, board, standing: standing.value === undefined ? undefined : standing };
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

  /** A page that still shows it asks again, and so on. */
  function planNext(): void {
    clearTimeout(again);
    again = setTimeout(() => talk.changed(), lookAgainMs);
    again.unref();
  }

  async function board({ board: id, window, metric }: BoardQuestion): Promise<TeamBoardView> {
    joined(talk);
    const where = { board: id, window, metric };
    const key = JSON.stringify(where);
    const before = known(where);
    const last = asked.get(key);
    planNext();
    if (before === undefined) {
      const found = await refreshOnce(key, where);
      if ('kind' in found) throw new Error(say.failure(found));
      return view(found, asked.get(key)?.failure ?? null);
    }
    if (last === undefined || team.now() - last.at > freshMs) {
      void refreshOnce(key, where).then((found) => {
        const now = asked.get(key)?.failure ?? null;
        if ('kind' in found || !sameFailure(now, last?.failure) || !sameParts(found, before)) talk.changed();
      });
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

function sameFailure(a: Failure | null, b: Failure | null | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b ?? null);
}

function sameParts(a: Parts, b: Parts): boolean {
  const values = ({ boards, board, standing }: Parts): string =>
    JSON.stringify([boards.value, board.value, standing?.value]);
  return values(a) === values(b);
}
