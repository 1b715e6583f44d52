import { type Ledger, openLedger } from '../../ledger/ledger.ts';
import { machineOf } from '../../ledger/machine.ts';
import { look } from '../boards.ts';
import { readInvitation } from '../link.ts';
import { type SyncRunner, startSyncing } from '../runner.ts';
import { createTeam } from '../surroundings.ts';
import type { SyncOutcome } from '../sync.ts';
import { teamAnswers } from './answers.ts';
import { knowsMe } from './join-answers.ts';
import { httpSettings } from './network.ts';
import { sayer } from './say.ts';
import { secretMessages } from './secret-messages.ts';
import { secretTokens } from './secret-tokens.ts';
import { signInMessages } from './sign-in-messages.ts';
import { statusView } from './status-view.ts';
import type { Talk } from './talk.ts';
import type { FromTeamThread, TeamThreadData, ToTeamThread } from './thread-protocol.ts';

/** How soon a window sees what another one, or the command, has changed. */
const watchMs = 2000;
/** Pauses end by themselves, and policies of machines change. */
const restMs = 15_000;

/** Team sharing behind an editor's window: syncs while it may, answers, and tells how sharing stands. */
export function startEngine(
  { home, policyFile, settings: first }: TeamThreadData,
  send: (message: FromTeamThread) => void,
): { take(message: ToTeamThread): void; end(): void } {
  let settings = first;
  let ledger: Ledger | undefined;
  let runner: SyncRunner | undefined;
  let told = '';
  let watched = { at: 0, state: '' };
  let watching: NodeJS.Timeout | undefined;
  let ended = false;
  /** Of an invitation that is looked at. */
  let invitedTo: string | undefined;
  const machine = machineOf(home);
  const secrets = secretMessages(send);
  const signing = signInMessages(send);
  const strictAsBefore = process.env.NODE_TLS_REJECT_UNAUTHORIZED;

  const team = createTeam({
    machine,
    kind: 'editor',
    version: settings.version,
    policyFile,
    ledger() {
      ledger ??= openLedger(machine);
      return ledger;
    },
    http: () => httpSettings(settings.network, hostname(), `tokenboard/${settings.version}`),
    badges: async () => settings.badges,
    tokens: () => secretTokens(secrets.secrets),
  });

  const joinedTo = () => {
    const { membership, leaving } = team.store.state();
    return membership ?? leaving?.membership;
  };

  function hostname(): string {
    const origin = joinedTo()?.origin ?? invitedTo;
    return origin === undefined ? '' : new URL(origin).hostname;
  }

  const talk: Talk = {
    team,
    say: sayer({
      texts: () => settings.texts,
      organisation: () => joinedTo()?.organisation,
      policyFile: () => team.machinePolicy().file,
    }),
    wake: () => runner?.wake(),
    signIn: signing.signIn,
    changed() {
      send({ kind: 'changed' });
      tellStatus().catch(trouble);
    },
  };
  const answers = teamAnswers(talk, () => settings.maySend);

  /** The disk is busy, or the secret storage is locked: that goes to the log, and the next look sees more. */
  function trouble(error: unknown): void {
    if (!ended) send({ kind: 'trouble', message: String(error) });
  }

  async function tellStatus(): Promise<void> {
    const status = await statusView(team, talk.say, settings.maySend);
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    send({ kind: 'status', status });
  }

  /** Also what other windows and the command do shows here. */
  async function watch(): Promise<void> {
    try {
      tellEnd();
      const state = JSON.stringify(team.store.state());
      if (state === watched.state && Math.abs(Date.now() - watched.at) < restMs) return;
      watched = { at: Date.now(), state };
      await tellStatus();
    } catch {
      // The file is busy, or just going away: the next look sees more.
    } finally {
      if (!ended) watching = setTimeout(() => void watch(), watchMs);
    }
  }

  /** That the server has ended it is told by the window that is first to take the note away. */
  function tellEnd(): void {
    const { ended: end } = team.store.state();
    if (end === null) return;
    let mine = false;
    const { membership, leaving } = team.store.change((state) => {
      mine = state.ended !== null;
      return { ...state, ended: null };
    });
    if (membership === null && leaving === null) team.store.wipe();
    if (mine) send({ kind: 'ended', organisation: end.organisation });
  }

  /** A setting of the editor holds for this thread alone. */
  function configure(): void {
    if (!settings.network.strict) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    else if (strictAsBefore === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = strictAsBefore;
    if (settings.maySend) {
      runner ??= startSyncing(team, {
        told: (outcome) => void take(outcome).catch(trouble),
        failed: trouble,
      });
      return;
    }
    runner?.dispose();
    runner = undefined;
  }

  async function take(outcome: SyncOutcome): Promise<void> {
    if (outcome.kind !== 'synced' || outcome.requests === 0) return await tellStatus();
    if (!knowsMe(talk)) await Promise.all([look(team, 'me'), look(team, 'boards')]);
    talk.changed();
  }

  async function answer({ id, question }: Extract<ToTeamThread, { readonly kind: 'question' }>): Promise<void> {
    if (question.ask === 'joinOffer') {
      const invitation = readInvitation(question.link ?? '');
      invitedTo = typeof invitation === 'string' ? undefined : invitation.origin;
    }
    try {
      send({ kind: 'answer', id, answer: await answers.answer(question) });
    } catch (error) {
      send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  configure();
  void watch();
  return {
    end() {
      ended = true;
      clearTimeout(watching);
      runner?.dispose();
      answers.dispose();
      ledger?.close();
      team.store.close();
    },
    take(message) {
      switch (message.kind) {
        case 'settings':
          settings = message.settings;
          configure();
          tellStatus().catch(trouble);
          return;
        case 'look':
          runner?.wake();
          return;
        case 'redirect':
        case 'signedIn':
          signing.take(message);
          return;
        case 'question':
          void answer(message);
          return;
        default:
          secrets.take(message);
      }
    },
  };
}
