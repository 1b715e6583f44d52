import type { ConsentChoice } from './protocol/consent.ts';
import { maxNameLength } from './protocol/limits.ts';
import type { Policy } from './protocol/policy.ts';
import type { Visibility } from './protocol/terms.ts';
import type { Share } from './state.ts';

/** What a person decides before anything is shared. */
export interface Choices extends Share {
  /** Null until it is chosen: nothing is ticked beforehand. */
  readonly visibility: Visibility | null;
  /** Boards on which one stands otherwise. */
  readonly boards: ConsentChoice['boards'];
  readonly models: boolean;
  readonly badges: boolean;
  readonly timeBadges: boolean;
  readonly displayName: string | null;
}

/** Why choices are no consent yet. */
export type ChoiceProblem = 'visibility_missing' | 'name_missing' | 'name_too_long' | 'names_forbidden';

/** Where everyone begins: no visibility, all switches off, no folder left out, shared from a day on. */
export function startingChoices(since: string): Choices {
  const off = { models: false, badges: false, timeBadges: false };
  return { visibility: null, boards: [], ...off, displayName: null, since, exclude: [] };
}

/** What is still to be decided under a policy; none when the choices are a consent. */
export function choiceProblems(choices: Choices, policy: Policy): ChoiceProblem[] {
  const { visibility, boards, displayName } = choices;
  const named = visibility === 'named' || boards.some((board) => board.visibility === 'named');
  const name = displayName?.trim() ?? '';
  const problems: ChoiceProblem[] = [];
  if (visibility === null) problems.push('visibility_missing');
  if (named && !policy.namedBoards) problems.push('names_forbidden');
  if (named && name === '') problems.push('name_missing');
  if (name.length > maxNameLength) problems.push('name_too_long');
  return problems;
}

/** The consent that choices make; only for choices without a problem. A name goes out only where one stands by name. */
export function consentOf(choices: Choices, { version, sha256 }: Policy): ConsentChoice {
  const { visibility, boards, models, badges, timeBadges, displayName } = choices;
  if (visibility === null) throw new Error('No visibility was chosen.');
  const named = visibility === 'named' || boards.some((board) => board.visibility === 'named');
  return {
    policyVersion: version,
    policySha256: sha256,
    visibility,
    boards: [...boards],
    models,
    badges,
    timeBadges: badges && timeBadges,
    displayName: named ? (displayName?.trim() ?? null) : null,
  };
}

/** The choices that a consent and a share stand for, to change them. */
export function choicesOf(consent: ConsentChoice, share: Share): Choices {
  const { visibility, boards, models, badges, timeBadges, displayName } = consent;
  return { visibility, boards, models, badges, timeBadges, displayName, ...share };
}
