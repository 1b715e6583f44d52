import type { SessionBurn } from '../ledger/session-hours.ts';
import { toolTitle } from '../readers/index.ts';
import { type BurnHabit, isRunaway, timesHabit } from '../stats/runaway.ts';
import { compact } from '../usage/format.ts';
import type { Translate } from './words.ts';

/** A session that burns far beyond a person's habit. */
export interface RunawayNews {
  readonly name: string;
  readonly session: SessionBurn;
  readonly message: string;
}

/** What there is to tell of sessions by what they burnt within the last hour. */
export function runawayNews(sessions: readonly SessionBurn[], habit: BurnHabit, t: Translate): readonly RunawayNews[] {
  return sessions
    .filter(({ burn }) => isRunaway(burn, habit))
    .map((session) => ({
      name: `${session.tool} ${session.session}`,
      session,
      message: messageOf(session, timesHabit(session.burn, habit), t),
    }));
}

function messageOf({ tool, project, tokens, subagents }: SessionBurn, times: number, t: Translate): string {
  const folder = project.split(/[/\\]/).findLast((part) => part !== '');
  const title = toolTitle(tool);
  const who = folder === undefined ? title : t('{0} in {1}', title, folder);
  const fleet = subagents > 1 ? t(' with its {0} subagents', subagents) : '';
  return t(
    'A session of {0}{1} went through {2} tokens within an hour: {3} times what even your busy hours come to.',
    who,
    fleet,
    compact(tokens),
    times,
  );
}
