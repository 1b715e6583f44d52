import { failureCode } from '../team/failure.ts';
import { statusSentence } from '../team/sentences.ts';
import { teamStatus } from '../team/status.ts';
import { counted } from './notes.ts';
import { print } from './print.ts';
import { timeText } from './team-acts.ts';
import type { TeamAct } from './team-command.ts';
import { harmless } from './terminal-text.ts';

const clockMattersMs = 600_000;

/** `tokenboard team status`: asks the disk alone. */
export const statusAct: TeamAct = async (team, asked) => {
  const status = await teamStatus(team);
  const { membership, lastSync, pending, aside, skewMs, since, failure } = status;
  if (asked.is('json')) {
    const { state, code, organisation, pausedUntil } = status;
    const nextAt = status.nextAt === null ? null : Math.round(status.nextAt);
    const told = {
      ...{
        state,
        code,
        organisation,
        server: membership?.origin ?? null,
        pausedUntil,
        lastSync,
        nextAt,
        pending,
        aside,
      },
      failure: failure === null ? null : failureCode(failure),
      since,
      consent: membership?.consent ?? null,
      share: membership?.share ?? null,
    };
    print([JSON.stringify(told)]);
    return 0;
  }
  const lines = [harmless(statusSentence(status, timeText))];
  if (since !== null && status.state === 'failing') lines.push(`It has failed since ${timeText(since)}.`);
  if (membership !== null) {
    const { consent, share, origin } = membership;
    lines.push(`Server: ${origin}`);
    if (consent !== null) {
      const onOff = (on: boolean): string => (on ? 'told' : 'not told');
      lines.push(
        `You appear as: ${consent.visibility}${consent.displayName === null ? '' : ` (${harmless(consent.displayName)})`}. Models are ${onOff(consent.models)}, badges ${onOff(consent.badges)}.`,
        `Shared from ${share.since} on; left out: ${share.exclude.map(harmless).join(', ') || 'no folder'}.`,
      );
    }
    lines.push(
      lastSync === null ? 'Nothing was sent yet.' : `Last sent: ${timeText(lastSync.at)}.`,
      ...(pending > 0 ? [`${counted(pending, 'total')} wait to be sent.`] : []),
      ...(aside > 0 ? [`${counted(aside, 'total')} the server does not take.`] : []),
    );
  }
  if (Math.abs(skewMs) > clockMattersMs) {
    lines.push(
      `This machine's clock is ${counted(Math.round(Math.abs(skewMs) / 60_000), 'minute')} ${skewMs > 0 ? 'behind' : 'ahead of'} the server's.`,
    );
  }
  print(lines);
  return 0;
};
