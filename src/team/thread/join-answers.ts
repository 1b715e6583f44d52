import type { JoinChoice, JoinOffer, UploadPreview } from '../../dashboard/protocol/team.ts';
import { addDays } from '../../usage/days.ts';
import { lastSeen, look } from '../boards.ts';
import { type Choices, startingChoices } from '../choices.ts';
import { acceptInvitation, type OpenInvitation, openInvitation } from '../join.ts';
import { readInvitation } from '../link.ts';
import { mayShareWith } from '../machine-policy.ts';
import { type Preview, previewUpload } from '../preview.ts';
import { maxCellAgeDays } from '../protocol/limits.ts';
import { utcDay } from '../shared-days.ts';
import { recentProjects } from './project-folders.ts';
import { joined, type Talk } from './talk.ts';
import { nothingToSend, previewOf } from './upload-preview.ts';

/** The way in: what an invitation leads to, what would be sent, joining. All of it is in memory until one has joined. */
export interface JoinAnswers {
  offer(link: string): Promise<JoinOffer>;
  preview(choice: JoinChoice): Promise<UploadPreview>;
  join(choice: JoinChoice): Promise<void>;
  /** By the link of a server that has no policy yet: who comes in by it owns the board, and shares nothing so far. */
  joinAsOwner(): Promise<void>;
  cancel(): void;
}

export function joinAnswers(talk: Talk): JoinAnswers {
  const { team, say } = talk;
  let open: OpenInvitation | undefined;
  let shown: Preview | undefined;

  function emptyOffer(origin: string, forbidden: string | undefined): JoinOffer {
    const earliest = utcDay(team.now());
    return { origin, policy: null, preview: nothingToSend, projects: [], earliest, forbidden };
  }

  /** A machine that is added shares by the switches of its member. */
  function chosen(choice: JoinChoice): Choices {
    const choices = choicesFrom(choice);
    const { invitation } = current();
    if (invitation.kind !== 'device') return choices;
    return { ...choices, models: invitation.models, badges: false, timeBadges: false };
  }

  async function offer(link: string): Promise<JoinOffer> {
    open = undefined;
    shown = undefined;
    const invitation = readInvitation(link);
    if (typeof invitation !== 'string' && !mayShareWith(team.machinePolicy(), invitation.origin)) {
      return emptyOffer(invitation.origin, say.failure({ kind: 'forbidden' }));
    }
    const opened = await openInvitation(team, link);
    if (opened.kind !== 'open') throw new Error(say.refusal(opened));
    open = opened.open;
    const { origin } = open.invitation;
    if (open.policy === null) return emptyOffer(origin, undefined);
    const today = utcDay(team.now());
    const { kind, models } = open.invitation;
    const starting = startingChoices(today);
    shown = await previewUpload(team, open.policy, kind === 'device' ? { ...starting, models } : starting);
    const ledger = team.ledger();
    return {
      origin,
      policy: open.policy,
      preview: previewOf(shown.requests),
      projects: ledger === undefined ? [] : recentProjects(ledger, team.now()),
      earliest: addDays(today, -maxCellAgeDays),
      forbidden: undefined,
      addsMachine: kind === 'device' || open.signsIn,
      inBrowser: kind === 'address',
      again: open.signsIn,
    };
  }

  /** The page may have been restored without the invitation that it was opened with. */
  function current(): OpenInvitation {
    if (open === undefined) throw new Error(say.code('invitation_gone'));
    return open;
  }

  async function accept(choices: Choices | null): Promise<void> {
    const answer = await acceptInvitation(team, current(), choices, shown ?? null, talk.signIn);
    if (answer.kind !== 'joined') throw new Error(say.refusal(answer));
    open = undefined;
    shown = undefined;
    // As whom one stands, and in which role, is the server's to say.
    await Promise.all([look(team, 'me'), look(team, 'boards')]);
    talk.wake();
  }

  return {
    offer,
    async preview(choice) {
      const { policy } = current();
      if (policy === null) return nothingToSend;
      shown = await previewUpload(team, policy, chosen(choice));
      return previewOf(shown.requests);
    },
    join: async (choice) => await accept(chosen(choice)),
    joinAsOwner: async () => await accept(null),
    cancel() {
      open = undefined;
      shown = undefined;
    },
  };
}

/** The core's choices, of what a page has let a person choose. */
export function choicesFrom(choice: JoinChoice, boards: Choices['boards'] = []): Choices {
  const { visibility, displayName, models, badges, timeBadges, excluded, since } = choice;
  return {
    visibility,
    boards,
    displayName,
    models,
    badges,
    timeBadges: badges && timeBadges,
    since,
    exclude: excluded,
  };
}

/** What was chosen, as a page shows it; undefined before anything was agreed to. */
export function choiceOf(talk: Talk): JoinChoice | undefined {
  const { consent, share } = joined(talk);
  if (consent === null) return undefined;
  const { visibility, displayName, models, badges, timeBadges } = consent;
  return { visibility, displayName, models, badges, timeBadges, excluded: share.exclude, since: share.since };
}

/** Whether the server has ever said who one is. */
export function knowsMe({ team }: Talk): boolean {
  return lastSeen(team, 'me') !== undefined && lastSeen(team, 'boards') !== undefined;
}
