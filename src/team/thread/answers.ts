import type { TeamStatus } from '../../dashboard/protocol/team.ts';
import { replaceDevice } from '../change.ts';
import { dropLeaving, leave } from '../leave.ts';
import { exportOwnData } from '../own-data.ts';
import { pause, resume } from '../pause.ts';
import { syncNow } from '../sync.ts';
import { webLink } from '../web-link.ts';
import { allowanceAnswer } from './allowance-answer.ts';
import { boardAnswers } from './board-answers.ts';
import { insightAnswer } from './insight-answer.ts';
import { joinAnswers } from './join-answers.ts';
import { otherMachinesAnswer } from './other-machines.ts';
import { createInvite, ownerAnswer } from './owner-answers.ts';
import { shareAnswers } from './share-answers.ts';
import { statusView } from './status-view.ts';
import { settled, type Talk } from './talk.ts';
import type { TeamThreadAnswers, TeamThreadQuestion } from './thread-protocol.ts';

const minuteMs = 60_000;
/** What is asked of this machine alone, or is a person's wish to stop. */
const local: ReadonlySet<TeamThreadQuestion['ask']> = new Set([
  'teamStatus',
  'cancelJoin',
  'pause',
  'resume',
  'leave',
  'otherMachines',
]);

/** Answers every question of pages and commands. */
export interface TeamAnswersOf {
  /** Rejects with a sentence for people. */
  answer(question: TeamThreadQuestion): Promise<TeamThreadAnswers[keyof TeamThreadAnswers]>;
  dispose(): void;
}

export function teamAnswers(talk: Talk, maySend: () => boolean): TeamAnswersOf {
  const { team, say } = talk;
  const status = (): Promise<TeamStatus> => statusView(team, say, maySend());
  const joining = joinAnswers(talk);
  const boards = boardAnswers(talk);
  const sharing = shareAnswers(talk, status);
  const otherMachines = otherMachinesAnswer(talk);
  const allowances = allowanceAnswer(talk);

  async function answer(question: TeamThreadQuestion): Promise<TeamThreadAnswers[keyof TeamThreadAnswers]> {
    if (!maySend() && !local.has(question.ask)) throw new Error(say.code('telemetry_off'));
    switch (question.ask) {
      case 'teamStatus':
        return await status();
      case 'joinOffer':
        return await joining.offer(question.link ?? '');
      case 'joinPreview':
        return await joining.preview(question.choice);
      case 'join':
        await joining.join(question.choice);
        return await told();
      case 'cancelJoin':
        joining.cancel();
        return null;
      case 'teamBoard':
        return await boards.board(question);
      case 'otherMachines':
        return await otherMachines(maySend());
      case 'allowances':
        return await allowances();
      case 'insights':
        return await insightAnswer(talk, question.group);
      case 'share':
        return await sharing.share();
      case 'changeShare':
        return await sharing.change(question.choice, question.boards);
      case 'renewPseudonym':
        return await sharing.renewPseudonym(question.board);
      case 'replaceDevice':
        return await replace();
      case 'removeDevice':
        return await sharing.removeDevice(question.device);
      case 'addMachine':
        return await sharing.addMachine();
      case 'pause':
        pause(team, question.minutes === null ? 'resumed' : question.minutes * minuteMs);
        return await told();
      case 'resume':
        resume(team);
        talk.wake();
        return await told();
      case 'leave':
        return await leaveTeam();
      case 'syncNow':
        await syncNow(team, { now: true });
        return await told();
      case 'export':
        return JSON.stringify(await settled(talk, await exportOwnData(team)), undefined, 2);
      case 'webLink':
        return await settled(talk, await webLink(team));
      case 'statePolicy':
        if (team.store.state().membership === null) await joining.joinAsOwner();
        return await ownerAnswer(talk, question);
      case 'createInvite':
        return await createInvite(talk, question);
      default:
        return await ownerAnswer(talk, question);
    }
  }

  /** A wish that no server can confirm any more, because this machine has no token, is dropped when it is said again. */
  async function leaveTeam(): Promise<TeamStatus> {
    const { leaving, membership } = team.store.state();
    if (leaving?.refused === 'signed_out') await dropLeaving(team);
    else if (leaving !== null) await syncNow(team, { now: true });
    else {
      const organisation = membership?.organisation ?? '';
      const left = await leave(team);
      if (left.kind === 'last_owner') throw new Error(say.code('last_owner', organisation));
      talk.wake();
    }
    return await told();
  }

  async function replace(): Promise<TeamStatus> {
    const { halt } = team.store.state();
    if (halt?.kind === 'overlap') await settled(talk, await replaceDevice(team, halt.device));
    return await told();
  }

  async function told(): Promise<TeamStatus> {
    talk.changed();
    return await status();
  }

  return { answer, dispose: () => boards.dispose() };
}
