import type { ConsentChoice } from '../../team/protocol/consent.ts';
import type { ConsentDraft } from '../store/records.ts';
import { cleanName } from './member-name.ts';
import { problemError } from './problem-error.ts';

/** A person's choice as the store takes it. Throws `invalid_request` where a name is chosen that shows nothing. */
export function consentDraft(choice: ConsentChoice): ConsentDraft {
  const displayName = choice.displayName === null ? null : cleanName(choice.displayName);
  if (displayName === undefined) throw problemError('invalid_request', { detail: 'The name shows nothing.' });
  const named = [choice.visibility, ...choice.boards.map(({ visibility }) => visibility)].includes('named');
  if (named && displayName === null) {
    throw problemError('invalid_request', { detail: 'Whoever stands by name needs one.' });
  }
  const { policyVersion: version, policySha256: sha256, visibility, boards, models, badges, timeBadges } = choice;
  return { version, sha256, visibility, boards, models, badges, timeBadges, displayName };
}
