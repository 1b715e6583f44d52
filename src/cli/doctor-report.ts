import type { ToolLimit } from '../ledger/limits.ts';
import type { ScanReport } from '../ledger/scan.ts';
import type { ToolSurvey } from '../ledger/survey.ts';
import type { AnyReader, Machine } from '../readers/reader.ts';
import { zoneOf } from '../usage/days.ts';
import { compact, exact } from '../usage/format.ts';
import { counted } from './notes.ts';
import { placeLines } from './places.ts';
import { fileSize } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { harmless, wrap } from './terminal-text.ts';
import { tildePath } from './tilde-path.ts';

export interface DoctorFacts {
  readonly version: string;
  readonly machine: Machine;
  /** `file` is empty where the ledger is in memory. */
  readonly ledger: { readonly file: string; readonly bytes: number };
  readonly pricesVersion: string;
  /** Undefined where the ledger could not be written. */
  readonly scanned: ScanReport | undefined;
  readonly tools: readonly ToolSurvey[];
  /** Readers that wait to be asked for, as nobody has verified them. */
  readonly off: readonly AnyReader[];
  readonly limits: readonly ToolLimit[];
  /** Epoch milliseconds. */
  readonly now: number;
}

const problemsShown = 20;

/** What the command works with, then each tool: places, what was found, what was passed over and why. */
export function doctorReport(facts: DoctorFacts, { width, paint }: Terminal): string[] {
  const { machine, ledger, scanned, tools, off } = facts;
  const general = [
    `Tokenboard ${facts.version}, Node.js ${process.versions.node}, ${machine.platform}`,
    `Home: ${machine.home}`,
    ledger.file === ''
      ? 'Ledger: in memory only, what is counted now is not kept'
      : `Ledger: ${tildePath(ledger.file, machine.home)}, ${fileSize(ledger.bytes)}`,
    `List prices, not your bill: ${facts.pricesVersion}`,
    scanned === undefined
      ? 'Reading: failed, see above'
      : `Reading: ${counted(scanned.files, 'log')} found, ${exact(scanned.filesRead)} of them with something new (${fileSize(scanned.bytesRead)})`,
  ];
  return [
    ...general.flatMap((line) => wrap(line, width, '  ')),
    ...tools.flatMap((tool) => {
      const [heading = '', ...lines] = toolLines(tool, facts, width);
      return ['', ...wrap(heading, width, '  ').map((line) => paint(line, 'strong')), ...lines];
    }),
    ...(off.length === 0 ? [] : ['', paint('Not read', 'strong'), ...wrap(`  ${offLine(off)}`, width, '    ')]),
  ];
}

function toolLines(tool: ToolSurvey, { machine, limits, now }: DoctorFacts, width: number): string[] {
  const { dayOf } = zoneOf();
  const { title, note, firstTime, lastTime, gone, aside, skipped, problems } = tool;
  const found =
    tool.events === 0 || firstTime === undefined || lastTime === undefined
      ? 'no usage found'
      : `${counted(tool.events, 'request')}, ${compact(tool.tokens)} tokens, from ${dayOf(firstTime)} to ${dayOf(lastTime)}`;
  const facts = [
    ...(tool.events > 0 ? [note] : []),
    ...(gone > 0 ? [`${counted(gone, 'log')} no longer there; what was counted from them is kept`] : []),
    ...(aside > 0 ? [`${counted(aside, 'request')} of an absurd date set aside: in no total`] : []),
    ...skipped.map(
      ({ reason, count, example }) =>
        `skipped ${exact(count)} × ${harmless(reason)}, for example in ${tildePath(example, machine.home)}`,
    ),
    ...problems
      .slice(0, problemsShown)
      .map(({ path, reason }) => `could not read ${tildePath(path, machine.home)}: ${harmless(reason)}`),
    ...(problems.length > problemsShown
      ? [`could not read ${counted(problems.length - problemsShown, 'more log')}`]
      : []),
    ...limits.filter((limit) => limit.tool === tool.tool).map((limit) => limitLine(limit, now)),
  ];
  return [
    `${title} (${tool.tool}): ${found}`,
    ...placeLines(tool.places, machine.home, width),
    ...facts.flatMap((fact) => wrap(`  ${fact}`, width, '    ')),
  ];
}

function offLine(off: readonly AnyReader[]): string {
  const names = off.map(({ title, id }) => `${title} (${id})`).join(', ');
  return `${names}: what is known of these logs is not verified, so they are read only when asked for: --with ${off[0]?.id}`;
}

/** What the tool was told, and how old that is. */
function limitLine({ windowMinutes, usedPercent, time, resetsAt, plan }: ToolLimit, now: number): string {
  const limit = `${windowOf(windowMinutes)} limit${plan === undefined ? '' : ` of plan ${harmless(plan)}`}`;
  const reset =
    resetsAt === undefined ? '' : resetsAt > now ? `, starts anew ${minuteIn(resetsAt)}` : ', has started anew since';
  return `${limit}: ${exact(Math.round(usedPercent))}% used as told ${minuteIn(time)}${reset}`;
}

function windowOf(minutes: number): string {
  if (minutes === 10_080) return 'weekly';
  if (minutes % 1440 === 0) return `${minutes / 1440}-day`;
  return minutes % 60 === 0 ? `${minutes / 60}-hour` : `${minutes}-minute`;
}

function minuteIn(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
