import { machineOf } from '../ledger/machine.ts';
import { createTeam } from '../team/surroundings.ts';
import type { Team } from '../team/team.ts';
import { tokenFile } from '../team/tokens.ts';
import type { Arguments } from './arguments.ts';
import { type Counting, counting } from './counting.ts';
import { homeAsked } from './home-asked.ts';
import { nearest } from './nearest.ts';
import { addMachineAct, exportAct, leaveAct, openAct, pauseAct, replaceAct, resumeAct, syncAct } from './team-acts.ts';
import { ownBadges } from './team-badges.ts';
import { boardAct } from './team-board.ts';
import { changeAct } from './team-change.ts';
import { insightsAct } from './team-insights.ts';
import { joinAct, previewAct } from './team-join.ts';
import { statusAct } from './team-status.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** An act of `tokenboard team`: gives the exit code. */
export type TeamAct = (team: Team, asked: Arguments, words: readonly string[]) => Promise<number>;

/** `counts`: what is new in the logs is read first. `words`: how many words may stand behind the act. */
const acts: Readonly<Record<string, { readonly act: TeamAct; readonly counts: boolean; readonly words: number }>> = {
  join: { act: joinAct, counts: true, words: 1 },
  preview: { act: previewAct, counts: true, words: 1 },
  status: { act: statusAct, counts: false, words: 0 },
  sync: { act: syncAct, counts: true, words: 0 },
  board: { act: boardAct, counts: false, words: 1 },
  insights: { act: insightsAct, counts: false, words: 1 },
  change: { act: changeAct, counts: true, words: 0 },
  pause: { act: pauseAct, counts: false, words: 1 },
  resume: { act: resumeAct, counts: false, words: 0 },
  'add-machine': { act: addMachineAct, counts: false, words: 0 },
  replace: { act: replaceAct, counts: true, words: 0 },
  open: { act: openAct, counts: false, words: 0 },
  export: { act: exportAct, counts: false, words: 1 },
  leave: { act: leaveAct, counts: false, words: 0 },
};

/** `tokenboard team ACT`: the team board without an editor. */
export async function teamCommand(asked: Arguments): Promise<number> {
  const [name, ...words] = asked.words;
  const names = Object.keys(acts);
  if (name === undefined) throw new UsageError(`'tokenboard team' needs one of ${names.join(', ')}.`);
  const found = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (found === undefined) {
    const near = nearest(name, names);
    const hint = near === undefined ? `it has ${names.join(', ')}.` : `did you mean '${near}'?`;
    throw new UsageError(`'tokenboard team' has no '${name}'; ${hint}`);
  }
  const surplus = words[found.words];
  if (surplus !== undefined) throw new UsageError(`'tokenboard team ${name}' does not take '${surplus}'.`);
  if (!found.counts) return await withTeam(asked, undefined, (team) => found.act(team, asked, words));
  let code = 0;
  const counted = await counting(asked, async (all) => {
    code = await withTeam(asked, all, (team) => found.act(team, asked, words));
  });
  return code || counted;
}

async function withTeam(
  asked: Arguments,
  counted: Counting | undefined,
  act: (team: Team) => Promise<number>,
): Promise<number> {
  const machine = counted?.machine ?? machineOf(homeAsked(asked));
  let found: Promise<readonly string[] | undefined> | undefined;
  function badges(): Promise<readonly string[] | undefined> {
    found ??= counted === undefined ? Promise.resolve(undefined) : ownBadges(machine, team.store.state().badgesTold);
    return found;
  }
  const team = createTeam({
    machine,
    kind: 'command',
    version,
    ledger: () => counted?.ledger,
    badges: () => badges(),
    http: () => ({ userAgent: `tokenboard/${version}`, proxy: 'environment' }),
    tokens: (dir) => tokenFile(dir),
  });
  try {
    return await act(team);
  } finally {
    team.store.close();
  }
}
