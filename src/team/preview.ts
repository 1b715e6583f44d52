import type { Choices } from './choices.ts';
import { rulesOf } from './count.ts';
import { countDays, daysFrom } from './count-days.ts';
import type { Policy } from './protocol/policy.ts';
import type { Cell } from './protocol/sync.ts';
import { sharedBadges } from './shared-badges.ts';
import { sharedDays } from './shared-days.ts';
import { type SyncBody, syncBodies } from './sync-body.ts';
import type { Team } from './team.ts';

/** What a preview depends on. */
export type PreviewChoices = Pick<Choices, 'models' | 'badges' | 'timeBadges' | 'since' | 'exclude'>;

/** The first upload, byte for byte as it will be sent if the person agrees. */
export interface Preview {
  readonly policyVersion: number;
  readonly choices: PreviewChoices;
  /** Usually one; more where there are more than 500 cells. */
  readonly requests: readonly SyncBody[];
}

/** Works out the first upload under a policy. Nothing is sent and nothing kept. */
export async function previewUpload(team: Team, policy: Policy, choices: PreviewChoices): Promise<Preview> {
  const { models, badges, timeBadges, since, exclude } = choices;
  const catalogue = await team.catalogue();
  const ledger = team.ledger();
  const state = team.store.state();
  const now = team.now();
  const cells: Cell[] = [];
  if (ledger !== undefined) {
    const days = daysFrom(sharedDays({ since, exclude }, policy, state, now));
    for await (const day of countDays(team, ledger, days, { since, exclude }, rulesOf(models, state, catalogue))) {
      for (const { day: name, tool, model, ...counts } of day.cells) {
        cells.push({ day: name, tool, model, rev: now, ...counts });
      }
    }
  }
  const told = sharedBadges(badges ? await team.badges() : undefined, { badges, timeBadges });
  const head = { seq: state.seq + 1, policyVersion: policy.version, client: team.client.version, badges: told };
  return {
    policyVersion: policy.version,
    choices: { models, badges, timeBadges, since, exclude: [...exclude] },
    requests: syncBodies(head, cells),
  };
}

/** Whether a preview still shows what choices would send. */
export function isPreviewOf({ choices, policyVersion }: Preview, now: PreviewChoices, policy: Policy): boolean {
  const { models, badges, timeBadges, since, exclude } = now;
  return (
    policyVersion === policy.version &&
    JSON.stringify(choices) === JSON.stringify({ models, badges, timeBadges, since, exclude })
  );
}
