import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inWords } from '../ledger/ledger-error.ts';
import { newDeviceLink, replaceDevice } from '../team/change.ts';
import { type Failure, failureCode } from '../team/failure.ts';
import { leave } from '../team/leave.ts';
import { exportOwnData } from '../team/own-data.ts';
import { pause, resume } from '../team/pause.ts';
import { sentence } from '../team/sentences.ts';
import { syncNow } from '../team/sync.ts';
import type { Team } from '../team/team.ts';
import { webLink } from '../team/web-link.ts';
import { confirmed } from './confirmed.ts';
import { tell } from './counting.ts';
import { print } from './print.ts';
import { mayAsk } from './team-choices.ts';
import type { TeamAct } from './team-command.ts';
import { exitCode, syncSentence } from './team-words.ts';
import { harmless } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** `tokenboard team sync`. */
export const syncAct: TeamAct = async (team) => {
  const outcome = await syncNow(team, { now: true, contact: true });
  print([syncSentence(outcome, team)]);
  return exitCode(outcome);
};

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `tokenboard team pause [TIME]`. */
export const pauseAct: TeamAct = async (team, _asked, [time]) => {
  const told = time === undefined ? undefined : /^(\d{1,4})([mhd])$/.exec(time);
  if (told === null) throw new UsageError(`'${time}' is no time to pause; 90m, 1h and 2d are.`);
  if (isOff(team)) return 1;
  const length = told === undefined ? 'resumed' : Number(told[1]) * units[told[2] as keyof typeof units];
  const { pausedUntil, membership } = pause(team, length);
  const name = harmless(membership?.organisation ?? '');
  print([
    typeof pausedUntil === 'number' ? sentence('paused_until', name, timeText(pausedUntil)) : sentence('paused', name),
  ]);
  return 0;
};

/** `tokenboard team resume`. */
export const resumeAct: TeamAct = async (team) => {
  if (isOff(team)) return 1;
  const { membership } = resume(team);
  print([sentence('on', harmless(membership?.organisation ?? ''))]);
  return 0;
};

/** `tokenboard team add-machine`. */
export const addMachineAct: TeamAct = async (team) => {
  if (isOff(team)) return 1;
  const made = await newDeviceLink(team);
  if (!made.ok) return complain(team, made.failure);
  print([made.value.link]);
  tell(['On the other machine: tokenboard team join LINK. It holds for ten minutes, and once.']);
  return 0;
};

/** `tokenboard team open`. */
export const openAct: TeamAct = async (team) => {
  if (isOff(team)) return 1;
  const made = await webLink(team);
  if (!made.ok) return complain(team, made.failure);
  print([made.value]);
  tell(['Open it in a browser within a minute: it signs you in, once.']);
  return 0;
};

/** `tokenboard team replace`. */
export const replaceAct: TeamAct = async (team) => {
  if (isOff(team)) return 1;
  const { halt } = team.store.state();
  if (halt?.kind !== 'overlap') {
    tell(['No other machine of yours has the counts of this one.']);
    return 1;
  }
  const replaced = await replaceDevice(team, halt.device);
  if (!replaced.ok) return complain(team, replaced.failure);
  print([syncSentence(replaced.value, team)]);
  return exitCode(replaced.value);
};

/** `tokenboard team export FILE`. */
export const exportAct: TeamAct = async (team, _asked, [name]) => {
  if (name === undefined) throw new UsageError("'tokenboard team export' needs the name of a file to write, or -.");
  if (isOff(team)) return 1;
  const file = resolve(name);
  const folder = dirname(file);
  if (name !== '-' && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`${harmless(folder)} is no folder.`);
  }
  const all = await exportOwnData(team);
  if (!all.ok) return complain(team, all.failure);
  const text = JSON.stringify(all.value, null, 2);
  if (name === '-') {
    print([text]);
    return 0;
  }
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new Error(`${harmless(file)} could not be written: ${inWords(cause)}.`, { cause });
  }
  print([`Wrote everything that the server keeps about you to ${harmless(file)}.`]);
  return 0;
};

/** `tokenboard team leave`. */
export const leaveAct: TeamAct = async (team, asked) => {
  const { membership } = team.store.state();
  if (membership === null) {
    isOff(team);
    return 1;
  }
  const name = harmless(membership.organisation);
  if (!asked.is('yes')) {
    if (!mayAsk()) throw new UsageError("'tokenboard team leave' asks first; where there is no terminal, say --yes.");
    const question = `Leave ${name}? You are hidden at once, and everything about you is erased.`;
    if (!(await confirmed(question, process.stdin, process.stderr))) {
      print(['Nothing was changed.']);
      return 1;
    }
  }
  const { kind } = await leave(team);
  print([kind === 'left' ? `You have left ${name}. Its server has erased you.` : sentence(kind, name)]);
  return kind === 'last_owner' ? 1 : 0;
};

/** A moment as the command writes it: in UTC, like the board. */
export function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Says so where nobody has joined. */
export function isOff(team: Team): boolean {
  const { membership } = team.store.state();
  if (membership === null) tell([sentence('off')]);
  return membership === null;
}

/** Says what went wrong; the exit code. */
export function complain(team: Team, failure: Failure): number {
  const name = harmless(team.store.state().membership?.organisation ?? 'the team');
  tell([sentence(failureCode(failure), name, team.machinePolicy().file)]);
  return 1;
}
