import type {
  JoinChoice,
  JoinOffer,
  OwnerView,
  ShareView,
  TeamAnswers,
  TeamQuestion,
  TeamStatus,
} from '../../src/dashboard/protocol/team.ts';
import type { Consent } from '../../src/team/protocol/consent.ts';
import type { Policy } from '../../src/team/protocol/policy.ts';
import { type BoardChanges, boardView, policy, preview, status } from './team-pages-figures.ts';

/** What a test may set before the page asks, and read afterwards. */
export interface TeamDouble {
  status: TeamStatus;
  policy: Policy | null;
  board: BoardChanges;
  choice: JoinChoice | undefined;
  owner: OwnerView;
  offer: Partial<JoinOffer>;
  /** Asks that are answered with this sentence instead. */
  failing: Partial<Record<TeamQuestion['ask'], string>>;
  /** All that was asked, in order. */
  readonly asked: TeamQuestion[];
  answer(question: TeamQuestion): TeamAnswers[keyof TeamAnswers];
}

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

/** Answers what the Team pages ask, as an editor that has joined would; the editor's own part is tested elsewhere. */
export function teamDouble(): TeamDouble {
  const consents: Consent[] = [];
  const double: TeamDouble = {
    status,
    policy,
    board: {},
    choice: undefined,
    offer: {},
    failing: {},
    asked: [],
    owner: ownerView(),
    answer(question) {
      double.asked.push(question);
      const failure = double.failing[question.ask];
      if (failure !== undefined) throw new Error(failure);
      return answers(question);
    },
  };

  function answers(question: TeamQuestion): TeamAnswers[keyof TeamAnswers] {
    switch (question.ask) {
      case 'teamStatus':
      case 'syncNow':
        return double.status;
      case 'joinOffer':
        return offer();
      case 'joinPreview':
        return preview(question.choice.models, question.choice.since);
      case 'join':
        double.choice = question.choice;
        consents.push(consentOf(question.choice));
        double.status = { ...double.status, state: 'on' };
        return double.status;
      case 'cancelJoin':
        return null;
      case 'teamBoard':
        return boardView(question.board, question.window, question.metric ?? 'tokens', double.board);
      case 'changeShare':
        double.choice = question.choice;
        consents.push(consentOf(question.choice));
        double.status = { ...double.status, state: 'on' };
        return share();
      case 'share':
      case 'renewPseudonym':
      case 'removeDevice':
        return share();
      case 'pause':
        double.status = {
          ...double.status,
          state: 'paused',
          pausedUntil: question.minutes === null ? null : Date.now() + question.minutes * 60_000,
        };
        return double.status;
      case 'resume':
        double.status = { ...double.status, state: 'on', pausedUntil: undefined };
        return double.status;
      case 'leave':
        double.status = { ...double.status, state: 'leaving' };
        return double.status;
      case 'addMachine':
        return { link: `https://tokens.acme.example/join?device#${'d'.repeat(43)}`, expiresAt: Date.now() + 600_000 };
      case 'createInvite':
        return { url: `https://tokens.acme.example/join#${'s'.repeat(43)}` };
      case 'closeBoard':
        double.owner = { ...double.owner, closed: question.notice };
        return double.owner;
      case 'openBoard':
        double.owner = { ...double.owner, closed: null };
        return double.owner;
      case 'hideMember':
        double.owner = {
          ...double.owner,
          members: double.owner.members.map((one) =>
            one.id === question.member ? { ...one, hidden: question.hidden } : one,
          ),
        };
        return double.owner;
      case 'statePolicy': {
        const version = (double.policy?.version ?? 0) + 1;
        double.policy = { ...policy, ...question.draft, version };
        double.owner = { ...double.owner, policy: double.policy };
        return double.owner;
      }
      default:
        return double.owner;
    }
  }

  function offer(): JoinOffer {
    return {
      origin: 'https://tokens.acme.example',
      policy: double.policy,
      preview: preview(false, daysAgo(1)),
      projects: [
        { folder: '~/clients/globex', title: 'globex', tokens: 48_200_000 },
        { folder: '~/side/game', title: 'game', tokens: 3_100_000 },
      ],
      earliest: daysAgo(35),
      forbidden: undefined,
      ...double.offer,
    };
  }

  function share(): ShareView {
    return {
      status: double.status,
      policy: double.policy ?? undefined,
      choice: double.choice,
      boards: [
        { id: 0, name: 'Acme', visibility: 'pseudonym', pseudonym: 'Blue Heron' },
        { id: 5, name: 'Developer Tools', visibility: 'pseudonym', pseudonym: 'Lone Fern' },
      ],
      next: preview(double.choice?.models ?? false, daysAgo(1)),
      consents,
      devices: [
        { id: 1, addedDay: daysAgo(20), lastSyncDay: daysAgo(0), clients: ['editor', 'command'], current: true },
        { id: 2, addedDay: daysAgo(9), lastSyncDay: daysAgo(1), clients: ['command'], current: false },
      ],
      views: { total: 14, byRole: [{ role: 'member', count: 14 }] },
    };
  }

  return double;
}

function consentOf(choice: JoinChoice): Consent {
  return {
    ...{ policyVersion: 3, policySha256: policy.sha256, boards: [], at: new Date().toISOString() },
    ...{ visibility: choice.visibility, models: choice.models, badges: choice.badges },
    ...{ timeBadges: choice.timeBadges, displayName: choice.displayName },
  };
}

function ownerView(): OwnerView {
  return {
    policy,
    invites: [
      {
        ...{ id: 7, team: 5, role: 'member', teamRole: 'member', uses: 20, used: 3 },
        expiresAt: new Date(Date.now() + 4 * dayMs).toISOString(),
      },
    ],
    members: ['Rana Aziz', null, 'Tom Berg'].map((name, i) => ({
      ...{ id: 4_000_001 + i, name, role: i === 0 ? ('owner' as const) : ('member' as const), joinedDay: daysAgo(20) },
      ...{ teams: i === 2 ? [5] : [], consented: i !== 1, hidden: false, flag: null },
    })),
    teams: [{ id: 5, name: 'Developer Tools' }],
    closed: null,
  };
}
