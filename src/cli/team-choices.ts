import { createInterface } from 'node:readline/promises';
import type { Choices } from '../team/choices.ts';
import { maxCellAgeDays } from '../team/protocol/limits.ts';
import type { Policy } from '../team/protocol/policy.ts';
import { visibilities } from '../team/protocol/terms.ts';
import { type SayCode, sentence } from '../team/sentences.ts';
import { utcDay } from '../team/shared-days.ts';
import { addDays, isDay } from '../usage/days.ts';
import type { Arguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** The choices that flags make, over those before. A switch can only be turned on by a flag when joining, and set anew by `change`. */
export function choicesAsked(asked: Arguments, before: Choices): Choices {
  const as = asked.value('as');
  const visibility = as === undefined ? before.visibility : visibilities.find((one) => one === as);
  if (visibility === undefined) throw new UsageError(`--as is one of ${visibilities.join(', ')}, not '${as}'.`);
  const exclude = asked.values('exclude');
  return {
    ...before,
    visibility,
    displayName: asked.value('name') ?? before.displayName,
    models: asked.is('models') || before.models,
    badges: asked.is('badges') || asked.is('time-badges') || before.badges,
    timeBadges: asked.is('time-badges') || before.timeBadges,
    since: sinceAsked(asked) ?? before.since,
    exclude: exclude.length > 0 ? exclude : before.exclude,
  };
}

function sinceAsked(asked: Arguments): string | undefined {
  const told = asked.value('since');
  const today = utcDay(Date.now());
  if (told === undefined || told === 'today') return told === undefined ? undefined : today;
  if (!isDay(told)) throw new UsageError(`--since '${told}' is no day such as ${today}.`);
  if (told < addDays(today, -maxCellAgeDays)) throw new UsageError(`--since goes at most ${maxCellAgeDays} days back.`);
  return told;
}

const flagFor: Readonly<Partial<Record<string, string>>> = {
  visibility_missing: 'Say so with --as named, --as pseudonym or --as aggregate.',
  name_missing: 'Say it with --name NAME.',
};

/** A sentence of the board's, and where a choice is missing the flag that makes it. */
export const sayWithFlag: SayCode = (code, ...values) => {
  const said = sentence(code, ...values);
  return flagFor[code] === undefined ? said : `${said} ${flagFor[code]}`;
};

/** Whether a person can be asked. */
export function mayAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks on the terminal for what the flags left open; nothing is chosen beforehand. */
export async function askChoices(choices: Choices, policy: Policy): Promise<Choices> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  const ask = (question: string): Promise<string> => Promise.race([lines.question(question), closed]);
  try {
    let { visibility, displayName } = choices;
    if (visibility === null) {
      const offered = visibilities.filter((one) => policy.namedBoards || one !== 'named');
      const answer = (await ask(`How do you want to appear (${offered.join(', ')}; empty: do not join)? `)).trim();
      visibility = offered.find((one) => one === answer) ?? null;
    }
    if (visibility === 'named' && !displayName) displayName = (await ask('By what name? ')).trim();
    return { ...choices, visibility, displayName };
  } finally {
    lines.close();
  }
}
